package io.paramedic.actuator.service;

import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.log.KafkaConnection.Sending;
import io.paramedic.schemas.topics.Catalogue;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.topics.TopicPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The baseline of {@link LeaseBenchmark}: appends bytes to a topic like that of the leases, and reads them back. */
final class BareTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final TopicPartition partition;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofPlatform().name("bare-tail").unstarted(this::follow);
    private volatile boolean closed;

    private BareTail(KafkaConnection connection, TopicPartition partition) {
        this.partition = partition;
        this.producer = new KafkaProducer<>(
                connection.producer("bare", Sending.AT_ONCE), new StringSerializer(), new ByteArraySerializer());
        this.consumer =
                new KafkaConsumer<>(connection.reader("bare"), new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Makes a topic of its own with the settings that the leases have. */
    static BareTail create(KafkaConnection connection, String name) throws Exception {
        TopicPlan.Creation like =
                Catalogue.embedded().plan(Topic.LEASES).withPartitions(1).creationOn(1);
        TopicPartition partition = new TopicPartition("paramedic." + name + "." + UUID.randomUUID(), 0);
        try (Admin admin = Admin.create(connection.admin("bare"))) {
            NewTopic topic = new NewTopic(partition.topic(), Optional.of(1), Optional.of((short) like.replicas()))
                    .configs(like.settings());
            admin.createTopics(List.of(topic)).all().get();
            var _ = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .all()
                    .get();
        }
        BareTail tail = new BareTail(connection, partition);
        tail.thread.start();
        return tail;
    }

    void append(byte[] value) {
        try {
            var _ = send(UUID.randomUUID().toString(), value).get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    void appendAndRead(byte[] value) throws Exception {
        String key = UUID.randomUUID().toString();
        CompletableFuture<Void> read = new CompletableFuture<>();
        waiting.put(key, read);
        var _ = send(key, value);
        read.get(30, TimeUnit.SECONDS);
    }

    private Future<RecordMetadata> send(String key, byte[] value) {
        return producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), key, value));
    }

    private void follow() {
        try (consumer) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (!closed) {
                consumer.poll(POLL).forEach(record -> {
                    CompletableFuture<Void> read = waiting.remove(record.key());
                    if (read != null) {
                        read.complete(null);
                    }
                });
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        producer.close(POLL);
    }
}
