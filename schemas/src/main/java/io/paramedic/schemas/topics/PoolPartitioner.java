package io.paramedic.schemas.topics;

import java.nio.charset.StandardCharsets;

/**
 * The one partitioner: the partition is chosen by the routing name alone (the pool of a pool topic, whatever the
 * record's key), so a pool's records stand in one total order and in the same partition of each pool topic.
 *
 * <p>Partition = (murmur2 of the UTF-8 name, sign bit cleared) modulo the partition count. That is what Kafka's own
 * clients do with a key of those bytes, so a record produced by hand with the pool as its key lands where it belongs.
 * The values never change: a pool that moved to another partition would lose its order and its leases.
 */
public final class PoolPartitioner {
    private static final int SEED = 0x9747b28c;
    private static final int MULTIPLIER = 0x5bd1e995;
    private static final int ROTATION = 24;

    private PoolPartitioner() {}

    /**
     * The partition of a name.
     *
     * @param name the pool, host or source by which the topic is routed ({@link Topic#routing()})
     * @param partitions the topic's recorded partition count, at least 1
     */
    public static int partition(String name, int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("A topic has at least one partition, not " + partitions);
        }
        return (murmur2(name.getBytes(StandardCharsets.UTF_8)) & Integer.MAX_VALUE) % partitions;
    }

    /** Austin Appleby's MurmurHash2, 32 bits, little-endian, with the seed that Kafka's clients use. */
    static int murmur2(byte[] bytes) {
        int hash = SEED ^ bytes.length;
        int whole = bytes.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            int word = (bytes[i] & 0xff)
                    | (bytes[i + 1] & 0xff) << 8
                    | (bytes[i + 2] & 0xff) << 16
                    | (bytes[i + 3] & 0xff) << 24;
            word *= MULTIPLIER;
            word ^= word >>> ROTATION;
            hash = hash * MULTIPLIER ^ word * MULTIPLIER;
        }
        if (whole < bytes.length) {
            for (int i = whole; i < bytes.length; i++) {
                hash ^= (bytes[i] & 0xff) << 8 * (i - whole);
            }
            hash *= MULTIPLIER;
        }
        hash ^= hash >>> 13;
        hash *= MULTIPLIER;
        return hash ^ hash >>> 15;
    }
}
