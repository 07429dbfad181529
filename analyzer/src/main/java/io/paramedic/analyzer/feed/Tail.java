package io.paramedic.analyzer.feed;

import io.paramedic.analyzer.feed.Ring.Frame;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the journal for all clients together. */
final class Tail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final List<TopicPartition> partitions;
    private final Ring ring;
    private final Listener listener;
    private final Reading reading;
    private final AtomicLong undecodable = new AtomicLong();
    /** Where the journal ended when this began; read up to there, the ring knows the recent past. */
    private final Map<TopicPartition, Long> startEnds;

    private volatile boolean caughtUp;

    private Tail(
            Log log,
            KafkaConsumer<byte[], byte[]> consumer,
            FeedSettings settings,
            Listener listener,
            Consumer<String> failed) {
        this.partitions = JournalTopic.partitions(log, Topic.JOURNAL);
        this.listener = listener;
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        this.startEnds = consumer.endOffsets(partitions);
        long[] positions = new long[partitions.size()];
        long each = settings.recent() / partitions.size();
        for (TopicPartition partition : partitions) {
            long from = Math.max(
                    JournalTopic.offset(beginnings, partition), JournalTopic.offset(startEnds, partition) - each);
            consumer.seek(partition, from);
            positions[partition.partition()] = from;
        }
        this.ring = new Ring(settings.recent(), positions);
        this.reading = Reading.start("journal", consumer, this::round, failed);
    }

    interface Listener {
        /** There is more in the ring, or reading went on past records that are nobody's. */
        void grown();

        /** The log has a gap here: what follows in the ring does not follow what was told. */
        void broken();
    }

    /** Begins somewhat before the end, so that recent decisions are known at once. */
    static Tail start(Log log, String clientId, FeedSettings settings, Listener listener, Consumer<String> failed) {
        KafkaConsumer<byte[], byte[]> consumer =
                JournalTopic.consumer(log, clientId, JournalTopic.partitions(log, Topic.JOURNAL));
        try {
            return new Tail(log, consumer, settings, listener, failed);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private void round(KafkaConsumer<byte[], byte[]> consumer) {
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = consumer.poll(POLL);
        } catch (OffsetOutOfRangeException gone) {
            skip(consumer, gone);
            return;
        }
        List<Frame> frames = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> one : records) {
            JournalTopic.decode(one).ifPresentOrElse(decided -> frames.add(Frame.of(decided)), this::count);
        }
        long[] before = ring.head();
        long[] positions = positions(consumer);
        ring.add(frames, positions);
        if (!caughtUp) {
            caughtUp = startEnds.entrySet().stream()
                    .allMatch(end -> positions[end.getKey().partition()] >= end.getValue());
        }
        if (!Arrays.equals(before, positions)) {
            listener.grown();
        }
    }

    private void count() {
        if (undecodable.getAndIncrement() == 0) {
            LOG.warn("The journal has an entry that this release cannot read; such entries are left out of the feed and"
                    + " counted as paramedic_feed_undecodable");
        }
    }

    private void skip(KafkaConsumer<byte[], byte[]> consumer, OffsetOutOfRangeException gone) {
        LOG.warn(
                "The journal lost records before they were read ({}); every client of the feed starts anew",
                gone.getMessage());
        Map<TopicPartition, Long> lost = new HashMap<>(gone.offsetOutOfRangePartitions());
        consumer.seekToBeginning(lost.keySet());
        ring.restart(positions(consumer));
        listener.broken();
    }

    private long[] positions(KafkaConsumer<byte[], byte[]> consumer) {
        long[] positions = new long[partitions.size()];
        for (TopicPartition partition : partitions) {
            positions[partition.partition()] = consumer.position(partition);
        }
        return positions;
    }

    Ring ring() {
        return ring;
    }

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
