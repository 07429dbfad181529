package io.paramedic.actuator.service;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.log.LogPlace;
import io.paramedic.schemas.quarantine.Quarantined;
import io.paramedic.schemas.topics.PoolPartitioner;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Codec;
import io.paramedic.schemas.wire.Decoded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A log in memory with one consumer group. A connection can be cut, which looks to its owner as death looks to others: nothing
 * that it writes arrives, nothing more is read, and its partitions are free.
 */
final class FakeLog {
    static final int PARTITIONS = 2;

    private final FakeTime time;
    private final Map<Topic, Map<Integer, List<Line>>> lines = new HashMap<>();
    private final Map<Integer, Long> committed = new HashMap<>();
    private final Map<Integer, FakeMember> owners = new HashMap<>();

    FakeLog(FakeTime time) {
        this.time = time;
    }

    static int partition(String pool) {
        return PoolPartitioner.partition(pool, PARTITIONS);
    }

    Connection connect() {
        return new Connection();
    }

    synchronized LogPlace append(Topic topic, int partition, String key, byte @Nullable [] value) {
        List<Line> all = of(topic, partition);
        Line line = new Line(partition, all.size(), time.instant(), key.getBytes(StandardCharsets.UTF_8), value);
        all.add(line);
        notifyAll();
        return new LogPlace(partition, line.offset(), line.appended());
    }

    <T> LogPlace append(Topic topic, String pool, Codec<T> codec, T message) {
        return append(topic, partition(pool), pool, codec.encode(message));
    }

