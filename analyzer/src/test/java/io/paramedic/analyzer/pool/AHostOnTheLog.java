package io.paramedic.analyzer.pool;

import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.Sighting.DomainEvent;
import io.paramedic.schemas.event.Sighting.HostBeat;
import io.paramedic.schemas.event.Sighting.HostEvent;
import io.paramedic.schemas.event.Sighting.HostSnapshotPart;
import io.paramedic.schemas.event.Sighting.HostUnreachable;
import io.paramedic.schemas.event.StateDigest;
import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.identity.HostStream;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.inventory.Access;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.HostObservation.Answer;
import io.paramedic.schemas.observation.HostObservation.Answer.How;
import io.paramedic.schemas.observation.HostObservation.Daemon;
import io.paramedic.schemas.observation.HostObservation.HostFacts;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A host as a faithful collector tells of it. */
final class AHostOnTheLog {
    static final Duration WINDOW = Duration.ofSeconds(10);

    final String name;
    final String pool;
    final UUID uuid;
    UUID boot;
    Duration uptime = Duration.ofDays(3);
    final TreeMap<Integer, WatchedDomain> domains = new TreeMap<>();
    HostFacts facts;

    private final Toolstack toolstack;
    private Map<String, String> labels = Map.of();
    private HostStream stream;
    private long sequence;
    private StateDigest digest = StateDigest.NOTHING;
    private int drawn;

    AHostOnTheLog(String pool, String name, Toolstack toolstack) {
        this.pool = pool;
        this.name = name;
        this.toolstack = toolstack;
        uuid = id("host");
        boot = id("boot");
        stream = new HostStream(name, id("session"), 1);
        facts = facts(How.ANSWERED, How.ANSWERED);
        domains.put(0, AGuest.dom0());
    }

    UUID id(String what) {
        return UUID.nameUUIDFromBytes((name + what + drawn++).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    HostFacts facts(How xenstore, How list) {
        return new HostFacts(
                toolstack,
                "4.17.7",
                "credit2",
                65536L,
                1024L,
                "hvm",
                "",
                new Answer(xenstore, Duration.ofMillis(20)),
                new Answer(list, Duration.ofMillis(20)),
                0.3,
                List.of(new Daemon("xenstored", "Ss"), new Daemon("xenconsoled", "Sl")),
                toolstack == Toolstack.XAPI ? uuid : null,
                toolstack == Toolstack.XAPI ? Boolean.TRUE : null);
    }

    AHostOnTheLog labelled(Map<String, String> words) {
        labels = words;
        return this;
    }

    HostTime time() {
        return new HostTime(boot, uptime);
    }

    PoolEvent listed() {
        return new PoolEvent.HostListed(new HostRecord(name, pool, new Access.Local(false), labels, List.of()));
    }

    /** A new collector takes it over. */
    void taken(int generation) {
        stream = new HostStream(name, id("session"), generation);
        sequence = 0;
    }

    void rebooted() {
        boot = id("boot");
        uptime = Duration.ofSeconds(30);
        domains.clear();
        domains.put(0, AGuest.dom0());
    }

    List<PoolEvent> snapshot(int parts) {
        digest = StateDigest.NOTHING.with(facts, List.of());
        for (WatchedDomain domain : domains.values()) {
            digest = digest.with(domain);
        }
        List<WatchedDomain> all = List.copyOf(domains.values());
        UUID id = id("snapshot");
        List<PoolEvent> events = new ArrayList<>();
        for (int part = 1; part <= parts; part++) {
            int from = all.size() * (part - 1) / parts;
            int to = all.size() * part / parts;
            events.add(new HostSnapshotPart(
                    pool,
                    stream,
                    sequence++,
                    time(),
                    id,
                    part,
                    parts,
                    WINDOW,
                    digest.hex(),
                    facts,
                    all.subList(from, to),
                    List.of()));
        }
        return events;
    }

    PoolEvent beat() {
        return beat(Duration.ofMillis(30));
    }

    PoolEvent beat(Duration took) {
        return new HostBeat(pool, stream, sequence++, time(), domains.size(), digest.hex(), took);
    }

    PoolEvent is(WatchedDomain domain) {
        WatchedDomain before = domains.put(domain.observation().domid(), domain);
        if (before != null) {
            digest = digest.without(before);
        }
        digest = digest.with(domain);
        return new DomainEvent(
                pool,
                stream,
                sequence++,
                time(),
                WINDOW,
                before == null ? null : before.observation().condition(),
                domain);
    }

    PoolEvent isGone(int domid) {
        WatchedDomain before = java.util.Objects.requireNonNull(domains.remove(domid));
        digest = digest.without(before);
        return new DomainEvent(
                pool,
                stream,
                sequence++,
                time(),
                WINDOW,
                before.observation().condition(),
                AGuest.of(before).is(new Condition.Gone()).seen());
    }

    PoolEvent says(HostFacts now) {
        digest = digest.without(facts, List.of()).with(now, List.of());
        facts = now;
        return new HostEvent(pool, stream, sequence++, time(), facts, List.of());
    }

    PoolEvent unreachable() {
        return new HostUnreachable(pool, stream, sequence++, time(), "connection-refused", "it does not answer");
    }

    /** A sighting that is published and lost on the way. */
    void loses() {
        sequence++;
    }

    void corrupts() {
        digest = new StateDigest(digest.a() ^ 1, digest.b(), digest.c(), digest.d());
    }
}
