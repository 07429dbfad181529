package io.paramedic.collector.access.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BackoffTest {
    private static final long NOW = 1_000_000;

    @Property
    void waitsTwiceAsLongEachTimeButNoLongerThanAMinute(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int times) {
        RandomGenerator chance = new SplittableRandom(seed);
        Backoff backoff = Backoff.none(NOW);
        for (int i = 0; i < times; i++) {
            backoff = backoff.failed(NOW, chance);
        }

        long full = times > 6 ? 60_000 : Math.min(60_000, 1000L << (times - 1));
        assertThat(backoff.remaining(NOW)).isBetween(Duration.ofMillis(full / 2), Duration.ofMillis(full));
        assertThat(backoff.remaining(NOW + Duration.ofMillis(full).toNanos())).isZero();
    }

    @Property
    void triesAtOnceAfterAConnectionThatHeld(@ForAll long seed, @ForAll @IntRange(min = 0, max = 50) int failures) {
        Backoff backoff = new Backoff(failures, NOW).broke(NOW, Backoff.SETTLED, new SplittableRandom(seed));

        assertThat(backoff).isEqualTo(Backoff.none(NOW));
    }

    @Property
    void triesAtOnceOnceAfterAConnectionThatBrokeSoonAndThenWaits(
            @ForAll long seed, @ForAll @LongRange(min = 0, max = 9999) long lived) {
        RandomGenerator chance = new SplittableRandom(seed);

        Backoff once = Backoff.none(NOW).broke(NOW, Duration.ofMillis(lived), chance);
        Backoff twice = once.broke(NOW, Duration.ofMillis(lived), chance);

        assertThat(once.remaining(NOW)).isZero();
        assertThat(twice.remaining(NOW)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }
}
