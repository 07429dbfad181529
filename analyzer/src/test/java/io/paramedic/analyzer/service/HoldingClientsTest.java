package io.paramedic.analyzer.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class HoldingClientsTest {
    private static final TopicPartition SICK = new TopicPartition("events", 0);
    private static final TopicPartition WELL = new TopicPartition("events", 1);

    private final Partitions partitions = new Partitions(new UUID(1, 2));
    private final HoldingClients clients = new HoldingClients("events", partitions);

    @Test
    void aPartitionThatHasStoppedIsNotCommittedBeyondItsEvent() {
        partitions.of(0).hold(40);

        assertThat(clients.held(Map.of(SICK, offset(95), WELL, offset(17))))
                .isEqualTo(Map.of(SICK, offset(40), WELL, offset(17)));
    }

    @Test
    void whatStandsBeforeTheEventIsCommitted() {
        partitions.of(0).hold(40);

        assertThat(clients.held(Map.of(SICK, offset(39)))).isEqualTo(Map.of(SICK, offset(39)));
    }

    @Test
    void otherTopicsAreLeftAlone() {
        partitions.of(0).hold(40);
        TopicPartition other = new TopicPartition("other", 0);

        assertThat(clients.held(Map.of(other, offset(95)))).isEqualTo(Map.of(other, offset(95)));
    }

    private static OffsetAndMetadata offset(long offset) {
        return new OffsetAndMetadata(offset, Optional.of(2), "where");
    }
}
