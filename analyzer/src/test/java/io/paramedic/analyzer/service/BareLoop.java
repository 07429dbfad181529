package io.paramedic.analyzer.service;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Decoded;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the analyzer is compared with: reads the same events with the same guarantees, decodes each, and writes one record for
 * each, in transactions of the same length. No state, no decisions, no Kafka Streams.
 */
final class BareLoop {
    private final Log log;
    private final String group;
    private final String output;
    private final AnalyzerSettings settings;

    /** @param output a topic with as many partitions as the events have */
    BareLoop(Log log, AnalyzerSettings settings, String group, String output) {
        this.log = log;
        this.settings = settings;
        this.group = group;
        this.output = output;
    }

    /** Processes so many events from the beginning on; returns the seconds from the first to the last commit. */
    double run(long events) {
        try (Consumer<byte[], byte[]> consumer = consumer();
                Producer<byte[], byte[]> producer = producer()) {
            consumer.assign(IntStream.range(0, log.partitions(Topic.EVENTS))
                    .mapToObj(partition -> new TopicPartition(Topic.EVENTS.topicName(), partition))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            producer.initTransactions();
            return loop(consumer, producer, events);
        }
    }

    private double loop(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer, long events) {
        long seen = 0;
        long start = 0;
        while (seen < events) {
            producer.beginTransaction();
            long until = System.nanoTime() + settings.commitInterval().toNanos();
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            while (System.nanoTime() < until && seen < events) {
                ConsumerRecords<byte[], byte[]> batch = consumer.poll(Duration.ofMillis(5));
                if (start == 0 && !batch.isEmpty()) {
                    start = System.nanoTime();
                }
                for (ConsumerRecord<byte[], byte[]> received : batch) {
                    process(producer, received);
                    offsets.put(
                            new TopicPartition(received.topic(), received.partition()),
                            new OffsetAndMetadata(received.offset() + 1));
                    seen++;
                }
            }
            producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
            producer.commitTransaction();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private void process(Producer<byte[], byte[]> producer, ConsumerRecord<byte[], byte[]> received) {
        if (!(Contract.EVENTS.decode(received.value()) instanceof Decoded.Ok<?>)) {
            throw new IllegalStateException("the benchmark has written what cannot be read");
        }
        // The commit fails where a send did.
        Future<RecordMetadata> _ =
                producer.send(new ProducerRecord<>(output, received.partition(), received.key(), received.value()));
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = log.connection().member(group, group);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> properties = log.connection().producer(group, KafkaConnection.Sending.GATHERED);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
