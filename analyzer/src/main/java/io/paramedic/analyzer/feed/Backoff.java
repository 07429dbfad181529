package io.paramedic.analyzer.feed;

import java.time.Duration;

/** How long to wait after how many failures: twice as long each time, up to a minute, and never all at the same moment. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int DOUBLINGS = 10;

    private Backoff() {}

    /**
     * @param failures in a row, from 1
     * @param chance from 0 to 1, anew each time
     * @return between half and all of the full time
     */
    static Duration after(int failures, double chance) {
        long full = Math.min(FIRST.toMillis() << Math.min(failures - 1, DOUBLINGS), LONGEST.toMillis());
        return Duration.ofMillis((long) (full * (0.5 + chance / 2)));
    }
}
