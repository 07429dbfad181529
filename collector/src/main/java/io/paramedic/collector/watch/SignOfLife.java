package io.paramedic.collector.watch;

import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Follows one node that a guest keeps changing. It moves as soon as it was seen to change; it has stalled when it stood still
 * for a number of its own usual periods. One that was never seen to change tells nothing, unless a person said that it must
 * change: a guest may have left it behind.
 */
final class SignOfLife {
    private static final int PERIODS_KEPT = 8;

    private final WatchSettings settings;
    private final String path;
    private final boolean promised;
    private final Deque<Duration> periods = new ArrayDeque<>();
    private String before;
    private String value;
    private Duration changed;
    private Duration sampled;
    private Duration watched = Duration.ZERO;
    private int unchanged;
    private boolean moved;
    private boolean measurable;

    /**
     * @param path below the domain
     * @param promised whether a person said that it must keep changing
     * @param uptime of the host at the first sample
     */
    SignOfLife(WatchSettings settings, String path, boolean promised, String value, Duration uptime) {
        this.settings = settings;
        this.path = path;
        this.promised = promised;
        this.before = value;
        this.value = value;
        this.changed = uptime;
        this.sampled = uptime;
    }

    String path() {
        return path;
    }

    /** Takes a sample of a running guest. */
    void sample(String now, Duration uptime) {
        if (uptime.minus(sampled).compareTo(settings.gap()) > 0) {
            restart(uptime);
        }
        if (now.equals(value)) {
            unchanged++;
        } else {
            if (measurable) {
                periods.addLast(uptime.minus(changed));
                if (periods.size() > PERIODS_KEPT) {
                    periods.removeFirst();
                }
            }
            before = value;
            value = now;
            watched = uptime.minus(sampled);
            changed = uptime;
            unchanged = 0;
            moved = true;
            measurable = true;
        }
        sampled = uptime;
    }

    /** Nothing is expected of a guest that does not run; when it runs again, its time begins anew. */
    void rest(String now, Duration uptime) {
        value = now;
        restart(uptime);
        sampled = uptime;
    }

    private void restart(Duration uptime) {
        changed = uptime;
        unchanged = 0;
        measurable = false;
    }

    /** What can be said now; empty where that is nothing. */
    Optional<Heartbeat> told() {
        if (!moved && !promised) {
            return Optional.empty();
        }
        if (stalled()) {
            return Optional.of(new Heartbeat(path, value, value, sampled.minus(changed)));
        }
        return moved && !before.equals(value)
                ? Optional.of(new Heartbeat(path, before, value, watched))
                : Optional.empty();
    }

    private boolean stalled() {
        Duration longest = periods.stream().max(Duration::compareTo).orElse(settings.assumedPeriod());
        return unchanged >= settings.stallSamples()
                && sampled.minus(changed).compareTo(longest.multipliedBy(settings.stallPeriods())) >= 0;
    }
}
