package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.HeldControl;
import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.judgement.DomainJudgement;
import io.paramedic.analyzer.sightings.DomainKey;
import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.analyzer.sightings.Health.Trouble;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.analyzer.sightings.Word;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.overview.HostOverview.DomainLine;
import io.paramedic.schemas.overview.HostOverview.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows hosts to people, the longest unshown first, a bounded number at each tick and each at most once a second. */
final class Overviews {
    private static final int MOST_AT_ONCE = 50;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int LONGEST_NAME = 120;

    private Overviews() {}

    static void flush(Turn turn) {
        List<HostState> due = turn.hosts().stream()
                .filter(host -> host.dirty() && host.listed() != null)
                .filter(host -> host.shown() == null
                        || !turn.now().isBefore(host.shown().plus(PAUSE)))
                .sorted(Comparator.comparing((HostState host) -> Objects.requireNonNullElse(host.shown(), Instant.MIN))
                        .thenComparing(HostState::host))
                .limit(MOST_AT_ONCE)
                .toList();
        if (due.isEmpty()) {
            return;
        }
        Map<DomainKey, String> incidents = incidents(turn);
        for (HostState host : due) {
            turn.leave(new Effect.ShowHost(overview(turn, host, incidents)));
            turn.put(host.shownAt(turn.now()));
        }
    }

    private static Map<DomainKey, String> incidents(Turn turn) {
        Map<DomainKey, String> byDomain = new HashMap<>();
        for (IncidentState incident : turn.open()) {
            Incarnation incarnation = incident.incarnation();
            if (incarnation != null) {
                byDomain.put(new DomainKey(incarnation.host(), incarnation.domid()), incident.id());
            }
        }
        return byDomain;
    }

    private static HostOverview overview(Turn turn, HostState host, Map<DomainKey, String> incidents) {
        Collection<DomainState> domains = turn.domainsOf(host.host());
        Word word = host.word();
        Standing standing = standing(turn, host);
        return new HostOverview(
                turn.pool(),
                host.host(),
                turn.policy().mode(),
                turn.live(),
                standing,
                sentence(turn, host, standing),
                word == null ? null : word.facts().toolstack(),
                host.pulse().time(),
                host.health().findings().stream().map(Trouble::finding).toList(),
                domains.stream()
                        .limit(HostOverview.MOST_DOMAINS)
                        .map(domain -> line(turn, host, domain, incidents.get(domain.key())))
                        .toList(),
                Math.max(0, domains.size() - HostOverview.MOST_DOMAINS),
                turn.controls().stream()
                        .filter(held -> held.covers(new Scope.Host(turn.pool(), host.host()), turn.now()))
                        .map(held -> hold(held, host.host()))
                        .toList(),
                turn.now());
    }

    private static String hold(HeldControl held, String host) {
        boolean tells = held.kind() == HeldControl.Kind.HOLD;
        return held.sentence()
                + (tells && !held.told().contains(host) ? ", not yet in force: the host was not told or is busy" : "");
    }

    private static Standing standing(Turn turn, HostState host) {
        if (host.block() != null) {
            return Standing.BLOCKED;
        }
        boolean heard = host.pulse().heard() != null;
        if (host.pulse().unreachable() != null || (heard && !Fleet.heard(turn, host))) {
            return Standing.SILENT;
        }
        return switch (host.trust().level()) {
            case AWAITED -> Standing.AWAITED;
            case TRUSTED -> Standing.TRUSTED;
            case DOUBTED -> Standing.DOUBTED;
        };
    }

    private static String sentence(Turn turn, HostState host, Standing standing) {
        return switch (standing) {
            case BLOCKED ->
                "what became of command "
                        + Objects.requireNonNull(host.block()).command()
                        + " is not known: a person must look and unblock it";
            case AWAITED, TRUSTED, DOUBTED -> host.trust().why();
            case SILENT -> Showing.cut(Fleet.why(turn, host));
        };
    }

    private static DomainLine line(Turn turn, HostState host, DomainState domain, @Nullable String incident) {
        DomainObservation seen = domain.watched().observation();
        Verdict verdict = domain.verdict();
        boolean control = verdict == Verdict.CONTROL_DOMAIN;
        List<String> witnesses = control
                ? List.of()
                : DomainJudgement.witnesses(host, domain, turn.policy(), true).able();
        String name = seen.name();
        return new DomainLine(
                seen.domid(),
                seen.handle(),
                domain.vm(),
                name == null || name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME),
                seen.condition(),
                verdict(turn, verdict, incident),
                witnesses,
                incident);
    }

    /** What was concluded over time weighs more than what one look shows. */
    private static Verdict verdict(Turn turn, Verdict diagnosed, @Nullable String incident) {
        IncidentState open = incident == null ? null : turn.incident(incident);
        return open != null && open.care().wellSince() == null
                ? open.shown().finding().verdict()
                : diagnosed;
    }
}
