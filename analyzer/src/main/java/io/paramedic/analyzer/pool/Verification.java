package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.Care;
import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.incidents.Stage;
import io.paramedic.analyzer.judgement.DomainJudgement;
import io.paramedic.analyzer.ladder.Steps;
import io.paramedic.analyzer.policy.Policy.Rung;
import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.analyzer.witness.Voice.Says;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.observation.Condition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Watches for the effect of a step, in samples taken after it ended. */
final class Verification {
    private Verification() {}

    static void review(Turn turn, IncidentState incident, HostState host, Incarnation incarnation) {
        Instant until = incident.care().until();
        boolean over = until != null && !turn.now().isBefore(until);
        if (!Fleet.reliable(turn, host) || !Escalation.counts(incident.care(), host)) {
            again(turn, incident, over ? null : until);
            return;
        }
        DomainState old = Fleet.find(turn, incarnation);
        DomainState life = newLife(turn, incident, incarnation);
        if (life == null && old == null && goneIsEnough(incident)) {
            Escalation.close(turn, incident, "its domain is gone, as it was to be");
            return;
        }
        DomainState seen = life == null ? old : life;
        HostState where = seen == null ? null : turn.host(seen.host());
        if (seen != null && where != null && Fleet.reliable(turn, where)) {
            if (judged(turn, incident, where, seen, seen == life)) {
                return;
            }
        }
        IncidentState now = turn.incident(incident.id());
        if (over && now != null) {
            timeOver(turn, now, host, old, life);
        } else {
            again(turn, now == null ? incident : now, until);
        }
    }

    private static void again(Turn turn, IncidentState incident, @Nullable Instant until) {
        if (incident.wake() == null && until != null) {
            turn.put(incident.wakingAt(until));
        }
    }

    private static boolean goneIsEnough(IncidentState incident) {
        return incident.care().rung() == Rung.REAP && incident.care().start() == null;
    }

    /** The one other domain in which its VM is seen; several are a matter for a person. */
    private static @Nullable DomainState newLife(Turn turn, IncidentState incident, Incarnation incarnation) {
        List<DomainState> lives = Fleet.others(turn, incident.vm(), incarnation);
        return lives.size() == 1 ? lives.getFirst() : null;
    }

    /** Whether what is seen decides the incident. */
    private static boolean judged(
            Turn turn, IncidentState incident, HostState where, DomainState seen, boolean newLife) {
        DomainJudgement judgement = DomainJudgement.of(where, seen, turn.policy(), turn.networkWorks());
        boolean running = seen.watched().observation().condition() instanceof Condition.Running;
        boolean speaks = incident.care().expects().isEmpty()
                || judgement.witnesses().voices().stream()
                        .anyMatch(voice -> voice.says() == Says.ALIVE
                                && incident.care()
                                        .expects()
                                        .contains(voice.channel().word()));
        boolean well = running
                && speaks
                && (judgement.verdict() == Verdict.NOTHING_WRONG
                        || judgement.verdict() == Verdict.GRANT_TABLE_NEARLY_FULL);
        if (well) {
            if (Escalation.wellFor(turn, incident, where)) {
                Escalation.close(
                        turn,
                        incident,
                        newLife ? "its VM runs well in a new life" : "what was wrong is no longer seen");
                return true;
            }
            return false;
        }
        turn.put(incident.with(incident.care().wellSince(null)));
        if (newLife && judgement.confirmed()) {
            IncidentState moved = Showing.about(
                    Showing.found(incident, judgement.finding(), judgement.rules()),
                    new Subject.Domain(seen.incarnation(), seen.vm()));
            Showing.put(
                    turn,
                    Showing.phase(
                            moved.with(incident.care().climbing()), Phase.CONFIRMED, "its new life is sick too", null));
            turn.incidentsDue.add(incident.id());
            return true;
        }
        return false;
    }

    private static void timeOver(
            Turn turn, IncidentState incident, HostState host, @Nullable DomainState old, @Nullable DomainState life) {
        Care care = incident.care();
        if (life != null) {
            Escalation.exhausted(
                    turn,
                    incident,
                    "its VM has a new life in which it does not show that it is well: a person must look");
            return;
        }
        if (old == null) {
            Escalation.exhausted(
                    turn, incident, "its VM is seen in no domain since a step of ours: a person must start it");
            return;
        }
        String pending = old.watched().observation().signals().pendingRequest();
        if (care.rung() == Rung.CLEAN_REBOOT && pending != null && !pending.isEmpty() && !withdrawn(incident)) {
            Ordering.Wish wish = new Ordering.Wish(
                    new Step.WithdrawShutdownRequest(Steps.target(old)),
                    Rung.CLEAN_REBOOT,
                    null,
                    care.expects(),
                    "the request that the guest never took is withdrawn, lest it obeys hours later");
            Ordering.take(
                    turn,
                    incident,
                    host,
                    wish,
                    Situations.of(turn, incident, host, old.incarnation(), old, Rung.CLEAN_REBOOT, wish.step(), false));
            return;
        }
        climb(turn, incident);
    }

    private static boolean withdrawn(IncidentState incident) {
        return incident.shown().attempts().stream()
                .anyMatch(attempt ->
                        attempt.command().step() instanceof Step.WithdrawShutdownRequest && attempt.outcome() != null);
    }

    /** The rung has not helped; the next one is considered on what is seen from here on. */
    static void climb(Turn turn, IncidentState incident) {
        climb(turn, incident, null);
    }

    /** @param owed what a start needs that we owe if the domain turns out to be dead; absent where we owe none */
    static void climb(Turn turn, IncidentState incident, Care.@Nullable Start owed) {
        Care care = incident.care().climbing().owing(owed);
        IncidentState next = incident.with(care);
        Showing.put(
                turn,
                Showing.phase(next, Phase.CONFIRMED, "the next rung, on what is seen from here on", null)
                        .wakingAt(null));
        if (care.stage() == Stage.WATCHING) {
            turn.incidentsDue.add(incident.id());
        }
    }
}
