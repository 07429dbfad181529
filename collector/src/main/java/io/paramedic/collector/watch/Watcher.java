package io.paramedic.collector.watch;

import io.paramedic.collector.sampling.Glance;
import io.paramedic.collector.sampling.Glance.Listing;
import io.paramedic.schemas.event.Sighting;
import io.paramedic.schemas.event.Sighting.DomainEvent;
import io.paramedic.schemas.event.Sighting.HostBeat;
import io.paramedic.schemas.event.Sighting.HostEvent;
import io.paramedic.schemas.event.Sighting.HostSnapshotPart;
import io.paramedic.schemas.event.Sighting.HostUnreachable;
import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.identity.HostStream;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.inventory.Probe;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult;
import io.paramedic.schemas.observation.HostObservation;
import io.paramedic.schemas.observation.HostObservation.HostFacts;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns looks at one host into the sightings of a stream. The first look at a boot whose list of domains can be read gives a
 * snapshot; then each change is told once, and a beat ends each look. A beat says that nothing has changed, so none is given
 * while the list cannot be read as a whole: then what the host says of itself is told again at each look, as a sign that it
 * was looked at. A domain that is missing from a list that was not understood as a whole has not gone.
 *
 * <p>Pure: chance comes in by arguments, time by the looks. For one thread.
 */
public final class Watcher {
    private final String pool;
    private final List<Probe.Heartbeat> heartbeats;
    private final WatchSettings settings;
    private final int partBytes;
    private final Identities identities = new Identities();
    private final Map<Integer, DomainWatch> watches = new HashMap<>();
    private final Published published = new Published();
    private HostStream stream;
    private long sequence;
    private @Nullable HostTime last;
    /** The boot of which the stream has told the whole state. */
    private @Nullable UUID boot;

    /** The boot whose domains are remembered, whatever the stream. */
    private @Nullable UUID watched;

    /** @param probes of the inventory's record */
    public Watcher(String pool, HostStream stream, List<Probe> probes, WatchSettings settings) {
        this(pool, stream, probes, settings, SnapshotParts.PART_BYTES);
    }

    Watcher(String pool, HostStream stream, List<Probe> probes, WatchSettings settings, int partBytes) {
        this.pool = pool;
        this.stream = stream;
        this.settings = settings;
        this.partBytes = partBytes;
        this.heartbeats = probes.stream()
                .filter(Probe.Heartbeat.class::isInstance)
                .map(Probe.Heartbeat.class::cast)
                .toList();
    }

    /** Begins another stream, because of this one something may be missing on the log. What is remembered stays. */
    public void restart(HostStream next) {
        stream = next;
        sequence = 0;
        published.clear();
        boot = null;
    }

    /** Learns which domain is which VM; to be called with each look, before {@link #tell}. */
    public void learn(Glance.Seen seen) {
        identities.learn(seen.observation(), seen.listing(), seen.vms());
    }

    /** The VM of a domain of the last look, as far as that is known. */
    public Optional<VmId> vm(int domid) {
        return Optional.ofNullable(identities.vm(domid));
    }

    /** What a domain of the last look was first called. */
    public Optional<String> name(int domid) {
        return identities.name(domid);
    }

    /** Whether a name is given by a migration for its time. */
    public static boolean isMigrating(@Nullable String name) {
        return name != null && Identities.isMigrating(name);
    }

    /**
     * Whether something was told of which a look should know more than what is healthy needs. A probe that nobody configured
     * does not count: many a guest is told never to answer an echo.
     */
    public boolean isSuspicious() {
        return published.domains().stream().anyMatch(domain -> {
            var signals = domain.observation().signals();
            boolean stands = signals.heartbeat() != null && !signals.heartbeat().moved();
            return stands
                    || signals.probes().stream()
                            .anyMatch(probe -> !probe.learnt() && probe.answer() == ProbeResult.Answer.SILENT);
        });
    }

    /** How many domains the stream tells of, dom0 included. */
    public int domains() {
        return published.domains().size();
    }

    /**
     * What is to be said of a look.
     *
     * @param snapshot drawn at random, for a snapshot if there is one
     * @param whole whether the whole state is to be told, as far as it can be read
     */
    public List<Sighting> tell(Glance.Seen seen, Guests guests, UUID snapshot, boolean whole) {
        HostObservation host = seen.observation();
        guests.configurations().forEach((domid, configuration) -> {
            if (configuration.uuid() != null) {
                identities.pinned(domid, configuration.uuid());
            }
        });
        boolean booted = !host.time().bootId().equals(boot);
        List<Unread> unread = new ArrayList<>(host.unread());
        unread.addAll(guests.unread());
        if (seen.listing() == Listing.NONE) {
            return withoutDomains(host, Trimmed.unread(unread), booted);
        }
        boot = host.time().bootId();
        last = host.time();
        if (!boot.equals(watched)) {
            watches.clear();
            watched = boot;
        }
        boolean snapshotDue = booted || whole;
        Map<Integer, WatchedDomain> now = watch(seen, guests, booted);
        if (snapshotDue) {
            return snapshot(seen, now, Trimmed.unread(unread), snapshot, booted);
        }
        return changes(seen, now, Trimmed.unread(unread));
    }

    /** What is to be said where the host did not answer. */
    public Sighting unreachable(String kind, String sentence) {
        return new HostUnreachable(pool, stream, sequence++, last, kind, sentence);
    }

    private List<Sighting> withoutDomains(HostObservation host, List<Unread> unread, boolean booted) {
        if (booted && boot != null) {
            // Whoever holds the state of the boot before must not take it for this one's.
            return List.of(unreachable(
                    "not-listed",
                    "%s has booted, and its domains cannot be listed yet; what was known of it no longer holds."
                            .formatted(host.host())));
        }
        last = host.time();
        published.host(host.facts(), unread);
        return List.of(new HostEvent(pool, stream, sequence++, host.time(), host.facts(), unread));
    }

