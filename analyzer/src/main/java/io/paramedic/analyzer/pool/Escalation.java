package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.Care;
import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.incidents.Stage;
import io.paramedic.analyzer.judgement.DomainJudgement;
import io.paramedic.analyzer.ladder.Ladder;
import io.paramedic.analyzer.ladder.Steps;
import io.paramedic.analyzer.policy.Policy.Rung;
import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.analyzer.witness.Channel;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.diagnosis.Verdict.Severity;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.incident.Check;
import io.paramedic.schemas.incident.Incident.Attempt;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.observation.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What becomes of an incident about one domain. Everything is derived from what is known now: however it came to be looked at,
 * and however often, the same knowledge leads to the same next step.
 */
final class Escalation {
    private Escalation() {}

    static void review(Turn turn, String id) {
        IncidentState incident = turn.incident(id);
        if (incident == null || !incident.open()) {
            return;
        }
        switch (incident.shown().subject()) {
            case Subject.Host of -> {
                HostState host = turn.host(of.host());
                if (host == null || host.left()) {
                    Showing.close(turn, incident, "its host left the pool");
                }
            }
            case Subject.CommonCause _ -> Causes.review(turn, id);
            case Subject.Vm of -> Duplicates.review(turn, of.vm());
            case Subject.Domain of -> domain(turn, incident, of.incarnation());
        }
    }

    private static void domain(Turn turn, IncidentState incident, Incarnation incarnation) {
        HostState host = turn.host(incarnation.host());
        if (host == null || host.left()) {
            left(turn, incident, incarnation);
            return;
        }
        switch (incident.care().stage()) {
            // Until it is known what a command did, nothing else is decided.
            case ACTING, BLOCKED -> {}
            case VERIFYING -> Verification.review(turn, incident, host, incarnation);
            case START_DUE -> Starting.review(turn, incident, host, incarnation);
            case WATCHING, EXHAUSTED -> watch(turn, incident, host, incarnation);
        }
    }

    /** What was seen on its host no longer counts; what we owe to its VM does. */
    private static void left(Turn turn, IncidentState incident, Incarnation incarnation) {
        Care care = incident.care();
        if (care.stage() == Stage.ACTING || care.stage() == Stage.BLOCKED) {
            return;
        }
        if (care.start() == null) {
            close(turn, incident, "its host left the pool");
            return;
        }
        String why = "its VM is down because of a step of ours, and its host " + incarnation.host()
                + " is not in the inventory: a person must start it, or list the host again";
        if (care.stage() != Stage.START_DUE) {
            exhausted(turn, incident, why);
            return;
        }
        Check guard = new Check("host in inventory", false, "the host is not in the inventory");
        IncidentState now = Ordering.withheld(turn, incident, null, guard, List.of(guard));
        Showing.put(turn, Showing.phase(Showing.guarded(now, List.of(guard)), Phase.EXHAUSTED, why, null));
    }

    private static void watch(Turn turn, IncidentState incident, HostState host, Incarnation incarnation) {
        if (!Fleet.reliable(turn, host)) {
            blind(turn, incident, host);
            return;
        }
        if (!counts(incident.care(), host)) {
            return;
        }
        DomainState domain = Fleet.find(turn, incarnation);
        if (domain == null) {
            gone(turn, incident, incarnation);
            return;
        }
        boolean dead = domain.watched().observation().condition() instanceof Condition.Dying;
        if (dead && incident.care().stage() == Stage.WATCHING && incident.care().start() != null) {
            owed(turn, incident.with(incident.care().wellSince(null)));
            return;
        }
        DomainJudgement judgement = DomainJudgement.of(host, domain, turn.policy(), turn.networkWorks());
        if (judgement.verdict().severity() == Severity.OK) {
            if (silenced(incident, domain, judgement)) {
                unclear(turn, incident);
            } else if (wellFor(turn, incident, host)) {
                close(turn, incident, "what was wrong is no longer seen");
            }
            return;
        }
        Care care = incident.care().wellSince(null);
        IncidentState sick = incident.with(care.stage() == Stage.EXHAUSTED ? care : care.owing(null));
        if (incident.care().stage() == Stage.EXHAUSTED || judgement.verdict() == Verdict.UNDECIDED) {
            turn.put(sick);
            return;
        }
        IncidentState found = Showing.found(sick, judgement.finding(), judgement.rules());
        if (!judgement.confirmed()) {
            boolean tried = !incident.shown().attempts().isEmpty();
            Phase phase =
                    incident.shown().cause() != null ? Phase.INHIBITED : tried ? Phase.CONFIRMED : Phase.SUSPECTED;
            Showing.put(
                    turn,
                    Showing.phase(
                            Showing.proposed(found, null),
                            phase,
                            "it is seen whether it persists, and whether a second witness says the same",
                            null));
            return;
        }
        climb(turn, found, host, domain, judgement);
    }

