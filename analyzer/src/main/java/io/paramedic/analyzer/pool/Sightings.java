package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.sightings.Change;
import io.paramedic.analyzer.sightings.DomainKey;
import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.analyzer.sightings.Reading;
import io.paramedic.analyzer.sightings.Streams;
import io.paramedic.analyzer.sightings.Trust;
import io.paramedic.schemas.event.Sighting;
import io.paramedic.schemas.event.Sighting.HostEvent;
import io.paramedic.schemas.event.Sighting.HostUnreachable;
import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.journal.Decision;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes in what collectors say, also while the analyzer is behind, and tells what is to be diagnosed. */
final class Sightings {
    private Sightings() {}

    static void take(Turn turn, Sighting sighting) {
        String name = sighting.stream().host();
        HostState known = turn.host(name);
        HostState before = known == null ? HostState.unheard(name) : known;
        Reading reading = Streams.read(
                before,
                sighting,
                turn.now(),
                domid -> published(turn, new DomainKey(name, domid)),
                number -> domains(turn.part(name, number)));
        if (reading.change() instanceof Change.Ignored) {
            return;
        }
        turn.put(reading.host());
        tellTrust(turn, before, reading.host());
        if (reading.rebooted()) {
            List.copyOf(turn.domainsOf(name)).forEach(domain -> turn.forgetDomain(domain.key()));
        }
        boolean changed = apply(turn, name, reading.change());
        if (reading.host().feed().gathering() == null) {
            turn.forgetParts(name);
        }
        if (turn.live()) {
            follow(turn, name, changed || reading.rebooted() || sighting instanceof HostEvent, sighting);
        }
    }

    private static @Nullable WatchedDomain published(Turn turn, DomainKey key) {
        DomainState domain = turn.domain(key);
        return domain == null ? null : domain.watched();
    }

    private static List<WatchedDomain> domains(@Nullable PartKept part) {
        return part == null ? List.of() : part.domains();
    }

    private static void tellTrust(Turn turn, HostState before, HostState now) {
        Trust.Level level = now.trust().level();
        if (level == before.trust().level()) {
            return;
        }
        switch (level) {
            case AWAITED -> throw new IllegalStateException("what was heard of is never awaited again");
            case TRUSTED ->
                turn.note(new Decision.HostTrusted(now.host()), now.trust().why());
            case DOUBTED ->
                turn.note(new Decision.HostDoubted(now.host()), now.trust().why());
        }
    }

    /** Whether anything changed in the domains. */
    private static boolean apply(Turn turn, String host, Change change) {
        return switch (change) {
            case Change.Ignored _, Change.Confirmed _, Change.Unreached _ -> false;
            case Change.Seen seen -> {
                see(turn, host, seen.at(), seen.domain(), seen.window());
                yield true;
            }
            case Change.Left left -> {
                turn.forgetDomain(new DomainKey(host, left.domid()));
                yield true;
            }
            case Change.Part part -> {
                turn.put(new PartKept(host, part.number(), part.domains()));
                yield false;
            }
            case Change.Whole whole -> {
                Set<Integer> there = new HashSet<>();
                for (WatchedDomain domain : whole.domains()) {
                    there.add(domain.observation().domid());
                    see(turn, host, whole.at(), domain, whole.window());
                }
                List.copyOf(turn.domainsOf(host)).stream()
                        .filter(domain -> !there.contains(domain.domid()))
                        .forEach(domain -> turn.forgetDomain(domain.key()));
                yield true;
            }
        };
    }

    private static void see(Turn turn, String host, HostTime at, WatchedDomain domain, Duration window) {
        DomainState before =
                turn.domain(new DomainKey(host, domain.observation().domid()));
        turn.put(
                before == null
                        ? DomainState.begin(host, at.bootId(), domain, window, at.uptime())
                        : before.after(at.bootId(), domain, window, at.uptime()));
        if (domain.vm() != null && turn.copiesOf(domain.vm()).size() > 1) {
            turn.copied.add(domain.vm());
        }
    }

    private static void follow(Turn turn, String name, boolean changed, Sighting sighting) {
        HostState host = Objects.requireNonNull(turn.host(name));
        turn.hostsDue.add(name);
        if (sighting instanceof HostUnreachable) {
            return;
        }
        boolean anew = !(sighting instanceof HostEvent)
                && (host.pulse().floor() == null
                        || host.pulse().epoch() != turn.head().epoch());
        if (anew) {
            host = host.with(host.pulse().watchedFrom(turn.head().epoch())).toBeShown();
            turn.put(host);
        }
        Duration settles = host.health().settles();
        boolean settled = settles != null && host.pulse().uptime().compareTo(settles) >= 0;
        boolean slow = !host.pulse().took().equals(Duration.ZERO)
                && host.pulse().took().compareTo(Duration.ofSeconds(5)) >= 0;
        if (anew || changed || settled || slow != troubled(host)) {
            turn.undiagnosed.add(name);
        }
    }

    /** Whether the host was thought to be slow or in other trouble; then each beat may end it. */
    private static boolean troubled(HostState host) {
        return !host.health().findings().isEmpty();
    }
}
