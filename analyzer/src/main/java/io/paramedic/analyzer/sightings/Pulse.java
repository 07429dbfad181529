package io.paramedic.analyzer.sightings;

import io.paramedic.schemas.event.Sighting;
import io.paramedic.schemas.event.Sighting.HostBeat;
import io.paramedic.schemas.event.Sighting.HostEvent;
import io.paramedic.schemas.identity.HostTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How regularly a host is seen.
 *
 * @param time the host's own at its last sample; absent while there was none
 * @param heard append time of the last sample
 * @param interval between two samples as it was learnt
 * @param floor host uptime from which on it was watched without a gap and while the analyzer was live; absent until the next
 *     sample tells it
 * @param epoch in which of the analyzer's live times the floor was set
 * @param took how long the tool that lists domains took at the last beat
 * @param unreachable why the host does not answer its collector; absent while it does
 */
public record Pulse(
        @Nullable HostTime time,
        @Nullable Instant heard,
        Duration interval,
        @Nullable Duration floor,
        long epoch,
        Duration took,
        @Nullable String unreachable) {
    /** Taken for the distance of two samples until it was learnt. */
    public static final Duration FIRST_INTERVAL = Duration.ofSeconds(5);
    /** A longer time between two samples than this many intervals is a gap in the watch. */
    public static final int MISSED = 3;

    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);
    private static final Duration SLACK = Duration.ofSeconds(1);

    static final Pulse NONE = new Pulse(null, null, FIRST_INTERVAL, null, -1, Duration.ZERO, null);

    /** The distance beyond which samples no longer make one unbroken watch. */
    public Duration patience() {
        return interval.multipliedBy(MISSED).plus(SLACK);
    }

    /** After a sample of the same boot, or the first one. What a host says of itself is no look at its domains. */
    Pulse after(Sighting.Sample sample, Instant appended) {
        HostTime now = sample.time();
        if (time == null || !time.bootId().equals(now.bootId())) {
            return new Pulse(now, appended, FIRST_INTERVAL, null, -1, Duration.ZERO, null);
        }
        if (sample instanceof HostEvent) {
            return this;
        }
        Duration step = now.uptime().minus(time.uptime());
        boolean broken = step.isNegative() || step.compareTo(patience()) > 0 || unreachable != null;
        Duration latency = sample instanceof HostBeat beat ? beat.toolstackTook() : took;
        Duration learnt = sample instanceof HostBeat && step.isPositive() ? smoothed(step) : interval;
        return new Pulse(now, appended, learnt, broken ? null : floor, broken ? -1 : epoch, latency, null);
    }

    /** The floor begins anew with the next sample that is taken while the analyzer is live. */
    Pulse broken() {
        return new Pulse(time, heard, interval, null, -1, took, unreachable);
    }

    /** Watched from the last sample on. */
    public Pulse watchedFrom(long liveEpoch) {
        return new Pulse(time, heard, interval, time == null ? null : time.uptime(), liveEpoch, took, unreachable);
    }

    Pulse silent(String why) {
        return new Pulse(time, heard, interval, null, -1, took, why);
    }

    /** Host uptime of the last sample. */
    public Duration uptime() {
        return time == null ? Duration.ZERO : time.uptime();
    }

    private Duration smoothed(Duration step) {
        Duration learnt = interval.multipliedBy(3).plus(step).dividedBy(4);
        return learnt.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : learnt;
    }
}
