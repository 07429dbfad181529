package io.paramedic.deploy.cli;

import io.paramedic.actuator.lease.Hold;
import io.paramedic.deploy.operator.HoldsInForce;
import io.paramedic.deploy.operator.Orders;
import io.paramedic.deploy.operator.Phrases;
import io.paramedic.deploy.operator.Situation;
import io.paramedic.deploy.screen.Paint;
import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.lease.Scope;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code paramedic resume}: end pauses. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {
            "Ends every pause of exactly this scope. What is done then follows from how things stand then; nothing"
                    + " that was decided before is made up for.",
            ""
        })
final class ResumeCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Mixin
    private LogOptions log = new LogOptions();

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Mixin
    private ByOption by = new ByOption();

    @Option(names = "--why", paramLabel = "TEXT", defaultValue = "", description = "Why, for whoever looks next.")
    private String why = "";

    @Override
    public ExitCode run() throws Exception {
        return log.with(spec, open -> {
            HoldsInForce holds = HoldsInForce.read(open.log());
            boolean some = false;
            try (Orders orders = new Orders(open.log(), by.name())) {
                for (Scope one : scope.scopes(Situation.read(open.log()), spec)) {
                    List<Hold> pauses = holds.pausesOf(one);
                    // Said in any case: the analyzer may know of a pause whose lease is already over.
                    orders.tell(new Control.Resume(UUID.randomUUID(), one, by.name(), why));
                    for (Hold pause : pauses) {
                        if (!pause.scope().equals(one)) {
                            orders.tell(new Control.Resume(UUID.randomUUID(), pause.scope(), by.name(), why));
                        }
                        orders.release(pause.scope(), pause.id());
                        say("Resumed: " + Phrases.scope(pause.scope()) + ", paused by " + Paint.plain(pause.by())
                                + (pause.why().isEmpty() ? "." : ": " + Paint.plain(pause.why())));
                    }
                    some |= !pauses.isEmpty();
                    if (pauses.isEmpty()) {
                        say("Was not paused: " + Phrases.scope(one)
                                + ". './paramedic hold list' shows what is; 'hold release' ends it by its id.");
                    }
                }
            }
            return some ? ExitCode.OK : ExitCode.NOT_DONE;
        });
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
