package io.paramedic.analyzer.service;

import io.paramedic.schemas.wire.Codec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What a partition keeps over restarts: the entries of its pools, and how far it has read. Kafka writes both, the effects and
 * the offset in one transaction.
 */
final class Memory {
    /** Between the pool, which has no control character, and the name of the entry. */
    private static final char SEPARATOR = '\0';

    /** No pool's name is empty, so this is no entry of any. */
    private static final String PLACE = SEPARATOR + "place";

    private final KeyValueStore<String, byte[]> store;

    Memory(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    /**
     * How far the partition has been read.
     *
     * @param offset of the last event; -1 for none
     * @param now the greatest append time so far
     */
    record Place(long offset, Instant now) {
        static final Place START = new Place(-1, Instant.EPOCH);

        Place after(long read, Instant appended) {
            return new Place(read, appended.isAfter(now) ? appended : now);
        }

        /**
         * Whether the event is in the state already. Kafka forgets a group's offsets after days without it and begins anew;
         * the state does not forget. An event that was appended later and has a smaller offset is of a topic that was
         * deleted and created again.
         */
        boolean contains(long read, Instant appended) {
            return read <= offset && !appended.isAfter(now);
        }
    }

    Place place() {
        byte[] bytes = store.get(PLACE);
        if (bytes == null) {
            return Place.START;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Place(buffer.getLong(), Instant.ofEpochMilli(buffer.getLong()));
    }

    void keep(Place place) {
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(place.offset())
                .putLong(place.now().toEpochMilli())
                .array();
        store.put(PLACE, bytes);
    }

    /** All entries by pool, in the order of the pools' names. */
    Map<String, Map<String, byte[]>> entries() {
        Map<String, Map<String, byte[]>> pools = new TreeMap<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                int separator = entry.key.indexOf(SEPARATOR);
                if (separator > 0) {
                    pools.computeIfAbsent(entry.key.substring(0, separator), _ -> new HashMap<>())
                            .put(entry.key.substring(separator + 1), entry.value);
                }
            }
        }
        return pools;
    }

    /** Refuses what Kafka would refuse later, when half of it is written. */
    static void requireFits(Map<String, byte @Nullable []> entries) {
        entries.forEach((name, value) -> {
            if (value != null && value.length > Codec.MAX_BYTES) {
                throw new IllegalArgumentException("the entry " + name + " of the pool's memory has " + value.length
                        + " bytes, more than " + Codec.MAX_BYTES);
            }
        });
    }

    void keep(String pool, Map<String, byte @Nullable []> entries) {
        entries.forEach((name, value) -> {
            String key = pool + SEPARATOR + name;
            if (value == null) {
                store.delete(key);
            } else {
                store.put(key, value);
            }
        });
    }
}
