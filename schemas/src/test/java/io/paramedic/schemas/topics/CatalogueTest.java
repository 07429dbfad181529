package io.paramedic.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The catalogue of topics. */
class CatalogueTest {
    private static final Catalogue EMBEDDED = Catalogue.embedded();
    private static final Catalogue EXTERNAL = Catalogue.external();

    @Test
    void namesTheEightTopicsOfTheContractAndItsOwn() {
        assertThat(EXTERNAL.plans())
                .extracting(TopicPlan::name)
                .containsExactly(
                        "paramedic.inventory",
                        "paramedic.requests",
                        "paramedic.events",
                        "paramedic.commands",
                        "paramedic.leases",
                        "paramedic.incidents",
                        "paramedic.overview",
                        "paramedic.journal",
                        "paramedic.quarantine",
                        "paramedic.catalogue");
    }

    @Test
    void givesEveryTopicTheTimeOfTheLogAndNoUncleanElection() {
        for (Catalogue catalogue : new Catalogue[] {EMBEDDED, EXTERNAL}) {
            assertThat(catalogue.plans())
                    .allSatisfy(plan -> assertThat(values(plan))
                            .containsEntry("message.timestamp.type", "LogAppendTime")
                            .containsEntry("unclean.leader.election.enable", "false"));
        }
    }

    @Test
    void givesAllTopicsOfAPoolOnePartitionCount() {
        Catalogue catalogue = new Catalogue(ClusterKind.EXTERNAL, 5, 7);

        Map<Topic.Routing, Set<Integer>> counts = Arrays.stream(Topic.values())
                .collect(Collectors.groupingBy(
                        Topic::routing,
                        Collectors.mapping(topic -> catalogue.plan(topic).partitions(), Collectors.toSet())));

        assertThat(counts.get(Topic.Routing.POOL)).containsExactly(5);
        assertThat(counts.get(Topic.Routing.HOST)).containsExactly(7);
    }

    @Test
    void compactsWhatHasACurrentStateAndDeletesTheRest() {
        assertThat(Topic.values())
                .filteredOn(topic -> topic.cleanUp() == Topic.CleanUp.COMPACT)
                .containsExactly(Topic.INVENTORY, Topic.INCIDENTS, Topic.OVERVIEW);
        assertThat(values(EXTERNAL.plan(Topic.INVENTORY)))
                .containsEntry("cleanup.policy", "compact")
                .doesNotContainKey("retention.ms");
        assertThat(values(EXTERNAL.plan(Topic.LEASES)))
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "2592000000")
                .containsEntry("retention.bytes", "-1");
    }

    @Test
    void flushesLeasesAndCommandsWhereNoReplicaHoldsThem() {
        assertThat(EMBEDDED.plans())
                .filteredOn(plan -> "1".equals(values(plan).get("flush.messages")))
                .extracting(TopicPlan::name)
                .containsExactlyInAnyOrder("paramedic.leases", "paramedic.commands");
        assertThat(EXTERNAL.plans()).allSatisfy(plan -> assertThat(values(plan)).doesNotContainKey("flush.messages"));
    }

    @Test
    void wantsThreeReplicasOfWhichTwoAreInSyncOfAnExternalKafkaAlone() {
        assertThat(EXTERNAL.plans()).allSatisfy(plan -> {
            assertThat(plan.replication()).isEqualTo(3);
            assertThat(values(plan)).containsEntry("min.insync.replicas", "2");
        });
        assertThat(EMBEDDED.plans())
                .allSatisfy(plan -> assertThat(plan.replication()).isEqualTo(1));
    }

    @Test
    void neverAsksForMoreReplicasThanThereAreBrokersAndStaysWritableWhenOneIsLost() {
        TopicPlan plan = EXTERNAL.plan(Topic.EVENTS);

        assertThat(plan.creationOn(5)).satisfies(three -> {
            assertThat(three.replicas()).isEqualTo(3);
            assertThat(three.settings()).containsEntry("min.insync.replicas", "2");
        });
        assertThat(plan.creationOn(2)).satisfies(two -> {
            assertThat(two.replicas()).isEqualTo(2);
            assertThat(two.settings()).containsEntry("min.insync.replicas", "1");
        });
        assertThat(plan.creationOn(1).settings()).containsEntry("min.insync.replicas", "1");
    }

    @Test
    void retentionOfLeasesIsFarLongerThanAnyLease() {
        assertThat(Topic.LEASES.shortestRetention()).hasDays(7);
        assertThat(Topic.values())
                .allSatisfy(topic -> assertThat(topic.retention()).isGreaterThanOrEqualTo(topic.shortestRetention()));
    }

    @Test
    void refusesAPartitionCountOutOfBounds() {
        assertThatThrownBy(() -> new Catalogue(ClusterKind.EMBEDDED, 0, 1)).hasMessageContaining("poolPartitions is 0");
        assertThatThrownBy(() -> new Catalogue(ClusterKind.EMBEDDED, 1, 1025))
                .hasMessageContaining("hostPartitions is 1025; it must be 1 to 1024");
    }

    private static Map<String, String> values(TopicPlan plan) {
        return plan.settings().stream().collect(Collectors.toMap(Setting::name, Setting::value));
    }
}
