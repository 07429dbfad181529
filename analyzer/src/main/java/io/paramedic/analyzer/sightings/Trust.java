package io.paramedic.analyzer.sightings;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is known of a host is complete.
 *
 * @param level how far
 * @param why for people
 * @param asked append time at which a snapshot was last asked for; absent where it was not
 * @param asks how often in a row
 */
public record Trust(Level level, String why, @Nullable Instant asked, int asks) {
    public enum Level {
        /** Nothing was heard yet. */
        AWAITED,
        /** Complete. */
        TRUSTED,
        /** Something is missing or contradictory. */
        DOUBTED
    }

    static final Trust NONE = new Trust(Level.AWAITED, "nothing was heard of it yet", null, 0);

    public static Trust doubted(Trust before, String why) {
        return new Trust(Level.DOUBTED, why, before.asked, before.asks);
    }

    public static Trust complete() {
        return new Trust(Level.TRUSTED, "its state is complete and each beat confirms it", null, 0);
    }

    public Trust askedAt(Instant now) {
        return new Trust(level, why, now, asks + 1);
    }

    public boolean trusted() {
        return level == Level.TRUSTED;
    }
}