    /** Whether a heartbeat that it had lost is only not told any more, as by a collector that never saw it move. */
    private static boolean silenced(IncidentState incident, DomainState domain, DomainJudgement judgement) {
        Verdict before = incident.shown().finding().verdict();
        return (before == Verdict.HUNG || before == Verdict.HANG_SUSPECTED)
                && domain.watched().observation().condition() instanceof Condition.Running
                && domain.watched().observation().signals().heartbeat() == null
                && domain.vitals().heartbeatLost() != null
                && !judgement.witnesses().alive();
    }

    private static void unclear(Turn turn, IncidentState incident) {
        boolean tried = !incident.shown().attempts().isEmpty();
        Showing.put(
                turn,
                Showing.phase(
                        Showing.proposed(incident.with(incident.care().wellSince(null)), null),
                        tried ? Phase.CONFIRMED : Phase.SUSPECTED,
                        "its heartbeat stood still and is not told any more, so whether it lives is not known",
                        null));
    }

    /** Our own destroy has left a domain that something holds. */
    private static void owed(Turn turn, IncidentState incident) {
        Check guard = new Check("one copy", false, "the domain that was ended is dead and still held");
        IncidentState now = Ordering.withheld(turn, incident, null, guard, List.of(guard));
        Showing.put(
                turn,
                Showing.phase(
                        Showing.guarded(now, List.of(guard)),
                        Phase.EXHAUSTED,
                        "its VM is down because of a step of ours, and something holds what is left of its domain: a"
                                + " person must free it; then the VM is started",
                        null));
    }

    /** Nothing is thought of a domain while its host is in doubt; a decision not to act all the same. */
    private static void blind(Turn turn, IncidentState incident, HostState host) {
        if (incident.phase() != Phase.CONFIRMED && incident.phase() != Phase.AWAITING_APPROVAL) {
            return;
        }
        Check guard = new Check("host trusted", false, Fleet.why(turn, host));
        IncidentState now = Ordering.withheld(turn, incident, null, guard, List.of(guard));
        Showing.put(
                turn,
                Showing.phase(Showing.guarded(now, List.of(guard)), now.phase(), "withheld: " + guard.why(), null));
    }

    /** Its domain is not seen any more on a host of which everything is known. */
    private static void gone(Turn turn, IncidentState incident, Incarnation incarnation) {
        boolean ours = incident.shown().attempts().stream().anyMatch(Escalation::mayHaveEnded);
        if (!ours) {
            close(turn, incident, "its domain is gone, and not by a step of ours");
            return;
        }
        List<DomainState> lives = Fleet.others(turn, incident.vm(), incarnation);
        if (!lives.isEmpty()) {
            DomainState life = lives.getLast();
            Subject subject = new Subject.Domain(life.incarnation(), life.vm());
            Showing.put(
                    turn,
                    Showing.phase(
                            Showing.about(incident, subject)
                                    .with(incident.care().wellSince(null)),
                            incident.phase(),
                            "its VM is seen in domid " + life.domid() + " on " + life.host(),
                            null));
            return;
        }
        Care care = incident.care();
        if (care.stage() == Stage.WATCHING
                && care.start() != null
                && !care.spent().isEmpty()) {
            Care due = care.startDue(care.spent().getLast());
            Showing.put(
                    turn,
                    Showing.phase(
                            incident.with(due), Phase.VERIFYING, "nothing of its domain is left: it is started", null));
            turn.incidentsDue.add(incident.id());
            return;
        }
        exhausted(
                turn,
                incident,
                "its VM is seen in no domain since a step of ours, and cannot be started safely: a person must start"
                        + " it");
    }

    private static boolean mayHaveEnded(Attempt attempt) {
        return attempt.outcome() != null
                && Ordering.destructive(attempt.command().step())
                && switch (attempt.outcome().outcome()) {
                    case Outcome.Done _,
                            Outcome.Ineffective _,
                            Outcome.Running _,
                            Outcome.Unknown _,
                            Outcome.Garbled _ -> true;
                    case Outcome.Refused _, Outcome.NotReached _ -> false;
                };
    }

