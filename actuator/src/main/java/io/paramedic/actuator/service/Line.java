package io.paramedic.actuator.service;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One record as it stands on a topic. */
record Line(int partition, long offset, Instant appended, byte @Nullable [] key, byte @Nullable [] value) {
    private static final byte[] NOTHING = {};

    /** The bytes to decode; a record without a value has none, and no message of a topic is empty. */
    byte[] bytes() {
        return value == null ? NOTHING : value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Line that
                && partition == that.partition
                && offset == that.offset
                && appended.equals(that.appended)
                && Arrays.equals(key, that.key)
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(offset) * 31 + partition;
    }
}
