package io.paramedic.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The partition of a pool. */
class PoolPartitionerTest {
    /** Pinned for ever: a value that changes moves a pool away from its log. */
    @ParameterizedTest
    @CsvSource({
        "'', 275646681, 12, 9",
        "a, 584102524, 12, 4",
        "prod, 1280179143, 12, 3",
        "lab, 1000791095, 4, 3",
        "pool-1, 63051937, 12, 1",
        "Zürich, 596342833, 12, 1",
        "東京, 779097643, 48, 43",
        "5f2a8c1e-0d5b-4c7e-9f1a-3b6d8e2c4a90, 554693156, 12, 8"
    })
    void ofAPoolNeverChanges(String pool, int hash, int partitions, int partition) {
        assertThat(PoolPartitioner.murmur2(pool.getBytes(StandardCharsets.UTF_8)) & Integer.MAX_VALUE)
                .isEqualTo(hash);
        assertThat(PoolPartitioner.partition(pool, partitions)).isEqualTo(partition);
    }

    @Property
    void hashIsTheOneOfKafkasOwnClients(@ForAll byte[] bytes) {
        assertThat(PoolPartitioner.murmur2(bytes)).isEqualTo(Utils.murmur2(bytes));
    }

    @Property
    void isOneOfThePartitions(@ForAll String pool, @ForAll @IntRange(min = 1, max = 1024) int partitions) {
        assertThat(PoolPartitioner.partition(pool, partitions)).isBetween(0, partitions - 1);
    }

    @Test
    void needsAPartition() {
        assertThatThrownBy(() -> PoolPartitioner.partition("pool", 0)).hasMessageContaining("at least one partition");
    }
}
