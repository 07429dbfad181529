package io.paramedic.actuator.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** Some partitions of one topic from their beginning, without a group. */
final class KafkaPages implements SharedLog.Pages {
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    KafkaPages(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = List.copyOf(partitions);
        consumer.assign(this.partitions);
        consumer.seekToBeginning(this.partitions);
    }

    @Override
    public List<Line> poll(Duration atMost) {
        try {
            return lines(consumer.poll(atMost));
        } catch (WakeupException asked) {
            return List.of();
        }
    }

    static List<Line> lines(ConsumerRecords<byte[], byte[]> records) {
        List<Line> lines = new ArrayList<>(records.count());
        records.forEach(record -> lines.add(new Line(
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                record.value())));
        return lines;
    }

    @Override
    public Map<Integer, Long> ends() {
        while (true) {
            try {
                Map<Integer, Long> ends = new HashMap<>();
                consumer.endOffsets(partitions).forEach((partition, end) -> ends.put(partition.partition(), end));
                return ends;
            } catch (WakeupException meantForAPoll) {
                // Whoever woke wants to be noticed soon, not to have this question unanswered.
                continue;
            }
        }
    }

    @Override
    public boolean isPast(Map<Integer, Long> ends) {
        return partitions.stream()
                .allMatch(partition -> position(partition) >= ends.getOrDefault(partition.partition(), 0L));
    }

    private long position(TopicPartition partition) {
        while (true) {
            try {
                return consumer.position(partition);
            } catch (WakeupException meantForAPoll) {
                continue;
            }
        }
    }

    @Override
    public void wake() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSING));
    }
}
