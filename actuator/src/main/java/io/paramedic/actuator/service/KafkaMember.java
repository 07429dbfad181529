package io.paramedic.actuator.service;

import io.paramedic.schemas.topics.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Membership in the actuators' group. */
final class KafkaMember implements SharedLog.Member {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaMember.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final String TOPIC = Topic.COMMANDS.topicName();

    private final Consumer<byte[], byte[]> consumer;

    KafkaMember(Consumer<byte[], byte[]> consumer, SharedLog.Shift shift) {
        this.consumer = consumer;
        consumer.subscribe(List.of(TOPIC), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                shift.gained(numbers(partitions));
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                shift.lost(numbers(partitions), false);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                shift.lost(numbers(partitions), true);
            }
        });
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    @Override
    public List<Line> poll(Duration atMost) {
        try {
            return KafkaPages.lines(consumer.poll(atMost));
        } catch (WakeupException asked) {
            return List.of();
        }
    }

    @Override
    public void pause(int partition) {
        consumer.pause(List.of(new TopicPartition(TOPIC, partition)));
    }

    @Override
    public void resume(int partition) {
        consumer.resume(List.of(new TopicPartition(TOPIC, partition)));
    }

    @Override
    public boolean commit(Map<Integer, Long> next) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        next.forEach((partition, offset) ->
                offsets.put(new TopicPartition(TOPIC, partition), new OffsetAndMetadata(offset)));
        try {
            consumer.commitSync(offsets);
            return true;
        } catch (WakeupException asked) {
            return false;
        } catch (CommitFailedException | RebalanceInProgressException | RetriableException notNow) {
            LOG.warn("Finished commands could not be committed and may be delivered again: {}", notNow.toString());
            return false;
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
