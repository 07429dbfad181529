package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.CommandState;
import io.paramedic.analyzer.incidents.CommandState.Standing;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.lease.Scope;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Finds out what became of commands without an outcome, and closes those of which nobody can. */
final class Settling {
    private static final Duration UNKNOWN_AFTER = Duration.ofMinutes(5);
    private static final Duration NOT_AFTER = Duration.ofMinutes(4);
    /** Settling rests on no evidence that could grow old. */
    private static final Duration NO_DEADLINE = Duration.ofHours(1);

    private Settling() {}

    /** A command's time is over. */
    static void due(Turn turn, UUID id) {
        CommandState command = turn.command(id);
        if (command == null) {
            return;
        }
        switch (command.standing()) {
            case OUT -> {
                if (command.command().step() instanceof Step.Settle) {
                    turn.put(command.over());
                } else {
                    begin(turn, command);
                }
            }
            case SETTLING -> close(turn, command);
            case OVER -> {}
        }
    }

    /** Orders somebody to settle it; once. Only while live: what is behind waits for its timer. */
    static void begin(Turn turn, CommandState command) {
        if (command.standing() == Standing.SETTLING) {
            return;
        }
        if (!turn.live()) {
            turn.put(new CommandState(command.command(), Standing.OUT, null, turn.now()));
            return;
        }
        Command original = command.command();
        UUID id = turn.draw("settle");
        Command settle = new Command(
                id,
                original.incident(),
                new Scope.Host(turn.pool(), original.step().on().host()),
                new Step.Settle(original.step().on(), original.id()),
                turn.now().plus(NOT_AFTER),
                new HostTime(original.step().on().bootId(), deadline(turn, original)),
                null,
                "nobody has said what became of command " + original.id());
        turn.note(new Decision.StepOrdered(original.incident(), settle), settle.why());
        turn.leave(new Effect.Order(settle));
        turn.put(new CommandState(settle, Standing.OUT, null, turn.now().plus(UNKNOWN_AFTER)));
        turn.put(command.settling(id, turn.now().plus(UNKNOWN_AFTER)));
    }

    private static Duration deadline(Turn turn, Command original) {
        HostState host = turn.host(original.step().on().host());
        HostTime time = host == null ? null : host.pulse().time();
        Duration from =
                time != null && time.bootId().equals(original.step().on().bootId())
                        ? time.uptime()
                        : original.evidenceDeadline().uptime();
        return from.plus(NO_DEADLINE);
    }

    private static void close(Turn turn, CommandState command) {
        Outcome unknown = new Outcome.Unknown("no final outcome came, and nobody could settle it in time");
        StepOutcome outcome =
                new StepOutcome(turn.pool(), command.id(), "analyzer", null, true, unknown, null, List.of());
        Outcomes.finish(turn, command, outcome, "closed by the analyzer's own timer");
    }
}
