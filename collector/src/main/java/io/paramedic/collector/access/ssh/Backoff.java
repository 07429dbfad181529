package io.paramedic.collector.access.ssh;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When the next attempt to connect may start. The first after a connection broke may start at once; each that fails
 * doubles the wait, up to a minute, and chance takes off up to half of it, so that many hosts that went down together
 * are not tried together. A connection that breaks within seconds counts as a failed attempt from the second time on:
 * a host that accepts and drops would else be hammered.
 *
 * @param failures attempts in a row that came to nothing
 * @param notBefore on the clock that {@code now} is read from, in nanoseconds
 */
record Backoff(int failures, long notBefore) {
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(1);
    static final Duration SETTLED = Duration.ofSeconds(10);

    static Backoff none(long now) {
        return new Backoff(0, now);
    }

    Backoff failed(long now, RandomGenerator chance) {
        return after(failures + 1, failures + 1, now, chance);
    }

    /** @param lived how long the connection was there */
    Backoff broke(long now, Duration lived, RandomGenerator chance) {
        return lived.compareTo(SETTLED) >= 0 ? none(now) : after(failures + 1, failures, now, chance);
    }

    private static Backoff after(int failures, int step, long now, RandomGenerator chance) {
        if (step == 0) {
            return new Backoff(failures, now);
        }
        long full = Math.min(LONGEST.toNanos(), FIRST.toNanos() << Math.min(step - 1, 20));
        return new Backoff(failures, now + full / 2 + (long) (chance.nextDouble() * (full / 2)));
    }

    /** How long to wait yet; zero if an attempt may start. */
    Duration remaining(long now) {
        return Duration.ofNanos(Math.max(0, notBefore - now));
    }
}
