package io.paramedic.deploy.simulation.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Where a simulated host gets its time from, so that a minute of waiting need not take a minute. */
public interface TimeSource {
    Instant now();

    /** Returns when {@code duration} of this time has passed. */
    void sleep(Duration duration) throws InterruptedException;

    /** The time of this machine. */
    static TimeSource real() {
        return scaled(1);
    }

    /**
     * Time that begins at this moment and passes {@code factor} times as fast as that of this machine.
     *
     * @throws IllegalArgumentException if the factor is not above zero
     */
    static TimeSource scaled(double factor) {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("time needs a factor above zero, not " + factor);
        }
        Instant start = Clock.systemUTC().instant();
        long startNanos = System.nanoTime();
        return new TimeSource() {
            @Override
            public Instant now() {
                return start.plusNanos((long) ((System.nanoTime() - startNanos) * factor));
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                Thread.sleep(Duration.ofNanos((long) Math.ceil(duration.toNanos() / factor)));
            }
        };
    }
}
