package io.paramedic.actuator.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.topics.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** How Kafka's consumers are used. */
class KafkaClientsTest {
    private static final TopicPartition LEASES = new TopicPartition(Topic.LEASES.topicName(), 1);
    private static final TopicPartition COMMANDS = new TopicPartition(Topic.COMMANDS.topicName(), 1);
    private static final Instant AT = Instant.parse("2026-11-20T08:00:00Z");

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    @Test
    void readsFromTheBeginningOfWhatIsRetainedToTheEnd() {
        consumer.updateBeginningOffsets(Map.of(LEASES, 7L));
        consumer.updateEndOffsets(Map.of(LEASES, 8L));
        try (KafkaPages pages = new KafkaPages(consumer, List.of(LEASES))) {
            consumer.addRecord(record(LEASES, 7));

            assertThat(pages.isPast(pages.ends())).isFalse();
            assertThat(pages.poll(Duration.ZERO)).containsExactly(new Line(1, 7, AT, bytes("k"), bytes("v")));
            assertThat(pages.isPast(pages.ends())).isTrue();
        }
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void aWakeEndsAPollAndSpoilsNothingElse() {
        consumer.updateBeginningOffsets(Map.of(LEASES, 0L));
        consumer.updateEndOffsets(Map.of(LEASES, 1L));
        try (KafkaPages pages = new KafkaPages(consumer, List.of(LEASES))) {
            consumer.addRecord(record(LEASES, 0));
            pages.wake();

            assertThat(pages.poll(Duration.ZERO)).isEmpty();
            assertThat(pages.poll(Duration.ZERO)).hasSize(1);
        }
    }

    @Test
    void aMemberHearsWhatItGainsAndCommitsWhatIsFinished() {
        List<String> heard = new ArrayList<>();
        try (KafkaMember member = new KafkaMember(consumer, shift(heard))) {
            join(member);
            consumer.addRecord(record(COMMANDS, 0));
            assertThat(member.poll(Duration.ZERO)).hasSize(1);

            assertThat(member.commit(Map.of(1, 1L))).isTrue();
            assertThat(consumer.committed(Set.of(COMMANDS))).containsEntry(COMMANDS, new OffsetAndMetadata(1));
            member.pause(1);
            assertThat(consumer.paused()).containsExactly(COMMANDS);
            member.resume(1);
            assertThat(consumer.paused()).isEmpty();
        }
        assertThat(heard).first().isEqualTo("gained [1]");
    }

    @Test
    void aCommitThatComesTooLateIsNoFailure() {
        try (KafkaMember member = new KafkaMember(
                new MockConsumer<byte[], byte[]>("earliest") {
                    @Override
                    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
                        throw new CommitFailedException("the group has moved on");
                    }
                },
                shift(new ArrayList<>()))) {
            assertThat(member.commit(Map.of(1, 1L))).isFalse();
        }
    }

    private void join(KafkaMember member) {
        consumer.updateBeginningOffsets(Map.of(COMMANDS, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(COMMANDS)));
        assertThat(member.poll(Duration.ZERO)).isEmpty();
    }

    private static SharedLog.Shift shift(List<String> heard) {
        return new SharedLog.Shift() {
            @Override
            public void gained(Set<Integer> partitions) {
                heard.add("gained " + partitions);
            }

            @Override
            public void lost(Set<Integer> partitions, boolean fenced) {
                heard.add((fenced ? "fenced " : "lost ") + partitions);
            }
        };
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                AT.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                1,
                1,
                bytes("k"),
                bytes("v"),
                new RecordHeaders(),
                Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