    private Map<Integer, WatchedDomain> watch(Glance.Seen seen, Guests guests, boolean booted) {
        Map<Integer, WatchedDomain> now = new HashMap<>();
        for (DomainObservation domain : seen.observation().domains()) {
            int domid = domain.domid();
            if (domain.condition() instanceof Condition.Gone) {
                continue;
            }
            DomainWatch watch = watches.get(domid);
            if (watch == null || !watch.follows(domain.handle(), domid)) {
                watch = new DomainWatch(settings, domain.handle());
                watches.put(domid, watch);
            }
            now.put(
                    domid,
                    watch.watch(
                            booted ? null : sameDomain(domid, domain.handle()),
                            domain,
                            identities.vm(domid),
                            seen.guests().get(domid),
                            keys(domid),
                            seen.observation().time().uptime(),
                            guests.probes().getOrDefault(domid, List.of()),
                            guests.configurations().get(domid)));
        }
        return now;
    }

    /** What was said of the domain under this number, unless that was another one. */
    private @Nullable WatchedDomain sameDomain(int domid, UUID handle) {
        WatchedDomain told = published.domain(domid);
        return told != null && Identities.isSameDomain(told.observation().handle(), handle, domid) ? told : null;
    }

    /** Those that name this VM before those for every VM. */
    private List<String> keys(int domid) {
        VmId vm = identities.vm(domid);
        Optional<String> name = identities.name(domid);
        List<String> keys = new ArrayList<>();
        heartbeats.stream()
                .filter(probe -> !probe.vm().equals(Probe.EVERY_VM))
                .filter(probe -> name.filter(probe.vm()::equals).isPresent()
                        || vm instanceof VmId.ByUuid(UUID uuid) && probe.vm().equals(uuid.toString()))
                .forEach(probe -> keys.add(probe.key()));
        heartbeats.stream().filter(probe -> probe.vm().equals(Probe.EVERY_VM)).forEach(probe -> keys.add(probe.key()));
        return keys;
    }

    private List<Sighting> snapshot(
            Glance.Seen seen, Map<Integer, WatchedDomain> now, List<Unread> unread, UUID snapshot, boolean booted) {
        HostObservation host = seen.observation();
        // Of what could not be read this time, what was said last stands.
        if (booted) {
            published.clear();
        } else if (seen.listing() == Listing.WHOLE) {
            Set<Integer> gone = published.domains().stream()
                    .map(domain -> domain.observation().domid())
                    .filter(domid -> !now.containsKey(domid))
                    .collect(Collectors.toSet());
            gone.forEach(this::forget);
        }
        now.values().forEach(published::put);
        published.host(host.facts(), unread);
        List<List<WatchedDomain>> parts = SnapshotParts.of(published.domains(), partBytes);
        List<Sighting> said = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            said.add(new HostSnapshotPart(
                    pool,
                    stream,
                    sequence++,
                    host.time(),
                    snapshot,
                    i + 1,
                    parts.size(),
                    host.window(),
                    published.digest(),
                    host.facts(),
                    parts.get(i),
                    unread));
        }
        return said;
    }

    private void forget(int domid) {
        published.remove(domid);
        watches.remove(domid);
    }

    private List<Sighting> changes(Glance.Seen seen, Map<Integer, WatchedDomain> now, List<Unread> unread) {
        HostObservation host = seen.observation();
        HostFacts before = Objects.requireNonNull(published.facts(), "a snapshot comes first");
        List<Sighting> said = new ArrayList<>();
        boolean whole = seen.listing() == Listing.WHOLE;
        if (!whole || !Essence.of(before, published.unread()).equals(Essence.of(host.facts(), unread))) {
            published.host(host.facts(), unread);
            said.add(new HostEvent(pool, stream, sequence++, host.time(), host.facts(), unread));
        }
        for (WatchedDomain told : published.domains()) {
            int domid = told.observation().domid();
            WatchedDomain is = now.get(domid);
            boolean other = is != null && sameDomain(domid, is.observation().handle()) == null;
            if (other || is == null && whole) {
                said.add(gone(host, told));
            }
        }
        now.values().stream()
                .sorted((a, b) ->
                        Integer.compare(a.observation().domid(), b.observation().domid()))
                .forEach(domain -> change(host, domain).ifPresent(said::add));
        if (whole) {
            said.add(beat(host, seen.took()));
        }
        return said;
    }

    private DomainEvent gone(HostObservation host, WatchedDomain told) {
        int domid = told.observation().domid();
        published.remove(domid);
        if (host.domains().stream().noneMatch(d -> d.domid() == domid && !(d.condition() instanceof Condition.Gone))) {
            watches.remove(domid);
        }
        return event(
                host,
                told.observation().condition(),
                new WatchedDomain(told.vm(), DomainWatch.withCondition(told.observation(), new Condition.Gone())));
    }

    private Optional<Sighting> change(HostObservation host, WatchedDomain now) {
        WatchedDomain told = published.domain(now.observation().domid());
        if (told != null && Essence.of(told).equals(Essence.of(now))) {
            return Optional.empty();
        }
        published.put(now);
        return Optional.of(event(host, told == null ? null : told.observation().condition(), now));
    }

    private DomainEvent event(HostObservation host, @Nullable Condition before, WatchedDomain domain) {
        return new DomainEvent(pool, stream, sequence++, host.time(), host.window(), before, domain);
    }

    private HostBeat beat(HostObservation host, Duration took) {
        return new HostBeat(
                pool, stream, sequence++, host.time(), published.domains().size(), published.digest(), took);
    }
}
