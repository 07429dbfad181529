package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.Care;
import io.paramedic.analyzer.incidents.CommandState;
import io.paramedic.analyzer.incidents.CommandState.Standing;
import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.incidents.Stage;
import io.paramedic.analyzer.policy.Policy.Rung;
import io.paramedic.analyzer.policy.Policy.RungRule;
import io.paramedic.analyzer.sightings.Block;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.event.StepOutcome.Ran;
import io.paramedic.schemas.incident.Incident.Attempt;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.journal.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Takes what became of commands. The first final outcome of a command counts; what comes after is journalled and no more. */
final class Outcomes {
    private static final Duration VERIFY = Duration.ofMinutes(5);
    private static final Duration BACK_OFF = Duration.ofSeconds(10);
    private static final int MOST_REFUSALS = 3;
    private static final int MOST_BACK_OFFS = 30;
    private static final int MOST_RAN = 6;
    private static final int MOST_PRINTED = 1_000;

    private Outcomes() {}

    static void take(Turn turn, StepOutcome outcome) {
        CommandState command = turn.command(outcome.command());
        if (command == null) {
            turn.note(
                    new Decision.OutcomeTaken("none", outcome.command(), outcome.outcome()),
                    "no command of this id is remembered; not applied");
            return;
        }
        String incident = command.command().incident();
        if (command.standing() == Standing.OVER) {
            turn.note(
                    new Decision.OutcomeTaken(incident, command.id(), outcome.outcome()),
                    "its outcome was known before; not applied");
            return;
        }
        switch (outcome.outcome()) {
            case Outcome.Running _ -> tell(turn, command, outcome);
            case Outcome.Unknown _, Outcome.Garbled _ -> {
                if (outcome.settled() || command.command().step() instanceof Step.Settle) {
                    finish(turn, command, outcome, "nobody can find out what became of it");
                } else {
                    turn.note(
                            new Decision.OutcomeTaken(incident, command.id(), outcome.outcome()),
                            "it may have run: it is settled before anything else; not final");
                    tell(turn, command, outcome);
                    Settling.begin(turn, command);
                }
            }
            case Outcome.Done _, Outcome.Ineffective _, Outcome.Refused _, Outcome.NotReached _ ->
                finish(turn, command, outcome, "the first final outcome counts");
        }
    }

    /** What a command did is known, or that it never will be. */
    static void finish(Turn turn, CommandState command, StepOutcome outcome, String why) {
        turn.note(new Decision.OutcomeTaken(command.command().incident(), command.id(), outcome.outcome()), why);
        turn.put(command.over());
        tell(turn, command, outcome);
        switch (outcome.outcome()) {
            case Outcome.Refused _, Outcome.NotReached _ -> turn.forgetSpent(command.id());
            case Outcome.Done _, Outcome.Ineffective _, Outcome.Running _, Outcome.Unknown _, Outcome.Garbled _ -> {}
        }
        IncidentState incident = turn.incident(command.command().incident());
        if (incident != null
                && incident.open()
                && command.id().equals(incident.care().command())) {
            follow(turn, incident, command.command(), outcome);
            turn.incidentsDue.add(incident.id());
        }
    }

    private static void tell(Turn turn, CommandState command, StepOutcome outcome) {
        IncidentState incident = turn.incident(command.command().incident());
        if (incident == null || !incident.open()) {
            return;
        }
        List<Attempt> attempts = incident.shown().attempts().stream()
                .map(attempt -> attempt.command().id().equals(command.id())
                        ? new Attempt(attempt.command(), outcome.token(), shortened(outcome))
                        : attempt)
                .toList();
        Showing.put(turn, Showing.attempted(incident, attempts));
    }

    /** The whole transcript is on the log; what people see keeps within what a topic takes. */
    private static StepOutcome shortened(StepOutcome outcome) {
        List<Ran> last = outcome.transcript().stream()
                .skip(Math.max(0, outcome.transcript().size() - MOST_RAN))
                .map(ran -> new Ran(
                        ran.host(), Showing.cut(ran.command()), ran.exit(), end(ran.out()), end(ran.err()), ran.took()))
                .toList();
        return new StepOutcome(
                outcome.pool(),
                outcome.command(),
                outcome.by(),
                outcome.token(),
                outcome.settled(),
                outcome.outcome(),
                outcome.ended(),
                last);
    }

    private static String end(String text) {
        return text.length() <= MOST_PRINTED ? text : "…" + text.substring(text.length() - MOST_PRINTED);
    }

    private static void follow(Turn turn, IncidentState told, Command command, StepOutcome outcome) {
        IncidentState incident = turn.incident(told.id());
        if (incident == null) {
            return;
        }
        switch (outcome.outcome()) {
            case Outcome.Done _ -> done(turn, incident, command, outcome);
            case Outcome.Ineffective _ -> ineffective(turn, incident, command, outcome);
            case Outcome.Refused refused -> refused(turn, incident, command, outcome, refused.reason());
            case Outcome.NotReached _ -> again(turn, incident, command, outcome, "it did not reach the host");
            case Outcome.Unknown _, Outcome.Garbled _ -> block(turn, incident, command);
            case Outcome.Running _ -> throw new IllegalStateException("what still runs is not final");
        }
    }

