package io.paramedic.analyzer.feed;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Decoded;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The journal as Kafka has it. It is read as bytes, unlike other topics: an entry's hash is over its bytes on the wire, and
 * whoever follows the feed must be able to check it also where a newer release wrote it.
 */
final class JournalTopic {
    private static final int TAG = 6;

    private JournalTopic() {}

    /** All partitions of some topics. */
    static List<TopicPartition> partitions(Log log, Topic... topics) {
        return Arrays.stream(topics)
                .flatMap(topic -> IntStream.range(0, log.partitions(topic))
                        .mapToObj(number -> new TopicPartition(topic.topicName(), number)))
                .toList();
    }

    static TopicPartition partition(int number) {
        return new TopicPartition(Topic.JOURNAL.topicName(), number);
    }

    /** Reads bytes from where it is told, and only what is committed. */
    static KafkaConsumer<byte[], byte[]> consumer(Log log, String clientId, Collection<TopicPartition> partitions) {
        KafkaConsumer<byte[], byte[]> consumer = consumer(log.connection().reader(clientId));
        consumer.assign(partitions);
        return consumer;
    }

    static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> properties) {
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** What Kafka said of a partition that it was asked about. */
    static long offset(Map<TopicPartition, Long> offsets, TopicPartition one) {
        return Objects.requireNonNull(offsets.get(one), one::toString);
    }

    /**
     * Twelve digits that another journal does not have: one on another cluster, or one that was deleted and is there anew.
     *
     * @param topicId that Kafka drew when it created the journal
     */
    static String tag(String clusterId, String topicId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((clusterId + "/" + topicId).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, TAG);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** One decision; nothing where the record is none that this release can read. */
    static Optional<Decided> decode(ConsumerRecord<byte[], byte[]> one) {
        byte[] value = one.value();
        if (value == null) {
            return Optional.empty();
        }
        return switch (Contract.JOURNAL.decode(value)) {
            case Decoded.Ok<JournalEntry>(JournalEntry entry) ->
                Optional.of(new Decided(one.partition(), one.offset(), entry, value));
            case Decoded.Undecodable<JournalEntry> _ -> Optional.empty();
        };
    }

    /** The incident that a decision is about, by its id within the pool. */
    static Optional<String> incident(Decision decision) {
        return switch (decision) {
            case Decision.IncidentOpened one -> Optional.of(one.incident());
            case Decision.PhaseChanged one -> Optional.of(one.incident());
            case Decision.StepOrdered one -> Optional.of(one.incident());
            case Decision.StepProposed one -> Optional.of(one.incident());
            case Decision.StepRehearsed one -> Optional.of(one.incident());
            case Decision.StepWithheld one -> Optional.of(one.incident());
            case Decision.OutcomeTaken one -> Optional.of(one.incident());
            case Decision.ControlTaken(Control.Approve yes, boolean _) -> Optional.of(yes.incident());
            case Decision.ControlTaken(Control.Reject no, boolean _) -> Optional.of(no.incident());
            case Decision.ControlTaken _,
                    Decision.PolicyTaken _,
                    Decision.HostTrusted _,
                    Decision.HostDoubted _,
                    Decision.LivenessChanged _ -> Optional.empty();
        };
    }
}
