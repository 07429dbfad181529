package io.paramedic.collector.service;

import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostConnector;
import io.paramedic.collector.configuration.ConfigurationFinder;
import io.paramedic.collector.sampling.Glance;
import io.paramedic.collector.sampling.Sampler;
import io.paramedic.collector.watch.Watcher;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.PoolEvent.HostListed;
import io.paramedic.schemas.event.Sighting;
import io.paramedic.schemas.identity.HostStream;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.inventory.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one host for as long as this process owns it, on a thread of its own. What Kafka did not acknowledge may be missing
 * on the log: then the stream ends and another one begins with the whole state.
 */
final class HostKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(HostKeeper.class);

    /** What all keepers share. */
    record World(
            HostConnector connector,
            CollectorSettings settings,
            Outlet outlet,
            Asker asker,
            Semaphore turns,
            Meters meters,
            RandomGenerator chance) {}

    private final HostRecord host;
    private final int generation;
    private final World world;
    private final CollectorSettings settings;
    /** Permits to look before the next turn; all that have come by then are used up by one look. */
    private final Semaphore wishes = new Semaphore(0);

    private final Thread thread;
    private volatile boolean stopped;
    private volatile boolean snapshotWanted;

    private HostStream stream;
    private Watcher watcher;
    private boolean listed;
    private boolean answering;
    private int silences;
    private long lastSnapshot;

    HostKeeper(HostRecord host, int generation, World world) {
        this.host = host;
        this.generation = generation;
        this.world = world;
        this.settings = world.settings();
        this.stream = newStream();
        this.watcher = new Watcher(host.pool(), stream, host.probes(), settings.watch());
        this.thread = Thread.ofVirtual().name("host " + host.host()).unstarted(this::keep);
    }

    HostRecord host() {
        return host;
    }

    void start() {
        thread.start();
    }

    /** Looks without waiting for the next turn; many such wishes at once are one. */
    void lookNow() {
        wishes.release();
    }

    void sendSnapshot() {
        snapshotWanted = true;
        lookNow();
    }

    /** Says nothing more of the host from here on; its work ends soon. */
    void stop() {
        stopped = true;
        thread.interrupt();
    }

    /** Waits for the work to end. */
    boolean join(Duration limit) throws InterruptedException {
        return thread.join(limit);
    }

    private void keep() {
        world.meters().hosts.incrementAndGet();
        LOG.info("watching {} of pool {} from generation {} on", host.host(), host.pool(), generation);
        try {
            pause(Duration.ofNanos(
                    world.chance().nextLong(Math.max(1, settings.interval().toNanos()))));
            while (!stopped) {
                watch();
            }
        } catch (InterruptedException e) {
            // Stopped: whoever did it knows.
            stopped = true;
        } finally {
            answering(false);
            world.meters().hosts.decrementAndGet();
            LOG.info("watching {} no more", host.host());
        }
    }

    /** Until it is stopped, or a fault of our own shows; then after a while everything begins anew. */
    private void watch() throws InterruptedException {
        try (HostAccess access = world.connector().connect(host);
                HostProbes probes =
                        new HostProbes(host.probes(), settings, world.asker(), world.turns(), System::nanoTime);
                StoreAlarm alarm = new StoreAlarm(
                        access, settings.sampling().limit(), settings.watchRetry(), this::lookNow, System::nanoTime)) {
            Looking looking = new Looking(
                    new Sampler(host.host(), access, settings.sampling(), heartbeats()),
                    probes,
                    new Configurations(
                            new ConfigurationFinder(access, settings.sampling().limit()), settings.configurations()),
                    alarm);
            list();
            warmUp(looking.sampler());
            loop(looking);
        } catch (RuntimeException e) {
            if (stopped) {
                return;
            }
            world.meters().faults.increment();
            LOG.error("{}: watching it failed by a fault of Paramedic; it begins anew in a while", host.host(), e);
            say(List.of(watcher.unreachable(
                    "collector-fault",
                    host.host() + ": its collector failed by a fault of Paramedic (" + e
                            + "); see the collector's log.")));
            restart();
            pause(settings.interval().multipliedBy(settings.unreachableEvery()));
        }
    }

    private record Looking(Sampler sampler, HostProbes probes, Configurations configurations, StoreAlarm alarm) {}

    private Set<String> heartbeats() {
        return host.probes().stream()
                .filter(Probe.Heartbeat.class::isInstance)
                .map(probe -> ((Probe.Heartbeat) probe).key())
                .collect(Collectors.toUnmodifiableSet());
    }

    private void warmUp(Sampler sampler) throws InterruptedException {
        for (int i = 0; i < settings.warmUpLooks(); i++) {
            if (!(sampler.look(false) instanceof Glance.Seen)) {
                return;
            }
            pause(settings.warmUp());
        }
    }

    private void loop(Looking looking) throws InterruptedException {
        long next = System.nanoTime();
        boolean closely = false;
        while (!stopped) {
            look(looking, closely);
            next = nextTurn(next);
            closely = wishes.tryAcquire(Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (closely) {
                pause(settings.alarmGap());
                wishes.drainPermits();
            }
        }
    }

    /** A look that took longer than its interval leaves turns out rather than to hurry. */
    private long nextTurn(long last) {
        long interval = settings.interval().toNanos();
        long now = System.nanoTime();
        return now < last ? last : last + (Math.max(0, now - last) / interval + 1) * interval;
    }

    private void look(Looking looking, boolean closely) throws InterruptedException {
        world.meters().looks.increment();
        switch (looking.sampler().look(closely || watcher.isSuspicious())) {
            case Glance.NotSeen not -> notSeen(not);
            case Glance.Seen seen -> {
                seen(looking, seen);
                looking.alarm().keep();
            }
        }
    }

    private void notSeen(Glance.NotSeen not) throws InterruptedException {
        if (silences % settings.unreachableEvery() == 0) {
            if (silences == 0) {
                LOG.warn("{} does not answer ({}): {}", host.host(), not.kind(), not.sentence());
            }
            say(List.of(watcher.unreachable(not.kind(), not.sentence())));
        }
        silences++;
        answering(false);
    }

    private void seen(Looking looking, Glance.Seen seen) throws InterruptedException {
        if (silences > 0) {
            LOG.info("{} answers again", host.host());
        }
        silences = 0;
        answering(true);
        watcher.learn(seen);
        boolean wanted = snapshotWanted;
        snapshotWanted = false;
        boolean due = System.nanoTime() - lastSnapshot >= settings.snapshots().toNanos();
        List<Sighting> told = watcher.tell(
                seen,
                FoundOut.about(seen, watcher, looking.configurations(), looking.probes()),
                UUID.randomUUID(),
                wanted || due);
        if (told.stream().anyMatch(Sighting.HostSnapshotPart.class::isInstance)) {
            // Hosts that were taken over together shall not tell everything together ever after.
            lastSnapshot = System.nanoTime()
                    - world.chance().nextLong(settings.snapshots().toNanos() / 4 + 1);
        } else if (wanted) {
            snapshotWanted = true;
        }
        say(told);
    }

    private void list() throws InterruptedException {
        if (!listed) {
            listed = acknowledged(List.of(new HostListed(host)));
            if (!listed) {
                restart();
            }
        }
    }

    private void say(List<Sighting> told) throws InterruptedException {
        if (!listed) {
            list();
        }
        told.forEach(world.meters()::said);
        if (!stopped && !acknowledged(told)) {
            restart();
        }
    }

    /** Whether all of it is known to be on the log. */
    private boolean acknowledged(List<? extends PoolEvent.InPool> events) throws InterruptedException {
        try {
            List<CompletableFuture<?>> places = new ArrayList<>();
            for (PoolEvent.InPool event : events) {
                if (stopped) {
                    return false;
                }
                places.add(world.outlet().append(event));
            }
            CompletableFuture.allOf(places.toArray(CompletableFuture[]::new))
                    .get(settings.acknowledgement().toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            world.meters().notAppended.add(events.size());
            LOG.warn(
                    "{}: what was seen could not be written to the log ({}); a new stream begins with all that is"
                            + " known",
                    host.host(),
                    e.getCause() == null ? e : e.getCause().toString());
            return false;
        }
    }

    private void restart() {
        stream = newStream();
        watcher.restart(stream);
    }

    private HostStream newStream() {
        world.meters().streams.increment();
        return new HostStream(host.host(), UUID.randomUUID(), generation);
    }

    private void answering(boolean now) {
        if (now != answering) {
            answering = now;
            world.meters().answering.addAndGet(now ? 1 : -1);
        }
    }

    private void pause(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }
}
