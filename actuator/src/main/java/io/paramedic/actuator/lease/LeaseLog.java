package io.paramedic.actuator.lease;

import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.lease.LogId;

/**
 * The partition whose records a book folds.
 *
 * @param cluster Kafka's id of the cluster
 * @param topic of the leases, with its prefix
 * @param partition of the topic
 */
public record LeaseLog(String cluster, String topic, int partition) {
    /** What hosts of this pool are enrolled with. */
    public LogId of(String pool) {
        return new LogId(cluster, topic, partition, pool);
    }

    /** The proof that the record at this offset was granted. */
    public FencingToken token(String pool, long offset) {
        return new FencingToken(of(pool), offset);
    }
}
