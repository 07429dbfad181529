package io.paramedic.analyzer.service;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.Sighting;
import io.paramedic.schemas.event.StateDigest;
import io.paramedic.schemas.identity.HostStream;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.inventory.Access;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.log.LogPlace;
import io.paramedic.schemas.log.LogWriter;
import io.paramedic.schemas.observation.HostObservation.Answer;
import io.paramedic.schemas.observation.HostObservation.HostFacts;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Traffic of healthy hosts: each is listed, sends one snapshot, and then beats. Not thread-safe. */
final class BenchmarkEvents {
    private static final Answer ANSWERED = new Answer(Answer.How.ANSWERED, Duration.ofMillis(20));
    private static final HostFacts FACTS = new HostFacts(
            Toolstack.XL,
            "4.17.7",
            "credit2",
            65_536L,
            1_024L,
            null,
            null,
            ANSWERED,
            ANSWERED,
            0.1,
            List.of(),
            null,
            null);
    private static final String DIGEST =
            StateDigest.NOTHING.with(FACTS, List.of()).hex();

    private final LogWriter writer;
    private final List<Host> hosts = new ArrayList<>();
    private int turn;

    private static final class Host {
        final String pool;
        final HostStream stream;
        final UUID boot = UUID.randomUUID();
        long sequence;

        Host(String pool, String name) {
            this.pool = pool;
            this.stream = new HostStream(name, UUID.randomUUID(), 1);
        }

        HostTime time() {
            return new HostTime(boot, Duration.ofSeconds(1_000 + 5 * sequence));
        }
    }

    BenchmarkEvents(LogWriter writer, String prefix, int pools, int hostsPerPool) {
        this.writer = writer;
        for (int pool = 0; pool < pools; pool++) {
            for (int host = 0; host < hostsPerPool; host++) {
                hosts.add(new Host(prefix + pool, prefix + pool + "-" + host));
            }
        }
    }

    /** Lists every host and gives its state; returns when all is on the log. */
    void introduce() {
        List<CompletableFuture<LogPlace>> written = new ArrayList<>();
        for (Host host : hosts) {
            String name = host.stream.host();
            written.add(send(new PoolEvent.HostListed(
                    new HostRecord(name, host.pool, new Access.Local(false), Map.of(), List.of()))));
            written.add(send(new Sighting.HostSnapshotPart(
                    host.pool,
                    host.stream,
                    host.sequence++,
                    host.time(),
                    UUID.randomUUID(),
                    1,
                    1,
                    Duration.ofSeconds(5),
                    DIGEST,
                    FACTS,
                    List.of(),
                    List.of())));
        }
        written.forEach(CompletableFuture::join);
    }

    /** One beat of the host whose turn it is. */
    CompletableFuture<LogPlace> beat() {
        Host host = hosts.get(turn++ % hosts.size());
        return send(new Sighting.HostBeat(
                host.pool, host.stream, host.sequence++, host.time(), 0, DIGEST, Duration.ofMillis(20)));
    }

    /** Something that the analyzer decides on at once and journals: an order that nothing is done for. */
    CompletableFuture<LogPlace> order(UUID id) {
        Host host = hosts.get(turn++ % hosts.size());
        return send(new Control.Resume(id, new Scope.Pool(host.pool), "benchmark", "nothing was paused"));
    }

    private CompletableFuture<LogPlace> send(PoolEvent.InPool event) {
        return writer.append(Topic.EVENTS, event.pool(), event.pool(), Contract.EVENTS, event);
    }
}
