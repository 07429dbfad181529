package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.guards.Guards;
import io.paramedic.analyzer.guards.Situation;
import io.paramedic.analyzer.incidents.Care;
import io.paramedic.analyzer.incidents.CommandState;
import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.incidents.Spent;
import io.paramedic.analyzer.incidents.Stage;
import io.paramedic.analyzer.policy.Policy.Rung;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.incident.Check;
import io.paramedic.schemas.incident.Incident.Attempt;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Proposal;
import io.paramedic.schemas.journal.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes a step past its guards: it is ordered, asked for, rehearsed or withheld, and each of these is journalled. */
final class Ordering {
    /** How long a command may wait for its actuator. */
    private static final Duration NOT_AFTER = Duration.ofSeconds(60);
    /** After which somebody is told to settle a command that has no outcome. */
    static final Duration OUTCOME = Duration.ofMinutes(3);
    /** No budget looks further back. */
    private static final Duration KEPT = Duration.ofDays(1);
    /** How long a person may take to answer. */
    private static final Duration ANSWER = Duration.ofMinutes(15);

    private Ordering() {}

    /**
     * A step that is wanted.
     *
     * @param step what
     * @param rung to which it belongs
     * @param start what must follow; absent where nothing must
     * @param expects channels of which one must speak again in a new life
     * @param why for people
     */
    record Wish(Step step, Rung rung, Care.@Nullable Start start, List<String> expects, String why) {
        String kind() {
            return step.getClass().getSimpleName();
        }
    }

    static void take(Turn turn, IncidentState incident, HostState host, Wish wish, Situation situation) {
        List<Check> guards = Guards.ask(situation);
        IncidentState asked = Showing.guarded(incident, guards);
        Check blocking = guards.stream()
                .filter(guard -> !guard.holds())
                .filter(guard ->
                        !guard.name().equals(Guards.MODE) && !guard.name().equals(Guards.APPROVAL))
                .findFirst()
                .orElse(null);
        if (blocking != null) {
            withhold(turn, asked, wish, blocking, guards);
        } else if (!holds(guards, Guards.MODE)) {
            rehearse(turn, asked, wish, guards);
        } else if (!holds(guards, Guards.APPROVAL)) {
            propose(turn, asked, wish, guards);
        } else {
            order(turn, asked, host, wish, guards);
        }
    }

    private static boolean holds(List<Check> guards, String name) {
        return guards.stream().filter(guard -> guard.name().equals(name)).allMatch(Check::holds);
    }

    private static void withhold(Turn turn, IncidentState incident, Wish wish, Check guard, List<Check> guards) {
        IncidentState now = withheld(turn, incident, wish.step(), guard, guards);
        if (guard.name().equals(Guards.VM_BUDGET)) {
            crashLoop(turn, now);
            return;
        }
        boolean waits = waiting(turn, now);
        IncidentState kept = waits ? now : Showing.proposed(now, null);
        Showing.put(turn, Showing.phase(kept, phase(turn, kept), wish.why() + " is withheld: " + guard.why(), null));
    }

    /** Not to act is a decision too; it is journalled when another guard than before stands in the way. */
    static IncidentState withheld(
            Turn turn, IncidentState incident, @Nullable Step step, Check guard, List<Check> guards) {
        if (incident.care().withheld().equals(guard.name())) {
            return incident;
        }
        turn.note(new Decision.StepWithheld(incident.id(), step, guard.name()), guard.why(), guards);
        return incident.with(incident.care().withheld(guard.name()));
    }

    private static Phase phase(Turn turn, IncidentState incident) {
        if (incident.shown().cause() != null) {
            return Phase.INHIBITED;
        }
        if (incident.care().stage() == Stage.START_DUE) {
            return Phase.VERIFYING;
        }
        return waiting(turn, incident) ? Phase.AWAITING_APPROVAL : Phase.CONFIRMED;
    }

    private static boolean waiting(Turn turn, IncidentState incident) {
        Proposal proposal = incident.shown().proposal();
        return proposal != null && !turn.now().isAfter(proposal.until());
    }

    /** A VM that needs a reset again and again is not helped by another one. */
    private static void crashLoop(Turn turn, IncidentState incident) {
        Finding before = incident.shown().finding();
        List<String> evidence = new ArrayList<>(before.evidence());
        evidence.addFirst("it was reset " + turn.policy().guards().perVmPerDay()
                + " times within a day, and needs it again: " + before.verdict());
        Finding loop = new Finding(
                Verdict.CRASH_LOOP, evidence, before.advice(), List.of("resetting it once more"), before.source());
        IncidentState now = Showing.found(incident, loop, incident.shown().rules());
        Showing.put(
                turn,
                Showing.phase(
                        now.with(now.care().at(Stage.EXHAUSTED)),
                        Phase.EXHAUSTED,
                        "a person must find out why it fails again and again",
                        null));
    }

