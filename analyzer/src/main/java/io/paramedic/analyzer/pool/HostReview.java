package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.Care;
import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.sightings.DomainKey;
import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.analyzer.sightings.Health.Trouble;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.analyzer.sightings.Trust;
import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.incident.Check;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.request.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a host's own standing leads to: snapshots that are asked for, incidents of the host, and its suspects looked at. */
final class HostReview {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 5;
    private static final String BY = "analyzer";

    private HostReview() {}

    static void review(Turn turn, String name) {
        HostState host = turn.host(name);
        if (host == null || host.listed() == null) {
            return;
        }
        ask(turn, host);
        Set<Verdict> present = EnumSet.noneOf(Verdict.class);
        silence(turn, host, present);
        if (Fleet.reliable(turn, host)) {
            troubles(turn, host, present);
            suspects(turn, host);
        }
        for (IncidentState incident : turn.open()) {
            if (incident.shown().subject() instanceof Subject.Host of
                    && of.host().equals(name)) {
                settle(turn, host, incident, present);
            } else if (incident.onHost(name) && incident.shown().subject() instanceof Subject.Domain) {
                turn.incidentsDue.add(incident.id());
            }
        }
        arm(turn, name);
    }

    /** Asks for a snapshot, with growing patience: a collector that is gone cannot answer. */
    private static void ask(Turn turn, HostState host) {
        boolean needed =
                host.trust().level() == Trust.Level.DOUBTED && host.pulse().unreachable() == null;
        if (!needed || turn.now().isBefore(nextAsk(host))) {
            return;
        }
        turn.leave(new Effect.Ask(new Request.SendSnapshot(
                turn.draw("snapshot"), host.host(), BY, host.trust().why())));
        boolean dirty = host.dirty();
        HostState asked = host.with(host.trust().askedAt(turn.now()));
        turn.put(dirty ? asked : asked.shownAt(host.shown() == null ? turn.now() : host.shown()));
    }

    private static Instant nextAsk(HostState host) {
        Instant asked = host.trust().asked();
        if (asked == null) {
            return Instant.MIN;
        }
        int doublings = Math.min(host.trust().asks() - 1, MOST_DOUBLINGS);
        return asked.plus(ASK_AGAIN.multipliedBy(1L << doublings));
    }

    private static void silence(Turn turn, HostState host, Set<Verdict> present) {
        if (host.pulse().heard() == null || Fleet.heard(turn, host)) {
            return;
        }
        present.add(Verdict.HOST_SILENT);
        String unreachable = host.pulse().unreachable();
        Finding finding = new Finding(
                Verdict.HOST_SILENT,
                List.of(
                        "nothing was heard of it for "
                                + turn.since(host.pulse().heard()).toSeconds() + " s",
                        unreachable == null
                                ? "its collector says nothing of it either"
                                : "its collector cannot reach it: " + Showing.cut(unreachable)),
                List.of(
                        "see whether the host runs and answers over SSH",
                        "see whether a collector is running and has the host (paramedic status)"),
                List.of("concluding that its VMs are down", "starting its VMs elsewhere while it may be running"),
                "toolstack facts §8 row 24");
        incident(turn, host, finding, true);
    }

    private static void troubles(Turn turn, HostState host, Set<Verdict> present) {
        for (Trouble trouble : host.health().findings()) {
            Verdict verdict = trouble.finding().verdict();
            if (!isIncident(verdict)) {
                continue;
            }
            present.add(verdict);
            Duration floor = host.pulse().floor();
            Duration since = floor == null || trouble.since().compareTo(floor) > 0 ? trouble.since() : floor;
            Duration persisted = host.pulse().uptime().minus(since);
            boolean confirmed = persisted.compareTo(turn.policy().patience().of(verdict)) >= 0;
            if (confirmed || verdict.severity() == Verdict.Severity.SICK) {
                incident(turn, host, trouble.finding(), confirmed);
            }
        }
    }

    /** Several guests that stand still are told as a common cause; a host of which nothing can be read is told as doubt. */
    private static boolean isIncident(Verdict verdict) {
        return verdict != Verdict.UNDECIDED
                && verdict != Verdict.STORAGE_STALL_SUSPECTED
                && verdict != Verdict.SCHEDULER_STALL_SUSPECTED;
    }

    private static void incident(Turn turn, HostState host, Finding finding, boolean confirmed) {
        List<Check> rules = List.of(new Check(
                "persists",
                confirmed,
                "policy wants " + turn.policy().patience().of(finding.verdict()).toSeconds() + " s"));
        Subject subject = new Subject.Host(host.host());
        IncidentState known = turn.open().stream()
                .filter(i -> i.shown().subject().equals(subject))
                .filter(i -> i.shown().finding().verdict() == finding.verdict())
                .findFirst()
                .orElse(null);
        IncidentState now = known;
        if (now == null) {
            String id = turn.draw("incident").toString();
            turn.note(new Decision.IncidentOpened(id, subject, finding), "the host itself is in trouble", rules);
            now = new IncidentState(Showing.opened(turn, id, subject, finding, rules), Care.BEGIN, null);
        }
        now = Showing.found(now, finding, rules).with(now.care().wellSince(null));
        Phase phase = confirmed || now.phase() == Phase.CONFIRMED ? Phase.CONFIRMED : Phase.SUSPECTED;
        Showing.put(
                turn,
                Showing.phase(now, phase, "a person looks at the host; nothing is done to its VMs meanwhile", null));
    }

    /** Over when its trouble was not seen for as long as a domain must look well. */
    private static void settle(Turn turn, HostState host, IncidentState incident, Set<Verdict> present) {
        if (present.contains(incident.shown().finding().verdict()) || !Fleet.reliable(turn, host)) {
            return;
        }
        Duration uptime = host.pulse().uptime();
        Duration since = incident.care().wellSince();
        Duration floor = host.pulse().floor();
        if (since == null || since.compareTo(uptime) > 0 || (floor != null && floor.compareTo(since) > 0)) {
            turn.put(incident.with(incident.care().wellSince(uptime)));
        } else if (uptime.minus(since).compareTo(turn.policy().patience().healthy()) >= 0) {
            Showing.close(turn, incident, "what was wrong with the host is no longer seen");
        }
    }

    private static void suspects(Turn turn, HostState host) {
        if (host.health().suspects().isEmpty()) {
            return;
        }
        Suspicions.Known known = Suspicions.known(turn);
        for (int domid : host.health().suspects()) {
            DomainState domain = turn.domain(new DomainKey(host.host(), domid));
            if (domain != null) {
                Suspicions.consider(turn, host, domain, known);
            }
        }
    }

    /** So that silence and doubt are noticed though nothing is heard. */
    private static void arm(Turn turn, String name) {
        HostState host = turn.host(name);
        if (host == null || host.wake() != null || host.pulse().heard() == null) {
            return;
        }
        Instant silent =
                host.pulse().heard().plus(turn.policy().patience().hostSilent()).plusMillis(1);
        if (!silent.isAfter(turn.now())) {
            silent = turn.now().plus(ASK_AGAIN.multipliedBy(3));
        }
        boolean doubted = host.trust().level() == Trust.Level.DOUBTED;
        Instant again = doubted ? nextAsk(host) : silent;
        Instant due = again.isAfter(turn.now()) && again.isBefore(silent) ? again : silent;
        turn.put(host.wakingAt(due));
    }
}
