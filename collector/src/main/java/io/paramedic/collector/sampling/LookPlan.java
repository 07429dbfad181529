package io.paramedic.collector.sampling;

import java.time.Duration;

/**
 * How long one look takes.
 *
 * @param samples of the domain list at least; three are needed to tell vCPUs that are stuck from those that wait for a moment
 * @param interval between two samples
 * @param patience how long a domain whose signals are odd is watched before anything is said of it
 * @param limit for each command, connecting included
 */
public record LookPlan(int samples, Duration interval, Duration patience, Duration limit) {
    public static final LookPlan DEFAULT =
            new LookPlan(4, Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofSeconds(6));

    public LookPlan {
        if (samples < 2) {
            throw new IllegalArgumentException(
                    "one sample tells nothing of progress; at least 2 are needed, not " + samples);
        }
        if (interval.isNegative()
                || interval.isZero()
                || limit.isNegative()
                || limit.isZero()
                || patience.isNegative()) {
            throw new IllegalArgumentException("interval and limit must be above zero, patience not below: " + interval
                    + ", " + limit + ", " + patience);
        }
    }
}
