package io.paramedic.deploy.demo;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Codec;
import io.paramedic.schemas.wire.Decoded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads incidents, journal, overview and leases from their beginning and writes them into a {@link LogBook}, until closed. */
final class TopicTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final List<Topic> TOPICS = List.of(Topic.INCIDENTS, Topic.JOURNAL, Topic.OVERVIEW, Topic.LEASES);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final LogBook book;
    private final Thread reader;

    private TopicTail(Log log, LogBook book) {
        this.consumer = new KafkaConsumer<>(
                log.connection().reader("demo"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.book = book;
        List<TopicPartition> all = new ArrayList<>();
        for (Topic topic : TOPICS) {
            for (int partition = 0; partition < log.partitions(topic); partition++) {
                all.add(new TopicPartition(topic.topicName(), partition));
            }
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
        this.reader = Thread.ofPlatform().name("demo-tail").daemon().unstarted(this::read);
    }

    static TopicTail start(Log log, LogBook book) {
        TopicTail tail = new TopicTail(log, book);
        tail.reader.start();
        return tail;
    }

    private void read() {
        try (consumer) {
            while (!Thread.currentThread().isInterrupted()) {
                consumer.poll(POLL).forEach(this::take);
            }
        } catch (WakeupException e) {
            // close() woke the poll; there is nothing more to read.
            return;
        } catch (KafkaException e) {
            LOG.warn("The demonstration cannot read its topics any more, and its picture stays as it is", e);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(Topic.INCIDENTS.topicName())) {
            // A tombstone only takes the incident off the screen; the story's last word about it is kept.
            decode(record, Contract.INCIDENTS, book::incident);
        } else if (record.topic().equals(Topic.JOURNAL.topicName())) {
            decode(record, Contract.JOURNAL, book::decided);
        } else if (record.topic().equals(Topic.OVERVIEW.topicName())) {
            if (record.value() == null) {
                book.hostGone(new String(record.key(), StandardCharsets.UTF_8));
            }
            decode(record, Contract.OVERVIEW, book::overview);
        } else {
            Instant at = Instant.ofEpochMilli(record.timestamp());
            decode(record, Contract.LEASES, lease -> book.lease(lease, at));
        }
    }

    private static <T> void decode(ConsumerRecord<byte[], byte[]> record, Codec<T> codec, Consumer<T> taker) {
        if (record.value() == null) {
            return;
        }
        switch (codec.decode(record.value())) {
            case Decoded.Ok<T> ok -> taker.accept(ok.value());
            case Decoded.Undecodable<T> not ->
                LOG.warn(
                        "The demonstration cannot read {} offset {}: {}",
                        record.topic(),
                        record.offset(),
                        not.reason());
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reader.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
