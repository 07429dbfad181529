package io.paramedic.actuator.service;

import io.paramedic.actuator.rung.StepRunner;
import io.paramedic.actuator.service.ActingCarrier.Outfit;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Permission;
import io.paramedic.schemas.topics.Problem;
import io.paramedic.schemas.topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An actuator: a member of the group on {@code commands} that carries out each command under a lease, at most once, and tells
 * what became of it. Any number of them share the partitions; one that dies is succeeded by another, which settles what was begun
 * and runs nothing again.
 *
 * <p>Where the state of the topics does not permit acting, every command is refused with the reason, but for those that were
 * claimed before: their hosts are asked what became of them.
 */
public final class ActuatorService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActuatorService.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Outfit outfit;
    private final Permission permission;
    private final CompletableFuture<String> failure;
    private final Map<Integer, OwnedPartition> owned = new ConcurrentHashMap<>();
    private final Set<OwnedPartition> leaving = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile SharedLog.@Nullable Member member;

    /**
     * @param runner runs steps on hosts
     * @param id of this instance, unlike that of any other; leases and outcomes name it
     */
    public ActuatorService(Log log, StepRunner runner, ActuatorSettings settings, String id) {
        this(new KafkaSharedLog(log, id), log, runner, settings, id, Time.REAL);
    }

    ActuatorService(SharedLog shared, Log log, StepRunner runner, ActuatorSettings settings, String id, Time time) {
        this.permission = log.permission();
        this.failure = new CompletableFuture<>();
        Counters counters = new Counters();
        this.outfit = new Outfit(
                shared,
                log.clusterId(),
                id,
                runner,
                settings,
                new HostDirectory(shared, log.partitions(Topic.INVENTORY), failure::complete),
                new Outcomes(shared, time, counters, id),
                new LogClock(time),
                time,
                counters,
                failure::complete);
        this.thread = Thread.ofPlatform().name("paramedic-actuator").unstarted(this::serve);
    }

    /** Begins; commands of a partition are taken as soon as its leases are read. */
    public void start() {
        LOG.info("Actuator {} starts with {}", outfit.id(), outfit.settings());
        switch (permission) {
            case Permission.MayNotRun(List<Problem> problems) -> failure.complete(texts(problems));
            case Permission.MayOnlyObserve(List<Problem> problems) -> {
                LOG.warn("Nothing is begun until this is corrected: {}", texts(problems));
                thread.start();
            }
            case Permission.MayAct _ -> {
                outfit.hosts().start();
                thread.start();
            }
        }
    }

    private static String texts(List<Problem> problems) {
        return problems.stream().map(Problem::text).collect(Collectors.joining(System.lineSeparator()));
    }

    /** Done with a sentence for people when the actuator can no longer do its work. */
    public CompletableFuture<String> failure() {
        return failure.thenApply(Function.identity());
    }

    public ActuatorMetrics metrics() {
        Counters counted = outfit.counters();
        List<OwnedPartition> all = new ArrayList<>(owned.values());
        all.addAll(leaving);
        return new ActuatorMetrics(
                owned.size(),
                (int) owned.values().stream().filter(part -> !part.isReady()).count(),
                all.stream().mapToInt(OwnedPartition::waiting).sum(),
                all.stream().mapToInt(OwnedPartition::running).sum(),
                counted.commands.sum(),
                counted.acts.sum(),
                counted.done.sum(),
                counted.refused.sum(),
                counted.unknown.sum(),
                counted.otherwise.sum(),
                counted.settled.sum(),
                counted.skipped.sum(),
                counted.quarantined.sum(),
                counted.holdsTold.sum());
    }

    private void serve() {
        try (SharedLog.Member joined = outfit.log().join(new Partitions())) {
            member = joined;
            while (!closing.get()) {
                for (Line line : joined.poll(POLL)) {
                    OwnedPartition part = owned.get(line.partition());
                    if (part != null) {
                        part.take(line);
                    }
                }
                steer(joined);
                commit(joined);
            }
            closeWork(joined);
        } catch (RuntimeException broken) {
            LOG.error("The commands cannot be read any further", broken);
            failure.complete("the commands cannot be read any further (" + broken
                    + "). Check the broker, then start the actuator again; what was begun is settled then.");
            abandon();
        }
    }

    private void steer(SharedLog.Member joined) {
        owned.forEach((partition, part) -> {
            boolean more = part.wantsMore();
            if (part.fetches(more)) {
                if (more) {
                    joined.resume(partition);
                } else {
                    joined.pause(partition);
                }
            }
        });
    }

    private void commit(SharedLog.Member joined) {
        Map<Integer, Long> next = new HashMap<>();
        owned.forEach((partition, part) -> part.committable().ifPresent(offset -> next.put(partition, offset)));
        if (!next.isEmpty() && joined.commit(next)) {
            next.forEach((partition, offset) -> {
                OwnedPartition part = owned.get(partition);
                if (part != null) {
                    part.committed(offset);
                }
            });
        }
    }

    private final class Partitions implements SharedLog.Shift {
        @Override
        public void gained(Set<Integer> partitions) {
            LOG.info("Actuator {} takes over partitions {}", outfit.id(), partitions);
            SharedLog.Member joined = member;
            for (int partition : partitions) {
                owned.put(partition, own(partition));
                if (joined != null) {
                    joined.pause(partition);
                }
            }
        }

        @Override
        public void lost(Set<Integer> partitions, boolean fenced) {
            LOG.info("Actuator {} gives up partitions {}{}", outfit.id(), partitions, fenced ? ", too late" : "");
            SharedLog.Member joined = member;
            if (!fenced && joined != null) {
                commit(joined);
            }
            for (int partition : partitions) {
                OwnedPartition part = owned.remove(partition);
                if (part != null) {
                    leave(part);
                }
            }
        }
    }

    private OwnedPartition own(int partition) {
        ActingCarrier carrier = new ActingCarrier(
                partition,
                outfit,
                switch (permission) {
                    case Permission.MayAct _ -> null;
                    case Permission.MayOnlyObserve(List<Problem> problems) -> forbidden(problems);
                    case Permission.MayNotRun(List<Problem> problems) -> forbidden(problems);
                });
        OwnedPartition part = new OwnedPartition(partition, carrier, outfit, this::wake);
        carrier.start();
        return part;
    }

    private static String forbidden(List<Problem> problems) {
        return problems.stream()
                .map(Problem::text)
                .collect(Collectors.joining(
                        " ",
                        "no lease is taken on this log until it is corrected: ",
                        " Then start the actuator again."));
    }

    private void leave(OwnedPartition part) {
        leaving.add(part);
        var _ = part.lose().thenRun(() -> leaving.remove(part));
    }

    private void wake() {
        SharedLog.Member joined = member;
        if (joined != null) {
            joined.wake();
        }
    }

    /** Waits for what runs, then for no longer than {@code closing} in all; commits what is finished by then. */
    private void closeWork(SharedLog.Member joined) {
        List<OwnedPartition> parts = new ArrayList<>(owned.values());
        parts.forEach(this::leave);
        awaitIdle(outfit.settings().closing());
        leaving.forEach(OwnedPartition::interrupt);
        awaitIdle(Duration.ofSeconds(2));
        commit(joined);
    }

    private void awaitIdle(Duration atMost) {
        CompletableFuture<?>[] all = leaving.stream().map(OwnedPartition::lose).toArray(CompletableFuture<?>[]::new);
        try {
            outfit.time().await(CompletableFuture.allOf(all), atMost);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void abandon() {
        owned.values().forEach(this::leave);
        leaving.forEach(OwnedPartition::abandon);
    }

    /**
     * Takes no more commands, waits for those that run up to {@link ActuatorSettings#closing}, and leaves the group. What still
     * runs then goes on on its host, and is settled by who comes next.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        wake();
        try {
            thread.join(outfit.settings().closing().plusSeconds(10).toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        abandon();
        outfit.hosts().close();
        outfit.log().close();
        LOG.info("Actuator {} is closed", outfit.id());
    }
}
