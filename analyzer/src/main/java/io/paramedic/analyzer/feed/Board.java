package io.paramedic.analyzer.feed;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Codec;
import io.paramedic.schemas.wire.Decoded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What the three compacted topics say now: the inventory, what is known of each host, and the incidents. */
final class Board implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    private final List<TopicPartition> partitions;
    private final Map<String, HostRecord> inventory = new ConcurrentHashMap<>();
    private final Map<String, HostOverview> hosts = new ConcurrentHashMap<>();
    private final Map<String, Incident> incidents = new ConcurrentHashMap<>();
    private final AtomicLong undecodable = new AtomicLong();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Admin admin;
    private final Consumer<List<Change>> listener;
    private final Map<TopicPartition, Long> startEnds;
    private final Reading reading;

    private volatile boolean caughtUp;

    private Board(Log log, String clientId, Admin admin, Consumer<List<Change>> listener, Consumer<String> failed) {
        this.partitions = JournalTopic.partitions(log, Topic.INVENTORY, Topic.OVERVIEW, Topic.INCIDENTS);
        this.admin = admin;
        this.listener = listener;
        KafkaConsumer<byte[], byte[]> consumer = JournalTopic.consumer(log, clientId, partitions);
        this.startEnds = consumer.endOffsets(partitions);
        consumer.seekToBeginning(partitions);
        this.reading = Reading.start("incidents and overview", consumer, this::round, failed);
    }

    /**
     * @param listener told of each change, on the thread that reads
     */
    static Board start(
            Log log, String clientId, Admin admin, Consumer<List<Change>> listener, Consumer<String> failed) {
        return new Board(log, clientId, admin, listener, failed);
    }

    /**
     * Something that people see has changed.
     *
     * @param kind {@code incident}, {@code host} or {@code listed}
     * @param key of the record
     * @param pool whose change it is; absent where a record that is gone does not say
     * @param json what stands there now; absent where it is gone
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Change(String kind, String key, @Nullable String pool, byte @Nullable [] json) {}

    private record Waiting(Map<TopicPartition, Long> ends, CompletableFuture<Void> done) {}

    private void round(KafkaConsumer<byte[], byte[]> consumer) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        List<Change> changes = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> one : records) {
            take(one).ifPresent(changes::add);
        }
        if (!changes.isEmpty()) {
            listener.accept(changes);
        }
        if (!caughtUp) {
            caughtUp = has(consumer, startEnds);
        }
        tellWaiting(consumer);
    }

    private static boolean has(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private Optional<Change> take(ConsumerRecord<byte[], byte[]> one) {
        byte[] key = one.key();
        if (key == null) {
            undecodable.incrementAndGet();
            return Optional.empty();
        }
        String name = new String(key, StandardCharsets.UTF_8);
        if (one.topic().equals(Topic.INVENTORY.topicName())) {
            return take("listed", name, one.value(), Contract.INVENTORY, inventory, HostRecord::pool);
        }
        return one.topic().equals(Topic.OVERVIEW.topicName())
                ? take("host", name, one.value(), Contract.OVERVIEW, hosts, HostOverview::pool)
                : take("incident", name, one.value(), Contract.INCIDENTS, incidents, Incident::pool);
    }

    private <T> Optional<Change> take(
            String kind,
            String key,
            byte @Nullable [] value,
            Codec<T> codec,
            Map<String, T> into,
            Function<T, String> pool) {
        if (value == null) {
            T gone = into.remove(key);
            return Optional.of(new Change(kind, key, gone == null ? null : pool.apply(gone), null));
        }
        return switch (codec.decode(value)) {
            case Decoded.Ok<T>(T message) -> {
                into.put(key, message);
                yield Optional.of(new Change(kind, key, pool.apply(message), value));
            }
            case Decoded.Undecodable<T> _ -> {
                undecodable.incrementAndGet();
                yield Optional.empty();
            }
        };
    }

    private void tellWaiting(KafkaConsumer<byte[], byte[]> consumer) {
        List<CompletableFuture<Void>> done = new ArrayList<>();
        synchronized (waiting) {
            for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
                Waiting one = each.next();
                if (has(consumer, one.ends())) {
                    each.remove();
                    done.add(one.done());
                } else if (one.done().isDone()) {
                    each.remove();
                }
            }
        }
        done.forEach(one -> one.complete(null));
    }

    /**
     * Completes when all is read that was written up to now, also what is not committed yet: the analyzer writes a decision
     * and the incident that it changes in one transaction, but the broker shows the end of a transaction on one partition
     * before the other. Whoever has seen a decision and waits for this sees its incident too.
     */
    CompletableFuture<Void> current() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        // Failing is told to the future that is returned.
        var _ = admin.listOffsets(partitions.stream().collect(Collectors.toMap(one -> one, _ -> OffsetSpec.latest())))
                .all()
                .whenComplete((ends, failure) -> {
                    if (failure != null) {
                        done.completeExceptionally(failure);
                        return;
                    }
                    synchronized (waiting) {
                        waiting.add(new Waiting(
                                ends.entrySet().stream()
                                        .collect(Collectors.toMap(
                                                Map.Entry::getKey,
                                                end -> end.getValue().offset())),
                                done));
                    }
                    reading.nudge();
                });
        return done;
    }

    Collection<HostRecord> inventory() {
        return List.copyOf(inventory.values());
    }

    Collection<HostOverview> hosts() {
        return List.copyOf(hosts.values());
    }

    Collection<Incident> incidents() {
        return List.copyOf(incidents.values());
    }

    Optional<Incident> incident(String pool, String id) {
        return Optional.ofNullable(incidents.get(pool + "/" + id));
    }

    long open() {
        return incidents.values().stream().filter(one -> one.closed() == null).count();
    }

    /** Whether all is read that was there when this began. */
    boolean caughtUp() {
        return caughtUp;
    }

    long undecodable() {
        return undecodable.get();
    }

    @Override
    public void close() {
        reading.close();
    }
}
