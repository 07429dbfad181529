package io.paramedic.collector.service;

import io.paramedic.collector.sampling.SamplerSettings;
import io.paramedic.collector.watch.WatchSettings;
import java.time.Duration;

/**
 * How a collector works; the same for all its hosts.
 *
 * @param interval between two looks at a host, and so between two beats
 * @param warmUp between the looks that come before the first one that is told; without them nothing would be known of activity
 * @param warmUpLooks how many these are
 * @param alarmGap between a look and the next one that a toolstack's own news, or a request, brings about
 * @param snapshots how often the whole state is told though nobody asked
 * @param unreachableEvery so many intervals lie between two words about a host that does not answer
 * @param probing between two attempts of a probe
 * @param probeLimit how long an attempt may take; longer than the three seconds in which a kernel finds out that it does not
 *     reach a neighbour, because that is no silence of the guest
 * @param probeSilences so many attempts in a row without an answer make a silent guest
 * @param probesAtOnce attempts under way at one time, of all hosts together
 * @param configurations how often the files of xl are looked for though no domain is new
 * @param watchRetry after which a watch on xenstore that ended is begun again
 * @param acknowledgement how long Kafka may take to acknowledge what was seen before the stream is given up
 * @param stopping how long a host's work may take to end when it is given up
 * @param sampling of a host
 * @param watch what counts as a change
 */
public record CollectorSettings(
        Duration interval,
        Duration warmUp,
        int warmUpLooks,
        Duration alarmGap,
        Duration snapshots,
        int unreachableEvery,
        Duration probing,
        Duration probeLimit,
        int probeSilences,
        int probesAtOnce,
        Duration configurations,
        Duration watchRetry,
        Duration acknowledgement,
        Duration stopping,
        SamplerSettings sampling,
        WatchSettings watch) {
    public static final CollectorSettings DEFAULT = new CollectorSettings(
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            2,
            Duration.ofMillis(200),
            Duration.ofMinutes(30),
            10,
            Duration.ofSeconds(10),
            Duration.ofSeconds(4),
            3,
            64,
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            SamplerSettings.DEFAULT,
            WatchSettings.DEFAULT);

    public CollectorSettings {
        if (!interval.isPositive() || !probing.isPositive() || !probeLimit.isPositive() || !snapshots.isPositive()) {
            throw new IllegalArgumentException("intervals and limits must be above zero: " + interval + ", " + probing
                    + ", " + probeLimit + ", " + snapshots);
        }
        if (warmUpLooks < 0 || unreachableEvery < 1 || probeSilences < 2 || probesAtOnce < 1) {
            throw new IllegalArgumentException("a single silence says nothing, and something must be done at once: "
                    + warmUpLooks + ", " + unreachableEvery + ", " + probeSilences + ", " + probesAtOnce);
        }
    }

    /** The same with all intervals times a factor, for a demonstration or a test; limits on waiting stay what they are,
     * and the warm-up too: in less time xl shows no activity. */
    public CollectorSettings scaled(double factor) {
        return new CollectorSettings(
                times(interval, factor),
                warmUp,
                warmUpLooks,
                times(alarmGap, factor),
                times(snapshots, factor),
                unreachableEvery,
                times(probing, factor),
                probeLimit,
                probeSilences,
                probesAtOnce,
                times(configurations, factor),
                times(watchRetry, factor),
                acknowledgement,
                stopping,
                new SamplerSettings(
                        times(sampling.window(), factor),
                        sampling.limit(),
                        times(sampling.tree(), factor),
                        times(sampling.processes(), factor),
                        times(sampling.records(), factor),
                        times(sampling.rest(), factor)),
                new WatchSettings(
                        watch.stallPeriods(),
                        watch.stallSamples(),
                        times(watch.assumedPeriod(), factor),
                        times(watch.gap(), factor),
                        watch.settleLooks(),
                        watch.mostSettleLooks(),
                        times(watch.calm(), factor)));
    }

    private static Duration times(Duration time, double factor) {
        return Duration.ofNanos(Math.max(1_000_000, (long) (time.toNanos() * factor)));
    }
}
