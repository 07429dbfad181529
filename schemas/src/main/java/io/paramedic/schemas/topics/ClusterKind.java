package io.paramedic.schemas.topics;

/** What kind of Kafka the topics are on. */
public enum ClusterKind {
    /** The single broker inside our own process: no replicas, so what must survive is flushed. */
    EMBEDDED(1, 1),
    /** A Kafka that others run: replicas make a record safe. */
    EXTERNAL(3, 2);

    private final int replication;
    private final int inSyncReplicas;

    ClusterKind(int replication, int inSyncReplicas) {
        this.replication = replication;
        this.inSyncReplicas = inSyncReplicas;
    }

    /** Replicas of each partition, at least, before anything acts. */
    public int replication() {
        return replication;
    }

    /** {@code min.insync.replicas}, at least, before anything acts. */
    public int inSyncReplicas() {
        return inSyncReplicas;
    }
}
