package io.paramedic.analyzer.service;

import io.paramedic.schemas.event.PoolEvent.Tick;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of one partition of events while it lives: its ticks, its counters, and whether it has stopped.
 * Thread-safe: the partition's stream thread, the ticker and whoever asks for metrics meet here.
 */
final class PartitionWatch {
    /** Ticks that may stand unread; a backlog of hours must not be made longer by the ticks that wait behind it. */
    static final int MOST_UNREAD = 5;

    /** With as many unread, one tick goes out for so many that were due; enough to notice that the backlog is over. */
    static final int SELDOM = 10;

    private final int partition;
    private final UUID run;

    private boolean assigned;
    private long next;
    private long lastRead = -1;
    private long firstOfAssignment;
    private boolean underWay;
    private int leftOut;

    private long events;
    private long decisions;
    private long commands;
    private long quarantined;
    private Instant now = Instant.EPOCH;

    private @Nullable String stopped;
    private OptionalLong heldAt = OptionalLong.empty();

    PartitionWatch(int partition, UUID run) {
        this.partition = partition;
        this.run = run;
    }

    /** The partition is ours, restored and about to be read; what stopped it before is tried again. */
    synchronized void assigned(Instant restored) {
        assigned = true;
        // What was sent before may have been read by whoever had the partition in between.
        firstOfAssignment = next;
        leftOut = 0;
        now = restored;
        stopped = null;
        heldAt = OptionalLong.empty();
    }

    synchronized void unassigned() {
        assigned = false;
    }

    /** Nothing of this partition is read or committed any more until it is assigned anew. */
    synchronized void stop(String why) {
        stopped = why;
    }

    /** Where reading is to go on after a stop: the first event that was given afterwards, or the one that caused it. */
    synchronized void hold(long offset) {
        if (heldAt.isEmpty()) {
            heldAt = OptionalLong.of(offset);
        }
    }

    synchronized boolean isStopped() {
        return stopped != null;
    }

    /** The offset beyond which nothing may be committed. */
    synchronized OptionalLong heldAt() {
        return heldAt;
    }

    /** The tick that is due now, if there is to be one; {@link #tickWritten} must follow. */
    synchronized Optional<Tick> tick() {
        if (!assigned || stopped != null || underWay) {
            return Optional.empty();
        }
        long unread = next - Math.max(lastRead + 1, firstOfAssignment);
        if (unread >= MOST_UNREAD && ++leftOut < SELDOM) {
            return Optional.empty();
        }
        leftOut = 0;
        underWay = true;
        return Optional.of(new Tick(partition, run, next++, lastRead));
    }

    /** The last tick is on the log, or it is known that nobody knows. */
    synchronized void tickWritten() {
        underWay = false;
    }

    synchronized void read(Tick tick) {
        if (tick.analyzer().equals(run) && tick.number() < next) {
            lastRead = Math.max(lastRead, tick.number());
        }
    }

    synchronized void passed(Instant time) {
        events++;
        now = time;
    }

    synchronized void decided(Outgoing outgoing) {
        switch (outgoing.topic()) {
            case JOURNAL -> decisions++;
            case COMMANDS -> commands++;
            case QUARANTINE -> quarantined++;
            case INCIDENTS, OVERVIEW, REQUESTS, INVENTORY, EVENTS, LEASES -> {}
        }
    }

    /** @param lag as the consumer has it */
    synchronized AnalyzerMetrics.Partition metrics(OptionalLong lag) {
        boolean live = assigned && stopped == null && lastRead >= 0 && next - 1 - lastRead <= 2;
        // Of a partition that another analyzer has now, that one speaks.
        Optional<String> why = assigned ? Optional.ofNullable(stopped) : Optional.empty();
        return new AnalyzerMetrics.Partition(assigned, live, lag, now, events, decisions, commands, quarantined, why);
    }
}
