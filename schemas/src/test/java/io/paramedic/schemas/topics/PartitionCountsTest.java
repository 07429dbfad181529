package io.paramedic.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How many partitions a topic must have. */
class PartitionCountsTest {
    private static final Catalogue CATALOGUE = new Catalogue(ClusterKind.EXTERNAL, 2, 3);

    @Test
    void areTheCataloguesOnAnEmptyCluster() {
        assertThat(PartitionCounts.required(CATALOGUE, Map.of(), Map.of()))
                .containsEntry("paramedic.events", 2)
                .containsEntry("paramedic.inventory", 3)
                .containsEntry("paramedic.catalogue", 1);
    }

    @Test
    void areThoseOfTopicsThatOthersCreated() {
        assertThat(PartitionCounts.required(
                        CATALOGUE, Map.of(), Map.of("paramedic.leases", topic("paramedic.leases", 8))))
                .containsEntry("paramedic.leases", 8)
                .as("its sisters follow, so that a pool is in the same partition of each")
                .containsEntry("paramedic.events", 8)
                .containsEntry("paramedic.inventory", 3);
    }

    @Test
    void areTheRecordedOnesWhateverIsThere() {
        assertThat(PartitionCounts.required(
                        CATALOGUE,
                        Map.of("paramedic.leases", 5),
                        Map.of("paramedic.leases", topic("paramedic.leases", 8))))
                .containsEntry("paramedic.leases", 5)
                .containsEntry("paramedic.journal", 5);
    }

    private static TopicState topic(String name, int partitions) {
        return new TopicState(name, "id", Collections.nCopies(partitions, List.of(1)), Map.of());
    }
}
