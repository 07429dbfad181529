package io.paramedic.deploy.cli;

import io.paramedic.actuator.lease.Hold;
import io.paramedic.deploy.operator.HoldsInForce;
import io.paramedic.deploy.operator.Orders;
import io.paramedic.deploy.operator.Phrases;
import io.paramedic.deploy.operator.Situation;
import io.paramedic.deploy.screen.Columns;
import io.paramedic.deploy.screen.Paint;
import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.lease.Scope;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code paramedic hold}: hands off, a person works here. */
@Command(
        name = "hold",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {"Keeps Paramedic's hands off a pool, a host or a VM while a person works there.", ""},
        subcommands = {HoldCommand.Take.class, HoldCommand.Release.class, HoldCommand.ListHolds.class})
final class HoldCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public ExitCode run() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** {@code paramedic hold take}. */
    @Command(
            name = "take",
            mixinStandardHelpOptions = true,
            description = {
                "Takes a hold: from now on no step begins there. It is in force on a host when the host has been told"
                        + " and is idle; 'hold list' shows it.",
                ""
            })
    static final class Take implements Subcommand {
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
                description = "How long, for example 2h; without it until released.")
        private @Nullable Duration length;

        @Option(names = "--why", paramLabel = "TEXT", defaultValue = "", description = "Why, for whoever looks next.")
        private String why = "";

        @Override
        public ExitCode run() throws Exception {
            return log.with(spec, open -> {
                try (Orders orders = new Orders(open.log(), by.name())) {
                    for (Scope one : scope.scopes(Situation.read(open.log()), spec)) {
                        Instant until = length == null ? null : orders.time(one).plus(length);
                        UUID id = UUID.randomUUID();
                        orders.hold(new Control.TakeHold(id, one, by.name(), why, until));
                        spec.commandLine().getOut().println(id + "  " + Phrases.scope(one));
                    }
                }
                return ExitCode.OK;
            });
        }
    }

    /** {@code paramedic hold release}. */
    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = {"Ends holds, and pauses by their ids.", ""})
    static final class Release implements Subcommand {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli before run
        private CommandSpec spec;

        @Mixin
        private LogOptions log = new LogOptions();

        @Mixin
        private ByOption by = new ByOption();

        @Parameters(arity = "1..*", paramLabel = "ID", description = "As 'hold list' shows them.")
        private List<UUID> ids = new ArrayList<>();

        @Option(names = "--why", paramLabel = "TEXT", defaultValue = "", description = "Why, for whoever looks next.")
        private String why = "";

        @Override
        public ExitCode run() throws Exception {
            return log.with(spec, open -> {
                HoldsInForce holds = HoldsInForce.read(open.log());
                ExitCode code = ExitCode.OK;
                try (Orders orders = new Orders(open.log(), by.name())) {
                    for (UUID id : ids) {
                        code = code.and(release(id, holds, orders));
                    }
                }
                return code;
            });
        }

        private ExitCode release(UUID id, HoldsInForce holds, Orders orders) throws InterruptedException {
            for (Hold hold : holds.holds()) {
                if (hold.id().equals(id)) {
                    orders.tell(
                            holds.isPause(hold)
                                    ? new Control.Resume(UUID.randomUUID(), hold.scope(), by.name(), why)
                                    : new Control.ReleaseHold(UUID.randomUUID(), hold.scope(), id, by.name(), why));
                    orders.release(hold.scope(), id);
                    spec.commandLine().getOut().println("Released: " + Phrases.scope(hold.scope()));
                    return ExitCode.OK;
                }
            }
            spec.commandLine()
                    .getErr()
                    .println("paramedic: no hold " + id
                            + " is in force. './paramedic hold list' shows them; a pause is ended by"
                            + " './paramedic resume'.");
            return ExitCode.NOT_DONE;
        }
    }

    /** {@code paramedic hold list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = {"Lists the holds and pauses.", ""})
    static final class ListHolds implements Subcommand {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli before run
        private CommandSpec spec;

        @Mixin
        private LogOptions log = new LogOptions();

        @Override
        public ExitCode run() throws Exception {
            return log.with(spec, open -> {
                HoldsInForce holds = HoldsInForce.read(open.log());
                PrintWriter out = spec.commandLine().getOut();
                if (holds.holds().isEmpty()) {
                    out.println("No hold and no pause.");
                    return ExitCode.OK;
                }
                Columns columns = new Columns(List.of(false, false, false, false, false, false));
                columns.add(List.of("ID", "KIND", "SCOPE", "BY", "UNTIL", ""));
                holds.holds().forEach(hold -> columns.add(row(hold, holds)));
                columns.lines().forEach(out::println);
                out.flush();
                return ExitCode.OK;
            });
        }

        private static List<String> row(Hold hold, HoldsInForce holds) {
            return List.of(
                    hold.id().toString(),
                    holds.isPause(hold) ? "pause" : "hold",
                    Phrases.scope(hold.scope()),
                    Paint.plain(hold.by()),
                    hold.until() == null ? holds.isPause(hold) ? "resumed" : "released" : Phrases.time(hold.until()),
                    Paint.plain(hold.why() + (hold.why().isEmpty() ? "" : "; ") + holds.inForce(hold)));
        }
    }
}
