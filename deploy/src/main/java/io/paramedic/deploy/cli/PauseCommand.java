package io.paramedic.deploy.cli;

import io.paramedic.deploy.operator.Orders;
import io.paramedic.deploy.operator.Phrases;
import io.paramedic.deploy.operator.Situation;
import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.lease.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code paramedic pause}: stop all acting, go on watching. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = {
            "Stops every step that has not begun, at once, and goes on watching. A step that runs on a host is not cut"
                    + " off, because an act that is cut off does harm; 'hold list' shows where one still runs.",
            ""
        })
final class PauseCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Mixin
    private LogOptions log = new LogOptions();

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Mixin
    private ByOption by = new ByOption();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "How long, for example 2h; without it until resumed.")
    private @Nullable Duration length;

    @Option(names = "--why", paramLabel = "TEXT", defaultValue = "", description = "Why, for whoever looks next.")
    private String why = "";

    @Override
    public ExitCode run() throws Exception {
        return log.with(spec, open -> {
            try (Orders orders = new Orders(open.log(), by.name())) {
                for (Scope one : scope.scopes(Situation.read(open.log()), spec)) {
                    Instant until = length == null ? null : orders.time(one).plus(length);
                    orders.pause(new Control.Pause(UUID.randomUUID(), one, by.name(), why, until));
                    spec.commandLine()
                            .getOut()
                            .println("Paused: " + Phrases.scope(one)
                                    + (until == null ? ", until resumed." : ", until " + Phrases.time(until) + "."));
                }
            }
            return ExitCode.OK;
        });
    }
}
