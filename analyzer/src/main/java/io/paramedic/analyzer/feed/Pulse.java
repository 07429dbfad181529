package io.paramedic.analyzer.feed;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.PoolEvent.Tick;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Decoded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether somebody decides. The other topics are silent while all is well and also while nobody looks; only the ticks that an
 * analyzer writes each second tell one from the other. Of the events nothing else is looked at.
 */
final class Pulse {
    /** An analyzer that reads the log as it grows has never more of its own ticks unread. */
    private static final long MOST_UNREAD = 2;

    private static final Duration LATE = Duration.ofSeconds(4);
    /** One that is far behind ticks each ten seconds. */
    private static final Duration SILENT = Duration.ofSeconds(15);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final int HEAD = 64;
    private static final String MARK = "\"is\":\"tick\"";

    private final Log log;
    private final LongSupplier nanos;
    private final long started;
    private final Map<Integer, Beat> beats = new ConcurrentHashMap<>();

    private record Beat(long heard, boolean live) {}

    private Pulse(Log log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
        this.started = nanos.getAsLong();
    }

    /** A pulse and the thread that feels it. */
    static Pulse of(Log log, LongSupplier nanos) {
        return new Pulse(log, nanos);
    }

    /** Begins to listen. */
    Reading start(String clientId, Consumer<String> failed) {
        List<TopicPartition> partitions = JournalTopic.partitions(log, Topic.EVENTS);
        KafkaConsumer<byte[], byte[]> consumer = JournalTopic.consumer(log, clientId, partitions);
        consumer.seekToEnd(partitions);
        return Reading.start("ticks", consumer, this::round, failed);
    }

    private void round(KafkaConsumer<byte[], byte[]> consumer) {
        try {
            consumer.poll(POLL).forEach(this::take);
        } catch (OffsetOutOfRangeException gone) {
            consumer.seekToEnd(gone.offsetOutOfRangePartitions().keySet());
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> one) {
        byte[] value = one.value();
        if (value == null) {
            return;
        }
        String head = new String(value, 0, Math.min(value.length, HEAD), StandardCharsets.UTF_8);
        if (head.contains(MARK)
                && Contract.EVENTS.decode(value) instanceof Decoded.Ok<PoolEvent>(PoolEvent event)
                && event instanceof Tick tick) {
            take(one.partition(), tick);
        }
    }

    void take(int partition, Tick tick) {
        beats.put(partition, new Beat(nanos.getAsLong(), tick.number() - tick.lastRead() <= MOST_UNREAD));
    }

    /**
     * What is to be said about who decides for these pools.
     *
     * @param pools those that there are; where there are none, all partitions are meant
     */
    Situation.Analyzer of(Collection<String> pools) {
        Map<Situation.Liveness, List<String>> found = pools.stream()
                .distinct()
                .sorted()
                .collect(Collectors.groupingBy(pool -> liveness(log.partition(Topic.EVENTS, pool))));
        if (pools.isEmpty()) {
            IntStream.range(0, log.partitions(Topic.EVENTS))
                    .forEach(partition -> found.put(liveness(partition), List.of()));
        }
        if (found.containsKey(Situation.Liveness.SILENT)) {
            return new Situation.Analyzer(
                    Situation.Liveness.SILENT,
                    "No analyzer is at work" + of(found, Situation.Liveness.SILENT)
                            + ". What is shown may be old, and nothing will be decided.");
        }
        if (found.containsKey(Situation.Liveness.BEHIND)) {
            return new Situation.Analyzer(
                    Situation.Liveness.BEHIND,
                    "The analyzer is behind the log" + of(found, Situation.Liveness.BEHIND)
                            + ". What is shown may be old, and nothing is decided until it has caught up.");
        }
        if (found.containsKey(Situation.Liveness.AWAITED)) {
            return new Situation.Analyzer(Situation.Liveness.AWAITED, "Listening for the analyzer.");
        }
        return new Situation.Analyzer(Situation.Liveness.LIVE, "The analyzer reads the log as it grows.");
    }

    private static String of(Map<Situation.Liveness, List<String>> found, Situation.Liveness which) {
        List<String> pools = found.getOrDefault(which, List.of());
        boolean all = found.size() == 1;
        return all || pools.isEmpty() ? "" : " for " + String.join(", ", pools);
    }

    private Situation.Liveness liveness(int partition) {
        Beat beat = beats.get(partition);
        long now = nanos.getAsLong();
        if (beat == null) {
            return isOlder(started, now, SILENT) ? Situation.Liveness.SILENT : Situation.Liveness.AWAITED;
        }
        if (isOlder(beat.heard(), now, SILENT)) {
            return Situation.Liveness.SILENT;
        }
        return !beat.live() || isOlder(beat.heard(), now, LATE) ? Situation.Liveness.BEHIND : Situation.Liveness.LIVE;
    }

    private static boolean isOlder(long since, long now, Duration limit) {
        return now - since > limit.toNanos();
    }
}
