package io.paramedic.actuator.service;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A time of the log that it has reached at least. A record that was read was appended before it was read, so the brokers' clock
 * is by now past its append time and all that has gone by here since. It may be later by any amount, if nothing was read for long:
 * what must not be done too late is judged again by the append time of the claim itself.
 */
final class LogClock {
    private record Seen(Instant appended, long at) {}

    private final Time time;
    private final AtomicReference<Seen> latest;

    LogClock(Time time) {
        this.time = time;
        this.latest = new AtomicReference<>(new Seen(Instant.EPOCH, time.nanos()));
    }

    /** A record of this append time was just read. */
    void saw(Instant appended) {
        long at = time.nanos();
        latest.updateAndGet(seen -> reached(seen, at).isBefore(appended) ? new Seen(appended, at) : seen);
    }

    Instant atLeast() {
        return reached(latest.get(), time.nanos());
    }

    private static Instant reached(Seen seen, long now) {
        return seen.appended.plusNanos(Math.max(0, now - seen.at));
    }
}
