package io.paramedic.analyzer.feed;

import io.paramedic.schemas.identity.Names;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of the feed.
 *
 * @param pool whose decisions alone it wants; absent for all
 * @param partition of the journal that holds that pool; absent for all
 * @param state whether it also wants to hear of each change of an incident and a host, as the page does
 * @param from where to begin
 */
record Wish(@Nullable String pool, @Nullable Integer partition, boolean state, Start from) {
    sealed interface Start {
        /** With a snapshot of now. */
        record Now() implements Start {}

        /** With the oldest decision that is retained. */
        record Beginning() implements Start {}

        /** Right after what an earlier connection was told. @param at by partition; 0 where it does not matter */
        @SuppressWarnings("ArrayRecordComponent") // Never compared.
        record After(long[] at) implements Start {}

        /** What it gave cannot be resumed. */
        record Lost(String why) implements Start {}
    }

    /**
     * @param id that the client gave back; absent or empty where it comes for the first time
     * @param partitions of the journal
     * @param tag of this journal
     */
    static Start start(@Nullable String id, @Nullable Integer partition, int partitions, String tag) {
        if (id == null || id.isBlank()) {
            return new Start.Now();
        }
        if (id.equals("beginning")) {
            return new Start.Beginning();
        }
        Optional<Cursor> parsed = Cursor.parse(id.strip());
        if (parsed.isEmpty()) {
            return new Start.Lost("the id is none of this feed");
        }
        Cursor cursor = parsed.get();
        if (!cursor.log().equals(tag)) {
            return new Start.Lost("the id is of another log");
        }
        long[] at = new long[partitions];
        for (int one = 0; one < partitions; one++) {
            Long next = cursor.next().get(one);
            if (next != null) {
                at[one] = next;
            } else if (partition == null || partition == one) {
                return new Start.Lost("the id is of a feed of fewer pools and does not say where the others stood");
            }
        }
        return new Start.After(at);
    }

    boolean wants(String other) {
        return pool == null || pool.equals(other);
    }

    /** Whether a partition of the journal has anything for this client. */
    boolean follows(int other) {
        return partition == null || partition == other;
    }

    /** @throws IllegalArgumentException where it cannot be the name of a pool */
    static void requirePool(String name) {
        Names.requirePool(name);
    }
}
