package io.paramedic.deploy.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paramedic.schemas.log.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What tests do to a log from outside. */
final class TestLog {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TestLog() {}

    @FunctionalInterface
    interface AdminAction {
        void run(Admin admin) throws Exception;
    }

    static void admin(KafkaConnection connection, AdminAction action) {
        try (Admin admin = Admin.create(connection.admin("test"))) {
            action.run(admin);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    static void deleteAllTopics(KafkaConnection connection) {
        admin(connection, admin -> {
            Set<String> names = admin.listTopics().names().get();
            admin.deleteTopics(names).all().get();
            await().atMost(PATIENCE)
                    .until(() -> admin.listTopics().names().get().isEmpty());
        });
    }

    static void delete(KafkaConnection connection, Set<String> topics) {
        admin(connection, admin -> {
            admin.deleteTopics(topics).all().get();
            await().atMost(PATIENCE)
                    .until(() -> admin.listTopics().names().get().stream().noneMatch(topics::contains));
        });
    }

    static void recreate(KafkaConnection connection, String topic, int partitions) {
        delete(connection, Set.of(topic));
        admin(connection, admin -> {
            NewTopic again = new NewTopic(topic, Optional.of(partitions), Optional.empty());
            admin.createTopics(List.of(again)).all().get();
            await().atMost(PATIENCE)
                    .until(() -> admin.listTopics().names().get().contains(topic));
        });
    }

    static void grow(KafkaConnection connection, String topic, int partitions) {
        admin(connection, admin -> {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
            await().atMost(PATIENCE).until(() -> partitions(admin, topic) == partitions);
        });
    }

    static void alter(KafkaConnection connection, String topic, String setting, String value) {
        admin(connection, admin -> {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            AlterConfigOp change = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(resource, List.of(change)))
                    .all()
                    .get();
        });
    }

    /** Sends all at once and returns when each is acknowledged. */
    static void send(KafkaConnection connection, List<ProducerRecord<String, String>> records) throws Exception {
        Map<String, Object> properties = connection.producer("test", KafkaConnection.Sending.AT_ONCE);
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> pending =
                    records.stream().map(record -> producer.send(record)).toList();
            for (Future<RecordMetadata> acknowledgement : pending) {
                assertThat(acknowledgement.get().offset()).isNotNegative();
            }
        }
    }

    /** Every record of a topic from its first to what is now its last. */
    static List<ConsumerRecord<String, String>> readAll(KafkaConnection connection, String topic) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(connection.reader("test"), new StringDeserializer(), new StringDeserializer())) {
            Collection<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long start = System.nanoTime();
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                assertThat(System.nanoTime() - start).isLessThan(PATIENCE.toNanos());
            }
        }
        return records;
    }

    private static int partitions(Admin admin, String topic) throws Exception {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next()
                .partitions()
                .size();
    }
}
