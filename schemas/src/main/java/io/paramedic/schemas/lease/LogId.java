package io.paramedic.schemas.lease;

import io.paramedic.schemas.identity.Names;

/**
 * Which log a token counts on. It is written to a host when the host is enrolled; another log is refused there, because its
 * offsets say nothing about acts that this one ordered.
 *
 * @param cluster Kafka's id of the cluster
 * @param topic of the leases, with its prefix
 * @param partition that holds the pool
 * @param pool whose hosts the log may act on
 */
public record LogId(String cluster, String topic, int partition, String pool) {
    public LogId {
        Names.requirePool(pool);
        if (cluster.isBlank() || topic.isBlank() || partition < 0) {
            throw new IllegalArgumentException("a log needs its cluster, its topic and a partition from 0 on");
        }
    }
}
