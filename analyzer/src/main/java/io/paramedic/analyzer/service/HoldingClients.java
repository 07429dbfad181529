package io.paramedic.analyzer.service;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients of Kafka Streams, as it would make them itself, but for one thing: the offset of a partition that has stopped is
 * never committed beyond the event that stopped it. So that event is read again after a restart, and nothing behind it is lost.
 */
final class HoldingClients implements KafkaClientSupplier {
    private final String events;
    private final Partitions partitions;

    /** @param events the topic */
    HoldingClients(String events, Partitions partitions) {
        this.events = events;
        this.partitions = partitions;
    }

    /** What may be committed of these offsets. */
    Map<TopicPartition, OffsetAndMetadata> held(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, OffsetAndMetadata> held = new HashMap<>(offsets);
        held.replaceAll((partition, offset) -> {
            OptionalLong limit = partition.topic().equals(events)
                    ? partitions.of(partition.partition()).heldAt()
                    : OptionalLong.empty();
            return limit.isPresent() && limit.getAsLong() < offset.offset()
                    ? new OffsetAndMetadata(limit.getAsLong(), offset.leaderEpoch(), offset.metadata())
                    : offset;
        });
        return held;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public void sendOffsetsToTransaction(
                    Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
                super.sendOffsetsToTransaction(held(offsets), group);
            }
        };
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
