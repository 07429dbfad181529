package io.paramedic.collector.watch;

import java.time.Duration;

/**
 * What counts as a change. Times are host uptime.
 *
 * @param stallPeriods so many of its own longest usual periods a sign of life must stand still to be called stalled
 * @param stallSamples and in at least so many samples
 * @param assumedPeriod of a configured sign of life that was never seen to move
 * @param gap between two samples after which a period is not measured any more
 * @param settleLooks so many looks an active guest must be quiet or saturated before that is told
 * @param mostSettleLooks to so many looks that grows for a guest that keeps changing; each change doubles it
 * @param calm after so long without a change it is as at first
 */
public record WatchSettings(
        int stallPeriods,
        int stallSamples,
        Duration assumedPeriod,
        Duration gap,
        int settleLooks,
        int mostSettleLooks,
        Duration calm) {
    public static final WatchSettings DEFAULT =
            new WatchSettings(4, 3, Duration.ofSeconds(15), Duration.ofSeconds(30), 3, 24, Duration.ofMinutes(10));

    public WatchSettings {
        if (stallPeriods < 2 || stallSamples < 3) {
            throw new IllegalArgumentException(
                    "a sign of life has stalled after 2 periods and 3 samples at the least, not " + stallPeriods
                            + " and " + stallSamples);
        }
        if (settleLooks < 1 || mostSettleLooks < settleLooks) {
            throw new IllegalArgumentException(
                    "settling takes 1 look at the least: " + settleLooks + " to " + mostSettleLooks);
        }
    }
}
