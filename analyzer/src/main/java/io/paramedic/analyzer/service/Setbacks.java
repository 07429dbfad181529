package io.paramedic.analyzer.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Decides how often a stream thread that failed is replaced before the service counts as failed. */
final class Setbacks {
    private static final int MOST = 5;
    private static final Duration WITHIN = Duration.ofMinutes(10);

    private final Deque<Instant> failures = new ArrayDeque<>();

    /** Whether to try again after a failure at this time. */
    synchronized boolean tryAgain(Instant at) {
        failures.removeIf(earlier -> earlier.isBefore(at.minus(WITHIN)));
        failures.add(at);
        return failures.size() <= MOST;
    }
}
