package io.paramedic.analyzer.policy;

import java.time.Duration;

/** Divides times for demonstrations. */
final class Scaled {
    private static final Duration FLOOR = Duration.ofSeconds(1);

    private Scaled() {}

    static Duration time(Duration time, double factor) {
        return time(time, factor, FLOOR);
    }

    /** To the millisecond; not below the floor, and never longer than it was. */
    static Duration time(Duration time, double factor, Duration floor) {
        Duration divided = Duration.ofMillis(Math.round(time.toMillis() / factor));
        Duration lowest = time.compareTo(floor) < 0 ? time : floor;
        return divided.compareTo(lowest) < 0 ? lowest : divided;
    }
}
