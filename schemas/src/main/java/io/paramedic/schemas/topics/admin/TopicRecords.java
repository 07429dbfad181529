package io.paramedic.schemas.topics.admin;

import static java.util.Objects.requireNonNullElse;

import io.paramedic.schemas.topics.Catalogue;
import io.paramedic.schemas.topics.TopicRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The topics as they were when they were created: one {@link TopicRecord} per topic on {@link Catalogue#RECORDS}, under the
 * topic's name. On the log rather than in a file, so that each part of Paramedic, wherever it runs, checks against the same.
 */
final class TopicRecords {
    private static final TopicPartition PARTITION = new TopicPartition(Catalogue.RECORDS, 0);

    private final Map<String, Object> properties;
    private final Duration limit;

    TopicRecords(Map<String, Object> properties, Duration limit) {
        this.properties = Map.copyOf(properties);
        this.limit = limit;
    }

    /**
     * All records, by topic name; the last record of a topic counts.
     *
     * @throws KafkaException also for a record that is not ours
     */
    Map<String, TopicRecord> read() {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) limit.toMillis());
        Map<String, TopicRecord> records = new TreeMap<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end =
                    requireNonNullElse(consumer.endOffsets(List.of(PARTITION)).get(PARTITION), 0L);
            long start = System.nanoTime();
            while (consumer.position(PARTITION) < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    records.put(record.key(), parsed(record));
                }
                if (System.nanoTime() - start > limit.toNanos()) {
                    throw new TimeoutException("Only part of " + Catalogue.RECORDS + " could be read");
                }
            }
        }
        return records;
    }

    /** Writes records; returns when each is acknowledged. */
    void write(Map<String, TopicRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, limit.toMillis());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> pending = new ArrayList<>();
            records.forEach((topic, record) ->
                    pending.add(producer.send(new ProducerRecord<>(Catalogue.RECORDS, 0, topic, record.value()))));
            for (Future<RecordMetadata> acknowledgement : pending) {
                await(acknowledgement);
            }
        }
    }

    private static TopicRecord parsed(ConsumerRecord<String, String> record) {
        return TopicRecord.parse(String.valueOf(record.value()))
                .orElseThrow(() -> new KafkaException(
                        "the record at offset %d of %s says '%s' for %s, not {\"partitions\":N,\"id\":\"...\"}"
                                .formatted(record.offset(), Catalogue.RECORDS, record.value(), record.key())));
    }

    private static void await(Future<RecordMetadata> acknowledgement) {
        try {
            acknowledgement.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof KafkaException cause ? cause : new KafkaException(failed.getCause());
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }
}
