package io.paramedic.actuator.service;

import io.paramedic.schemas.log.KafkaConnection.Sending;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.log.LogPlace;
import io.paramedic.schemas.log.LogWriter;
import io.paramedic.schemas.quarantine.Quarantined;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Codec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The log on Kafka. */
final class KafkaSharedLog implements SharedLog {
    static final String GROUP = "paramedic-actuators";

    private final Log log;
    private final String id;
    private final LogWriter writer;

    KafkaSharedLog(Log log, String id) {
        this.log = log;
        this.id = id;
        Map<String, Object> properties = log.connection().producer(id, Sending.AT_ONCE);
        // A claim that is not on the log within half of its lease is of no use; its fate should be known soon after.
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        this.writer = new LogWriter(properties, log::partitions);
    }

    @Override
    public <T> CompletableFuture<LogPlace> append(Topic topic, String pool, Codec<T> codec, T message) {
        return writer.append(topic, pool, pool, codec, message);
    }

    @Override
    public CompletableFuture<LogPlace> quarantine(Quarantined refused) {
        return writer.quarantine(refused);
    }

    @Override
    public Pages read(Topic topic, Collection<Integer> partitions) {
        List<TopicPartition> all = partitions.stream()
                .map(partition -> new TopicPartition(topic.topicName(), partition))
                .toList();
        var consumer = new KafkaConsumer<>(
                log.connection().reader(id), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        return new KafkaPages(consumer, all);
    }

    @Override
    public Member join(Shift shift) {
        Map<String, Object> properties = log.connection().member(id, GROUP);
        // Who keeps a partition through a rebalance need not read its leases again.
        properties.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()));
        var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        return new KafkaMember(consumer, shift);
    }

    @Override
    public void close() {
        writer.close();
    }
}
