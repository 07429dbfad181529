package io.paramedic.actuator.service;

import java.util.OptionalLong;
import java.util.TreeSet;

/** Which offset of a partition may be committed: that of the first record that is not finished. Not thread-safe. */
final class FinishedPrefix {
    private final TreeSet<Long> open = new TreeSet<>();
    private long next = -1;
    private long committed = -1;

    /** @param offset above those of all before */
    void delivered(long offset) {
        if (next < 0) {
            committed = offset;
        }
        open.add(offset);
        next = offset + 1;
    }

    void finished(long offset) {
        open.remove(offset);
    }

    /** Empty where nothing more is finished than what is committed. */
    OptionalLong committable() {
        long prefix = open.isEmpty() ? next : open.first();
        return prefix > committed ? OptionalLong.of(prefix) : OptionalLong.empty();
    }

    void committed(long offset) {
        committed = offset;
    }
}
