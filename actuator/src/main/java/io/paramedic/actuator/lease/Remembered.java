package io.paramedic.actuator.lease;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/**
 * Immutable memory of things by their id, which forgets the oldest first. A month of commands is kept here, so that each step
 * shares what did not change with the one before.
 */
final class Remembered<V> {
    private record Entry<V>(long offset, Instant since, V value) {}

    private final HashPMap<UUID, Entry<V>> byId;
    private final TreePMap<Long, UUID> byOffset;

    private Remembered(HashPMap<UUID, Entry<V>> byId, TreePMap<Long, UUID> byOffset) {
        this.byId = byId;
        this.byOffset = byOffset;
    }

    static <V> Remembered<V> nothing() {
        return new Remembered<>(HashTreePMap.empty(), TreePMap.empty());
    }

    @Nullable
    V get(UUID id) {
        Entry<V> entry = byId.get(id);
        return entry == null ? null : entry.value;
    }

    boolean contains(UUID id) {
        return byId.containsKey(id);
    }

    int size() {
        return byId.size();
    }

    /** @param id not known so far */
    Remembered<V> plus(UUID id, long offset, Instant since, V value) {
        return new Remembered<>(byId.plus(id, new Entry<>(offset, since, value)), byOffset.plus(offset, id));
    }

    /** The same with another value, unless it was forgotten; its age stays. */
    Remembered<V> changed(UUID id, V value) {
        Entry<V> entry = byId.get(id);
        return entry == null
                ? this
                : new Remembered<>(byId.plus(id, new Entry<>(entry.offset, entry.since, value)), byOffset);
    }

    /** The same as if it were known from now on only. */
    Remembered<V> anew(UUID id, long offset, Instant since, V value) {
        Entry<V> entry = byId.get(id);
        return (entry == null ? this : new Remembered<>(byId, byOffset.minus(entry.offset)))
                .plus(id, offset, since, value);
    }

    Remembered<V> without(Instant before) {
        Remembered<V> kept = this;
        while (!kept.byOffset.isEmpty()) {
            Map.Entry<Long, UUID> oldest = kept.byOffset.firstEntry();
            Entry<V> entry = kept.byId.get(oldest.getValue());
            if (entry != null && !entry.since.isBefore(before)) {
                return kept;
            }
            kept = new Remembered<>(kept.byId.minus(oldest.getValue()), kept.byOffset.minusFirstEntry());
        }
        return kept;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Remembered<?> that && byId.equals(that.byId) && byOffset.equals(that.byOffset);
    }

    @Override
    public int hashCode() {
        return byOffset.hashCode();
    }
}
