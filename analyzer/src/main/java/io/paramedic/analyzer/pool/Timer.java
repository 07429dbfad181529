package io.paramedic.analyzer.pool;

import java.time.Instant;

/**
 * When something is to be looked at again though nothing happens.
 *
 * @param due append time
 * @param id name of its entry in the memory
 */
record Timer(Instant due, String id) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
        int byTime = due.compareTo(other.due);
        return byTime != 0 ? byTime : id.compareTo(other.id);
    }
}