    private static void rehearse(Turn turn, IncidentState incident, Wish wish, List<Check> guards) {
        IncidentState now = incident;
        if (!incident.care().rehearsed().equals(wish.kind())) {
            turn.note(
                    new Decision.StepRehearsed(incident.id(), wish.step()),
                    "it would be ordered now if the pool were not only observed",
                    guards);
            now = incident.with(incident.care().rehearsed(wish.kind()).withheld(Guards.MODE));
        }
        Showing.put(
                turn,
                Showing.phase(
                        Showing.proposed(now, null),
                        phase(turn, Showing.proposed(now, null)),
                        "nothing: the pool is only observed; else " + wish.why(),
                        null));
    }

    private static void propose(Turn turn, IncidentState incident, Wish wish, List<Check> guards) {
        Proposal standing = incident.shown().proposal();
        if (standing != null
                && standing.step().equals(wish.step())
                && !turn.now().isAfter(standing.until())) {
            Showing.put(turn, awaiting(incident, standing));
            return;
        }
        Proposal proposal = new Proposal(
                turn.draw("proposal"), wish.step(), wish.why(), turn.now().plus(ANSWER));
        turn.note(new Decision.StepProposed(incident.id(), proposal), "a person must say yes first", guards);
        IncidentState now = Showing.proposed(incident, proposal);
        Showing.put(
                turn,
                awaiting(now.with(now.care().approved(null).withheld(Guards.APPROVAL)), proposal)
                        .wakingAt(proposal.until().plusMillis(1)));
    }

    private static IncidentState awaiting(IncidentState incident, Proposal proposal) {
        return Showing.phase(
                incident, Phase.AWAITING_APPROVAL, "a person says yes or no to: " + proposal.why(), proposal.until());
    }

    private static void order(Turn turn, IncidentState incident, HostState host, Wish wish, List<Check> guards) {
        HostTime time = Objects.requireNonNull(host.pulse().time(), "a reliable host was seen");
        UUID id = turn.draw("command");
        Command command = new Command(
                id,
                incident.id(),
                Situations.scope(turn, host.host(), incident.vm()),
                wish.step(),
                turn.now().plus(NOT_AFTER),
                new HostTime(
                        time.bootId(),
                        time.uptime().plus(turn.policy().patience().evidence())),
                approval(incident, wish.step()),
                wish.why());
        turn.note(new Decision.StepOrdered(incident.id(), command), wish.why(), guards);
        turn.leave(new Effect.Order(command));
        Instant due = command.notAfter().plus(OUTCOME);
        turn.put(new CommandState(command, CommandState.Standing.OUT, null, due));
        if (destructive(wish.step())) {
            turn.spent().stream()
                    .filter(old -> turn.since(old.at()).compareTo(KEPT) > 0)
                    .map(Spent::command)
                    .toList()
                    .forEach(turn::forgetSpent);
            turn.put(new Spent(id, turn.now(), host.host(), incident.vm(), incident.id()));
        }
        List<Attempt> attempts = new ArrayList<>(incident.shown().attempts());
        attempts.add(new Attempt(command, null, null));
        IncidentState now = Showing.attempted(Showing.proposed(incident, null), attempts);
        Showing.put(
                turn,
                Showing.phase(
                                now.with(now.care().ordered(id, wish.rung(), wish.start(), wish.expects())),
                                Phase.ACTING,
                                "the outcome of: " + wish.why(),
                                due)
                        .wakingAt(null));
    }

    /** Who said yes to a destroy said yes to the start that belongs to it. */
    static @Nullable UUID approval(IncidentState incident, Step step) {
        List<Attempt> attempts = incident.shown().attempts();
        UUID own = incident.care().approved();
        return own == null && step instanceof Step.StartVm && !attempts.isEmpty()
                ? attempts.getLast().command().approval()
                : own;
    }

    /** What counts against the budgets: all that can cost a guest its state. */
    static boolean destructive(Step step) {
        return switch (step) {
            case Step.RebootCleanly _,
                    Step.ShutDownCleanly _,
                    Step.CrashForDump _,
                    Step.RebootHard _,
                    Step.DestroyDomain _,
                    Step.ReapDomain _ -> true;
            case Step.WithdrawShutdownRequest _,
                    Step.StartVm _,
                    Step.ResetPowerState _,
                    Step.CancelTask _,
                    Step.RestartToolstack _,
                    Step.Settle _ -> false;
        };
    }
}
