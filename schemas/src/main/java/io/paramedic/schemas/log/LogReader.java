package io.paramedic.schemas.log;

import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Codec;
import io.paramedic.schemas.wire.Decoded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one topic for somebody who only shows it: all partitions or one, from where it is told, and only what is committed.
 * What cannot be decoded is skipped and counted, since whoever acts on that topic puts it into quarantine. For one thread;
 * {@link #wakeUp} alone may come from another.
 *
 * @param <T> the messages of the topic
 */
public final class LogReader<T> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Codec<T> codec;
    private final List<TopicPartition> partitions;
    private long undecodable;

    private LogReader(Log log, String clientId, Codec<T> codec, List<TopicPartition> partitions) {
        this.consumer = new KafkaConsumer<>(
                log.connection().reader(clientId), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.codec = codec;
        this.partitions = List.copyOf(partitions);
        consumer.assign(this.partitions);
    }

    /** Of all partitions; call {@link #fromBeginning} or {@link #fromEnd} before the first poll. */
    public static <T> LogReader<T> of(Log log, String clientId, Topic topic, Codec<T> codec) {
        return new LogReader<>(
                log,
                clientId,
                codec,
                IntStream.range(0, log.partitions(topic))
                        .mapToObj(partition -> new TopicPartition(topic.topicName(), partition))
                        .toList());
    }

    /** Of one partition. */
    public static <T> LogReader<T> of(Log log, String clientId, Topic topic, Codec<T> codec, int partition) {
        return new LogReader<>(log, clientId, codec, List.of(new TopicPartition(topic.topicName(), partition)));
    }

    /** What stands on a compacted topic now: the last message of each key. */
    public static <T> Map<String, T> current(Log log, String clientId, Topic topic, Codec<T> codec) {
        Map<String, T> last = new LinkedHashMap<>();
        try (LogReader<T> reader = of(log, clientId, topic, codec)) {
            reader.fromBeginning();
            reader.toEnd(entry -> {
                if (entry.message() == null) {
                    last.remove(entry.key());
                } else {
                    last.put(entry.key(), entry.message());
                }
            });
        }
        return last;
    }

    public void fromBeginning() {
        consumer.seekToBeginning(partitions);
    }

    public void fromEnd() {
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Reads up to where the topic ended when this was called. */
    public void toEnd(Consumer<Entry<T>> reader) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll(POLL).forEach(reader);
        }
    }

    /** What came within this time; empty where nothing came, or somebody woke us up. */
    public List<Entry<T>> poll(Duration limit) {
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = consumer.poll(limit);
        } catch (WakeupException _) {
            return List.of();
        }
        List<Entry<T>> entries = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> one : records) {
            decode(one, entries);
        }
        return entries;
    }

    private void decode(ConsumerRecord<byte[], byte[]> one, List<Entry<T>> into) {
        byte[] key = one.key();
        String name = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        Instant time = Instant.ofEpochMilli(one.timestamp());
        byte[] value = one.value();
        if (value == null) {
            into.add(new Entry<>(name, null, new LogPlace(one.partition(), one.offset(), time)));
            return;
        }
        switch (codec.decode(value)) {
            case Decoded.Ok<T>(T message) ->
                into.add(new Entry<>(name, message, new LogPlace(one.partition(), one.offset(), time)));
            case Decoded.Undecodable<T> _ -> undecodable++;
        }
    }

    /** How many records could not be decoded so far. */
    public long undecodable() {
        return undecodable;
    }

    /** Ends a poll that is under way, from another thread. */
    public void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    /**
     * @param key of the record
     * @param message absent for a tombstone
     * @param place where it stands
     */
    public record Entry<T>(String key, @Nullable T message, LogPlace place) {}
}