    private static void climb(
            Turn turn, IncidentState incident, HostState host, DomainState domain, DomainJudgement judgement) {
        List<Rung> all = Ladder.of(judgement.verdict(), Situations.toolstack(host));
        List<Rung> left = all.stream()
                .filter(rung -> !incident.care().spent().contains(rung))
                .filter(rung -> rung != Rung.CLEAN_REBOOT || askable(domain))
                .toList();
        if (all.isEmpty()) {
            explain(turn, incident, judgement.verdict());
            return;
        }
        if (left.isEmpty()) {
            exhausted(turn, incident, "no rung of the ladder is left: a person must act");
            return;
        }
        Rung rung = left.stream()
                .filter(one -> turn.policy().rule(one).isPresent())
                .findFirst()
                .orElse(left.getFirst());
        boolean startFollows = Steps.startFollows(rung, domain);
        Step step = Steps.first(rung, domain, startFollows);
        Care.Start start = startFollows ? new Care.Start(Steps.configuration(domain), Steps.traces(domain)) : null;
        Ordering.Wish wish =
                new Ordering.Wish(step, rung, start, expects(judgement), why(judgement.verdict()) + words(rung.name()));
        Ordering.take(
                turn,
                incident,
                host,
                wish,
                Situations.of(turn, incident, host, domain.incarnation(), domain, rung, step, startFollows));
    }

    /** A guest that left one request lying does not take another. */
    private static boolean askable(DomainState domain) {
        String pending = domain.watched().observation().signals().pendingRequest();
        return pending == null || pending.isEmpty();
    }

    /** Channels by which the guest itself was heard before. */
    private static List<String> expects(DomainJudgement judgement) {
        return judgement.witnesses().voices().stream()
                .filter(voice -> voice.able() && voice.channel() != Channel.VCPU)
                .map(voice -> voice.channel().word())
                .toList();
    }

    private static String why(Verdict verdict) {
        return words(verdict.name()) + ": ";
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Told and explained; there is nothing that Paramedic would do about it. */
    private static void explain(Turn turn, IncidentState incident, Verdict verdict) {
        Check guard = new Check(
                "a rung applies", false, "for '" + words(verdict.name()) + "' on this toolstack a person decides");
        IncidentState now = Ordering.withheld(turn, incident, null, guard, List.of(guard));
        Showing.put(
                turn,
                Showing.phase(
                        Showing.guarded(Showing.proposed(now, null), List.of(guard)),
                        incident.shown().cause() == null ? Phase.CONFIRMED : Phase.INHIBITED,
                        "a person decides; see the advice",
                        null));
    }

    static void exhausted(Turn turn, IncidentState incident, String why) {
        IncidentState now = Showing.proposed(incident, null);
        Showing.put(
                turn,
                Showing.phase(now.with(now.care().at(Stage.EXHAUSTED)), Phase.EXHAUSTED, why, null)
                        .wakingAt(null));
    }

    static void close(Turn turn, IncidentState incident, String why) {
        Showing.close(turn, incident, why);
        if (incident.shown().cause() != null) {
            turn.incidentsDue.add(incident.shown().cause());
        }
    }

    /** Whether what was last seen of the host is later than the last step. */
    static boolean counts(Care care, HostState host) {
        HostTime time = host.pulse().time();
        HostTime after = care.after();
        boolean later = after == null || time == null || !after.bootId().equals(time.bootId()) || time.isAfter(after);
        boolean appended = care.asOf() == null
                || (host.pulse().heard() != null && host.pulse().heard().isAfter(care.asOf()));
        return later && appended;
    }

    /** Whether it has looked well for long enough on an unbroken watch; begins to count where it did not. */
    static boolean wellFor(Turn turn, IncidentState incident, HostState host) {
        Duration uptime = host.pulse().uptime();
        Duration since = incident.care().wellSince();
        Duration floor = host.pulse().floor();
        if (since == null || since.compareTo(uptime) > 0 || (floor != null && floor.compareTo(since) > 0)) {
            turn.put(incident.with(incident.care().wellSince(uptime)));
            return false;
        }
        return uptime.minus(since).compareTo(turn.policy().patience().healthy()) >= 0;
    }
}
