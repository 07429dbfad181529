package io.paramedic.deploy.ring;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.Sighting.DomainEvent;
import io.paramedic.schemas.event.Sighting.HostBeat;
import io.paramedic.schemas.event.Sighting.HostSnapshotPart;
import io.paramedic.schemas.event.StateDigest;
import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.identity.HostStream;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.inventory.Access;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.log.KafkaConnection.Sending;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.log.LogPlace;
import io.paramedic.schemas.log.LogWriter;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.ShutdownReason;
import io.paramedic.schemas.topics.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Two hours of a host that nobody watches any more, as a collector would have told them: a beat each five seconds, and a guest
 * that crashes for half an hour, is well for half an hour, and so again.
 *
 * @param like what a collector really said of a host
 * @param guest what it really said of a guest there
 */
record Backlog(Log log, HostSnapshotPart like, WatchedDomain guest) {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int BEATS = 360;
    private static final Duration APART = Duration.ofSeconds(4);

    /**
     * Tells of two hosts at once: on one the second crash passes, on the other it lasts to the end. The quarters lie apart on the
     * log's own clock too, by more than any patience of the ward's policy, so that a reader who took the log's time for the
     * present would find everything mature.
     */
    void appendTwoHours(String passes, String lasts) {
        try (LogWriter writer = log.writer("backlog", Sending.GATHERED)) {
            Telling one = new Telling(writer, passes, like, guest);
            Telling other = new Telling(writer, lasts, like, guest);
            one.begin();
            other.begin();
            for (boolean crashed : List.of(true, false, true)) {
                one.quarter(crashed);
                other.quarter(crashed);
                Instant until = Instant.now().plus(APART);
                Patiently.until("time has passed", () -> Instant.now().isAfter(until), () -> "");
            }
            one.quarter(false);
            other.quarter(true);
        }
    }

    private static final class Telling {
        private final LogWriter writer;
        private final HostSnapshotPart like;
        private final HostStream stream;
        private final UUID boot = UUID.randomUUID();
        private final List<CompletableFuture<LogPlace>> sent = new ArrayList<>();
        private final Condition well;
        private WatchedDomain sick;
        private StateDigest digest;
        private Duration uptime = Duration.ofHours(100);
        private long sequence;

        Telling(LogWriter writer, String host, HostSnapshotPart like, WatchedDomain guest) {
            this.writer = writer;
            this.like = like;
            this.stream = new HostStream(host, UUID.randomUUID(), 1);
            this.sick = new WatchedDomain(
                    new VmId.ByName("sick-" + host),
                    with(
                            guest.observation(),
                            "sick-" + host,
                            UUID.randomUUID(),
                            guest.observation().condition()));
            this.well = guest.observation().condition();
            this.digest = StateDigest.NOTHING
                    .with(like.facts(), like.unread())
                    .with(like.domains().getFirst())
                    .with(sick);
        }

        private void begin() {
            Access nowhere = new Access.Ssh("127.0.0.1", 9, "root", false, List.of(), null, null, false);
            append(new PoolEvent.HostListed(new HostRecord(stream.host(), Ward.POOL, nowhere, Map.of(), List.of())));
            append(new HostSnapshotPart(
                    Ward.POOL,
                    stream,
                    sequence++,
                    now(),
                    UUID.randomUUID(),
                    1,
                    1,
                    like.window(),
                    digest.hex(),
                    like.facts(),
                    List.of(like.domains().getFirst(), sick),
                    like.unread()));
        }

        private void quarter(boolean crashed) {
            become(crashed ? new Condition.ShutDown(ShutdownReason.CRASH, false) : well);
            beat();
            sent.forEach(CompletableFuture::join);
            sent.clear();
        }

        private void become(Condition next) {
            DomainObservation was = sick.observation();
            if (was.condition().equals(next)) {
                return;
            }
            uptime = uptime.plusMillis(100);
            WatchedDomain now = new WatchedDomain(sick.vm(), with(was, String.valueOf(was.name()), was.handle(), next));
            digest = digest.without(sick).with(now);
            sick = now;
            append(new DomainEvent(Ward.POOL, stream, sequence++, now(), like.window(), was.condition(), sick));
        }

        private void beat() {
            for (int i = 0; i < BEATS; i++) {
                uptime = uptime.plus(INTERVAL);
                append(new HostBeat(Ward.POOL, stream, sequence++, now(), 2, digest.hex(), Duration.ofMillis(20)));
            }
        }

        private HostTime now() {
            return new HostTime(boot, uptime);
        }

        private void append(PoolEvent.InPool event) {
            sent.add(writer.append(Topic.EVENTS, Ward.POOL, Ward.POOL, Contract.EVENTS, event));
        }
    }

    private static DomainObservation with(DomainObservation as, String name, UUID handle, Condition condition) {
        return new DomainObservation(
                as.domid(),
                handle,
                name,
                as.type(),
                as.typeSource(),
                as.vcpusOnline(),
                as.memoryMib(),
                as.memoryChangeMib(),
                condition,
                as.flags(),
                as.cpuTime(),
                as.cpuUsed(),
                as.cpuResolution(),
                as.signals());
    }
}