    private static void done(Turn turn, IncidentState incident, Command command, StepOutcome outcome) {
        Care care = incident.care();
        boolean ended = command.step() instanceof Step.DestroyDomain || command.step() instanceof Step.ReapDomain;
        if (ended && care.start() != null) {
            Care due = care.ended(Stage.START_DUE, outcome.ended(), turn.now(), null);
            Showing.put(
                    turn,
                    Showing.phase(
                            incident.with(due),
                            Phase.VERIFYING,
                            "its VM is started again as soon as a sample shows that nothing of it is left",
                            null));
            return;
        }
        if (command.step() instanceof Step.WithdrawShutdownRequest) {
            Verification.climb(turn, incident.with(care.ended(Stage.VERIFYING, outcome.ended(), turn.now(), null)));
            return;
        }
        verify(turn, incident, outcome);
    }

    private static void verify(Turn turn, IncidentState incident, StepOutcome outcome) {
        Rung rung = incident.care().rung();
        Duration patience = rung == null
                ? VERIFY
                : turn.policy().rule(rung).map(RungRule::verify).orElse(VERIFY);
        Instant until = turn.now().plus(patience);
        Care care = incident.care().ended(Stage.VERIFYING, outcome.ended(), turn.now(), until);
        Showing.put(
                turn,
                Showing.phase(incident.with(care), Phase.VERIFYING, "its effect is watched", until)
                        .wakingAt(until));
    }

    private static void ineffective(Turn turn, IncidentState incident, Command command, StepOutcome outcome) {
        if (command.step() instanceof Step.StartVm) {
            again(turn, incident, command, outcome, "the start had no effect");
            return;
        }
        if (command.step() instanceof Step.RebootCleanly) {
            // The request may still stand; that is seen, and it withdrawn, before anything else is done.
            Care care = incident.care().ended(Stage.VERIFYING, outcome.ended(), turn.now(), turn.now());
            Showing.put(
                    turn,
                    Showing.phase(incident.with(care), Phase.VERIFYING, "the guest did not take the request", null));
            return;
        }
        boolean ends = command.step() instanceof Step.DestroyDomain || command.step() instanceof Step.ReapDomain;
        Care ended = incident.care().ended(Stage.VERIFYING, outcome.ended(), turn.now(), null);
        Verification.climb(turn, incident.with(ended), ends ? ended.start() : null);
    }

    private static void refused(
            Turn turn, IncidentState incident, Command command, StepOutcome outcome, Refusal reason) {
        switch (reason) {
            case EXPIRED,
                    EVIDENCE_TOO_OLD,
                    LEASE_DENIED,
                    LEASE_NEARLY_OVER,
                    TOKEN_NOT_NEWER,
                    OTHER_BOOT,
                    OTHER_DOMAIN,
                    UNEXPECTED_STATE,
                    HOST_BUSY,
                    TOMBSTONED,
                    NOT_SEALED,
                    SEAL_UNANSWERED -> again(turn, incident, command, outcome, "refused: " + reason);
            case CONFIGURATION_MISMATCH, NOT_POSSIBLE_HERE -> {
                if (command.step() instanceof Step.StartVm) {
                    again(turn, incident, command, outcome, "refused: " + reason);
                } else {
                    Care care = incident.care().refused(Stage.WATCHING, outcome.ended(), turn.now());
                    Verification.climb(turn, incident.with(care));
                }
            }
            case OTHER_LOG, NOT_ENROLLED, CONTROL_DOMAIN ->
                Escalation.exhausted(
                        turn,
                        incident.with(incident.care().refused(Stage.WATCHING, outcome.ended(), turn.now())),
                        "the host refuses this Paramedic (" + reason + "): a person must act, then unblock it");
        }
    }

    /** Derived anew from later samples, with a new command, and not for ever; but a VM that is down because of us is not given up. */
    private static void again(Turn turn, IncidentState incident, Command command, StepOutcome outcome, String why) {
        boolean start = command.step() instanceof Step.StartVm;
        int refusals = incident.care().refusals() + 1;
        Stage stage = start
                ? Stage.START_DUE
                : command.step() instanceof Step.WithdrawShutdownRequest ? Stage.VERIFYING : Stage.WATCHING;
        Instant pause = turn.now().plus(BACK_OFF.multipliedBy(Math.min(refusals, MOST_BACK_OFFS)));
        Care care = incident.care().refused(stage, outcome.ended(), pause);
        if (refusals >= MOST_REFUSALS && !start) {
            Escalation.exhausted(
                    turn,
                    incident.with(care),
                    "a step came to nothing " + refusals + " times (" + why + "): a person must act");
            return;
        }
        Care kept = stage == Stage.VERIFYING ? care.ended(stage, outcome.ended(), pause, turn.now()) : care;
        Showing.put(
                turn,
                Showing.phase(
                        incident.with(kept),
                        start ? Phase.VERIFYING : Phase.CONFIRMED,
                        (start
                                        ? "its VM is down because of a step of ours, and " + refusals
                                                + " starts came to nothing; "
                                        : "")
                                + "it is derived anew from later samples, because: " + why,
                        pause));
    }

    private static void block(Turn turn, IncidentState incident, Command command) {
        UUID id = command.id();
        String name = command.step().on().host();
        HostState host = turn.host(name);
        if (host != null) {
            turn.put(host.blockedBy(new Block(id, turn.now())));
        }
        Care care = incident.care().ended(Stage.BLOCKED, null, turn.now(), null);
        Showing.put(
                turn,
                Showing.phase(
                                incident.with(care),
                                Phase.BLOCKED,
                                "a person finds out what became of the command on " + name + " and unblocks the host",
                                null)
                        .wakingAt(null));
    }
}
