package io.paramedic.analyzer.pool;

import io.paramedic.schemas.journal.Chain;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the pool as a whole.
 *
 * @param number of the next journal entry
 * @param hash of the last one
 * @param run whose ticks were read last; absent where none was
 * @param tick append time of its newest tick
 * @param close whether that tick says that the run reads the log as it grows
 * @param live whether the analyzer was live after the last event
 * @param epoch counts the times at which it became live
 * @param upRun the run for which {@code up} holds
 * @param up append time at which that run became live for the first time
 */
record Head(
        long number,
        String hash,
        @Nullable UUID run,
        @Nullable Instant tick,
        boolean close,
        boolean live,
        long epoch,
        @Nullable UUID upRun,
        @Nullable Instant up) {
    static final Head BEGIN = new Head(0, Chain.START, null, null, false, false, 0, null, null);

    Head chained(String last) {
        return new Head(number + 1, last, run, tick, close, live, epoch, upRun, up);
    }

    Head ticked(UUID by, Instant at, boolean near) {
        return new Head(number, hash, by, at, near, live, epoch, upRun, up);
    }

    Head behind() {
        return new Head(number, hash, run, tick, close, false, epoch, upRun, up);
    }

    Head live(UUID by, Instant now) {
        boolean first = !by.equals(upRun);
        return new Head(number, hash, run, tick, close, true, epoch + 1, by, first ? now : up);
    }
}
