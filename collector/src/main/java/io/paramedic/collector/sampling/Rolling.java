package io.paramedic.collector.sampling;

import io.paramedic.schemas.identity.HostTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What was read lately, oldest first; what is older than the window goes, but three stay unless they are much older. */
final class Rolling<T> {
    private static final int KEPT = 3;
    private static final int MUCH_OLDER = 3;

    private final Duration window;
    private final Function<T, HostTime> time;
    private final List<T> kept = new ArrayList<>();

    Rolling(Duration window, Function<T, HostTime> time) {
        this.window = window;
        this.time = time;
    }

    void add(T newest) {
        kept.add(newest);
        while (kept.size() > 1 && tooOld(newest)) {
            kept.removeFirst();
        }
    }

    private boolean tooOld(T newest) {
        Duration age =
                time.apply(newest).uptime().minus(time.apply(kept.getFirst()).uptime());
        Duration most = kept.size() > KEPT ? window : window.multipliedBy(MUCH_OLDER);
        return age.compareTo(most) > 0;
    }

    List<T> all() {
        return List.copyOf(kept);
    }

    void clear() {
        kept.clear();
    }
}