    /** All messages of a topic that can be read, partition by partition. */
    synchronized <T> List<T> messages(Topic topic, Codec<T> codec) {
        List<T> messages = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (Line line : of(topic, partition)) {
                if (codec.decode(line.bytes()) instanceof Decoded.Ok<T>(T message)) {
                    messages.add(message);
                }
            }
        }
        return messages;
    }

    synchronized long committed(int partition) {
        return committed.getOrDefault(partition, 0L);
    }

    /** Gives a partition to another member, as a rebalance would. */
    void give(int partition, Connection to) {
        synchronized (this) {
            FakeMember before = owners.get(partition);
            if (before != null) {
                before.lose(partition);
            }
            owners.remove(partition);
            FakeMember next = to.member;
            if (next == null) {
                throw new IllegalStateException("it has not joined");
            }
            next.gain(partition);
            notifyAll();
        }
    }

    private List<Line> of(Topic topic, int partition) {
        return lines.computeIfAbsent(topic, _ -> new HashMap<>()).computeIfAbsent(partition, _ -> new ArrayList<>());
    }

    /** One process's way to the log. */
    final class Connection implements SharedLog {
        /** Told of each message of this connection, in the moment after it is on the log and before anybody reads it. */
        final List<BiConsumer<Topic, Object>> afterAppend = new CopyOnWriteArrayList<>();

        /** Told of each message of this connection before it is on the log. */
        final List<BiConsumer<Topic, Object>> beforeAppend = new CopyOnWriteArrayList<>();

        volatile boolean acknowledges = true;
        volatile boolean loses;
        private volatile boolean cut;
        private @Nullable FakeMember member;

        void cut() {
            synchronized (FakeLog.this) {
                cut = true;
                owners.values().removeIf(owner -> owner == member);
                FakeLog.this.notifyAll();
            }
        }

        @Override
        public <T> CompletableFuture<LogPlace> append(Topic topic, String pool, Codec<T> codec, T message) {
            return write(topic, partition(pool), pool, codec, message);
        }

        private <T> CompletableFuture<LogPlace> write(
                Topic topic, int partition, String key, Codec<T> codec, T message) {
            byte[] value = codec.encode(message);
            beforeAppend.forEach(hook -> hook.accept(topic, message));
            synchronized (FakeLog.this) {
                if (cut) {
                    return new CompletableFuture<>();
                }
                if (loses) {
                    return CompletableFuture.failedFuture(new IllegalStateException("the broker is away"));
                }
                LogPlace place = FakeLog.this.append(topic, partition, key, value);
                afterAppend.forEach(hook -> hook.accept(topic, message));
                return acknowledges && !cut ? CompletableFuture.completedFuture(place) : new CompletableFuture<>();
            }
        }

        @Override
        public CompletableFuture<LogPlace> quarantine(Quarantined refused) {
            return write(Topic.QUARANTINE, 0, refused.key(), Contract.QUARANTINE, refused);
        }

        @Override
        public Pages read(Topic topic, Collection<Integer> partitions) {
            return new FakePages(this, topic, partitions);
        }

        @Override
        public Member join(Shift shift) {
            synchronized (FakeLog.this) {
                FakeMember joined = new FakeMember(this, shift);
                member = joined;
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    if (!owners.containsKey(partition)) {
                        joined.gain(partition);
                    }
                }
                return joined;
            }
        }

        @Override
        public void close() {}
    }

    private void await(Duration atMost) {
        try {
            wait(Math.max(1, atMost.toMillis()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class FakePages implements SharedLog.Pages {
        private final Connection connection;
        private final Topic topic;
        private final Map<Integer, Long> positions = new HashMap<>();
        private boolean awake;

        private FakePages(Connection connection, Topic topic, Collection<Integer> partitions) {
            this.connection = connection;
            this.topic = topic;
            partitions.forEach(partition -> positions.put(partition, 0L));
        }

        @Override
        public List<Line> poll(Duration atMost) {
            synchronized (FakeLog.this) {
                List<Line> next = next();
                if (next.isEmpty() && !awake) {
                    FakeLog.this.await(atMost);
                    next = next();
                }
                awake = false;
                next.forEach(line -> positions.put(line.partition(), line.offset() + 1));
                return next;
            }
        }

        private List<Line> next() {
            return connection.cut
                    ? List.of()
                    : positions.entrySet().stream()
                            .flatMap(entry -> of(topic, entry.getKey()).stream().skip(entry.getValue()))
                            .toList();
        }

        @Override
        public Map<Integer, Long> ends() {
            synchronized (FakeLog.this) {
                Map<Integer, Long> ends = new HashMap<>();
                positions
                        .keySet()
                        .forEach(partition ->
                                ends.put(partition, (long) of(topic, partition).size()));
                return ends;
            }
        }

        @Override
        public boolean isPast(Map<Integer, Long> ends) {
            synchronized (FakeLog.this) {
                return positions.entrySet().stream()
                        .allMatch(entry -> entry.getValue() >= ends.getOrDefault(entry.getKey(), 0L));
            }
        }

        @Override
        public void wake() {
            synchronized (FakeLog.this) {
                awake = true;
                FakeLog.this.notifyAll();
            }
        }

        @Override
        public void close() {}
    }

    private final class FakeMember implements SharedLog.Member {
        private final Connection connection;
        private final SharedLog.Shift shift;
        private final Map<Integer, Long> positions = new HashMap<>();
        private final Set<Integer> paused = new HashSet<>();
        private final Set<Integer> gained = new HashSet<>();
        private final Set<Integer> lost = new HashSet<>();
        private boolean awake;

        private FakeMember(Connection connection, SharedLog.Shift shift) {
            this.connection = connection;
            this.shift = shift;
        }

        private void gain(int partition) {
            owners.put(partition, this);
            positions.put(partition, committed.getOrDefault(partition, 0L));
            gained.add(partition);
        }

        private void lose(int partition) {
            positions.remove(partition);
            lost.add(partition);
        }

        @Override
        public List<Line> poll(Duration atMost) {
            Set<Integer> now;
            Set<Integer> gone;
            synchronized (FakeLog.this) {
                now = Set.copyOf(gained);
                gone = Set.copyOf(lost);
                gained.clear();
                lost.clear();
            }
            if (!gone.isEmpty()) {
                shift.lost(gone, true);
            }
            if (!now.isEmpty()) {
                shift.gained(now);
            }
            synchronized (FakeLog.this) {
                List<Line> next = next();
                if (next.isEmpty() && !awake && gained.isEmpty() && lost.isEmpty()) {
                    FakeLog.this.await(atMost);
                    next = next();
                }
                awake = false;
                next.forEach(line -> positions.put(line.partition(), line.offset() + 1));
                return next;
            }
        }

        private List<Line> next() {
            return connection.cut
                    ? List.of()
                    : positions.entrySet().stream()
                            .filter(entry -> !paused.contains(entry.getKey()) && !gained.contains(entry.getKey()))
                            .flatMap(entry ->
                                    of(Topic.COMMANDS, entry.getKey()).stream().skip(entry.getValue()))
                            .toList();
        }

        @Override
        public void pause(int partition) {
            synchronized (FakeLog.this) {
                paused.add(partition);
            }
        }

        @Override
        public void resume(int partition) {
            synchronized (FakeLog.this) {
                paused.remove(partition);
            }
        }

        @Override
        public boolean commit(Map<Integer, Long> next) {
            synchronized (FakeLog.this) {
                boolean allowed =
                        !connection.cut && next.keySet().stream().allMatch(partition -> owners.get(partition) == this);
                if (allowed) {
                    committed.putAll(next);
                }
                return allowed;
            }
        }

        @Override
        public void wake() {
            synchronized (FakeLog.this) {
                awake = true;
                FakeLog.this.notifyAll();
            }
        }

        @Override
        public void close() {
            synchronized (FakeLog.this) {
                owners.values().removeIf(owner -> owner == this);
            }
        }
    }
}
