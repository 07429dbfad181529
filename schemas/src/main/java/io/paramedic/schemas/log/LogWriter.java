package io.paramedic.schemas.log;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.quarantine.Quarantined;
import io.paramedic.schemas.topics.PoolPartitioner;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Codec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages of the contract, each to the partition that belongs to its pool or host. Thread-safe. What was not
 * acknowledged may or may not be on the log; the returned future fails then, and must not be ignored.
 */
public final class LogWriter implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final ToIntFunction<Topic> partitions;

    /**
     * @param properties of a producer, see {@link KafkaConnection#producer}
     * @param partitions recorded count of each topic, see {@code TopicsReport#partitions}
     */
    public LogWriter(Map<String, Object> properties, ToIntFunction<Topic> partitions) {
        this(new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()), partitions);
    }

    LogWriter(Producer<byte[], byte[]> producer, ToIntFunction<Topic> partitions) {
        this.producer = producer;
        this.partitions = partitions;
    }

    /**
     * Appends one message.
     *
     * @param route the pool, host or source that chooses the partition ({@link Topic#routing()})
     * @param key of the record
     * @param message absent for a tombstone
     * @return where it stands, once it is acknowledged
     * @throws IllegalArgumentException where the message has no form on the wire or is too long
     */
    public <T> CompletableFuture<LogPlace> append(
            Topic topic, String route, String key, Codec<T> codec, @Nullable T message) {
        return appendTo(topic, partition(topic, route), key, codec, message);
    }

    /** Like {@link #append}, to a partition that is known; for ticks, which belong to a whole partition. */
    public <T> CompletableFuture<LogPlace> appendTo(
            Topic topic, int partition, String key, Codec<T> codec, @Nullable T message) {
        byte[] value = message == null ? null : codec.encode(message);
        CompletableFuture<LogPlace> place = new CompletableFuture<>();
        // What becomes of it is told to the future that is returned.
        var _ = producer.send(
                new ProducerRecord<>(topic.topicName(), partition, key.getBytes(StandardCharsets.UTF_8), value),
                (written, failure) -> {
                    if (failure == null) {
                        place.complete(new LogPlace(
                                written.partition(), written.offset(), Instant.ofEpochMilli(written.timestamp())));
                    } else {
                        place.completeExceptionally(failure);
                    }
                });
        return place;
    }

    /** Puts away what could not be read. */
    public CompletableFuture<LogPlace> quarantine(Quarantined refused) {
        return append(Topic.QUARANTINE, refused.key(), refused.key(), Contract.QUARANTINE, refused);
    }

    /** The partition of a pool, host or source. */
    public int partition(Topic topic, String route) {
        return PoolPartitioner.partition(route, partitions.applyAsInt(topic));
    }

    /** Sends what is waiting, for a few seconds at most, and closes. */
    @Override
    public void close() {
        producer.close(CLOSING);
    }
}
