package io.paramedic.analyzer.service;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.log.KafkaConnection.Sending;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.log.LogWriter;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Decoded;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * From the moment when an event is handed to a producer to the moment when a consumer that reads only what is committed has the
 * journal entry about it, at a steady rate of events. Every twentieth event is one that leads to an entry.
 */
final class DecisionLatency {
    private static final int EACH = 20;
    private static final Duration STRAGGLERS = Duration.ofSeconds(10);

    private final Log log;
    private final Map<UUID, Long> sent = new ConcurrentHashMap<>();
    private final Map<UUID, Long> took = new ConcurrentHashMap<>();
    private final AtomicBoolean over = new AtomicBoolean();

    DecisionLatency(Log log) {
        this.log = log;
    }

    /**
     * @param p50 in milliseconds
     * @param p99 in milliseconds
     * @param decisions that were measured
     * @param missing that did not come within ten seconds after the last event
     */
    record Result(int rate, double p50, double p99, int decisions, int missing) {}

    /** Sends at a rate for a time; what happens in the first quarter warms up and does not count. */
    Result measure(int rate, Duration time) throws InterruptedException {
        try (Consumer<byte[], byte[]> journal = journal();
                LogWriter writer = log.writer("benchmark-traffic", Sending.AT_ONCE)) {
            Thread reader = Thread.ofPlatform().name("benchmark-journal").start(() -> read(journal));
            BenchmarkEvents events = new BenchmarkEvents(writer, "latency-" + rate + "-", 8, 50);
            events.introduce();
            Map<UUID, Long> counted = send(events, rate, time);
            long deadline = System.nanoTime() + STRAGGLERS.toNanos();
            while (!took.keySet().containsAll(counted.keySet()) && System.nanoTime() < deadline) {
                Thread.sleep(10);
            }
            over.set(true);
            reader.join();
            return result(rate, counted);
        }
    }

    /** Returns what counts. */
    private Map<UUID, Long> send(BenchmarkEvents events, int rate, Duration time) {
        Map<UUID, Long> counted = new ConcurrentHashMap<>();
        long begin = System.nanoTime();
        long total = rate * time.toSeconds();
        for (long i = 0; i < total; i++) {
            long due = begin + i * 1_000_000_000L / rate;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (i % EACH == 0) {
                UUID id = UUID.randomUUID();
                sent.put(id, System.nanoTime());
                if (i > total / 4) {
                    counted.put(id, due);
                }
                var _ = events.order(id);
            } else {
                var _ = events.beat();
            }
        }
        return counted;
    }

    private Result result(int rate, Map<UUID, Long> counted) {
        double[] millis = counted.keySet().stream()
                .map(took::get)
                .filter(Objects::nonNull)
                .mapToDouble(nanos -> nanos / 1e6)
                .sorted()
                .toArray();
        return new Result(
                rate, percentile(millis, 0.5), percentile(millis, 0.99), millis.length, counted.size() - millis.length);
    }

    private static double percentile(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    private void read(Consumer<byte[], byte[]> journal) {
        while (!over.get()) {
            for (ConsumerRecord<byte[], byte[]> received : journal.poll(Duration.ofMillis(20))) {
                long now = System.nanoTime();
                if (Contract.JOURNAL.decode(received.value()) instanceof Decoded.Ok<JournalEntry>(var entry)
                        && entry.decision() instanceof Decision.ControlTaken taken) {
                    Long at = sent.get(taken.control().id());
                    if (at != null) {
                        took.put(taken.control().id(), now - at);
                    }
                }
            }
        }
    }

    private Consumer<byte[], byte[]> journal() {
        Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                log.connection().reader("benchmark-journal"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(IntStream.range(0, log.partitions(Topic.JOURNAL))
                .mapToObj(partition -> new TopicPartition(Topic.JOURNAL.topicName(), partition))
                .toList());
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position);
        return consumer;
    }
}
