package io.paramedic.collector.watch;

import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainSignals.DeviceModel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a guest that is quiet now and active then from telling so at each look, because traffic follows trouble and not size.
 * Only what could lead to suspicion is held back, and never for long; what takes suspicion away is told at once.
 */
final class Settling {
    private static final int MOST_DOUBLINGS = 16;

    private final WatchSettings settings;
    private @Nullable Activity awaited;
    private int looks;
    private int changes;
    private Duration lastChange = Duration.ZERO;
    private int blockedLooks;
    private @Nullable String unblocked;

    Settling(WatchSettings settings) {
        this.settings = settings;
    }

    /**
     * The condition that counts.
     *
     * @param told what was said last; absent where nothing was
     */
    Condition condition(@Nullable Condition told, Condition seen, Duration uptime) {
        boolean held = told instanceof Condition.Running(Activity was)
                && was == Activity.ACTIVE
                && seen instanceof Condition.Running(Activity is)
                && (is == Activity.QUIET || is == Activity.SATURATED);
        if (!held) {
            awaited = null;
            looks = 0;
            return seen;
        }
        Activity now = ((Condition.Running) seen).activity();
        looks = now == awaited ? looks + 1 : 1;
        awaited = now;
        if (uptime.minus(lastChange).compareTo(settings.calm()) > 0) {
            changes = 0;
        }
        long needed = Math.min(
                settings.mostSettleLooks(), (long) settings.settleLooks() << Math.min(changes, MOST_DOUBLINGS));
        if (looks < needed) {
            return new Condition.Running(Activity.ACTIVE);
        }
        awaited = null;
        looks = 0;
        changes++;
        lastChange = uptime;
        return seen;
    }

    /** A device model waits for its disk now and then; only one that waits in each of several looks is told as blocked. */
    @Nullable
    DeviceModel deviceModel(@Nullable DeviceModel seen) {
        if (seen == null || !seen.blocked()) {
            blockedLooks = 0;
            unblocked = seen == null ? null : seen.state();
            return seen;
        }
        blockedLooks++;
        return unblocked == null || blockedLooks >= settings.settleLooks()
                ? seen
                : new DeviceModel(seen.pid(), unblocked, seen.exit());
    }
}
