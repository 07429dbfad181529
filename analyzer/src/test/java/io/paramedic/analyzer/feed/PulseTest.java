package io.paramedic.analyzer.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.analyzer.feed.Situation.Liveness;
import io.paramedic.schemas.event.PoolEvent.Tick;
import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Permission;
import io.paramedic.schemas.topics.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** That nothing is heard is never taken for health. */
class PulseTest {
    private static final UUID RUN = new UUID(0, 1);
    private static final List<String> POOLS = List.of("north");

    private long now;
    private final Log log =
            new Log(KafkaConnection.plain("127.0.0.1:1"), "cluster", Map.of(Topic.EVENTS, 4), new Permission.MayAct());
    private final Pulse pulse = Pulse.of(log, () -> now);
    private final int north = log.partition(Topic.EVENTS, "north");

    @Test
    void atFirstItListens() {
        assertThat(pulse.of(POOLS).state()).isEqualTo(Liveness.AWAITED);
        after(Duration.ofSeconds(16));
        assertThat(pulse.of(POOLS).state()).isEqualTo(Liveness.SILENT);
    }

    @Test
    void ticksThatComeBackAreLife() {
        pulse.take(north, new Tick(north, RUN, 7, 5));
        assertThat(pulse.of(POOLS).state()).isEqualTo(Liveness.LIVE);
    }

    @Test
    void ticksThatAreNotReadBackAreABacklog() {
        pulse.take(north, new Tick(north, RUN, 7, 4));
        assertThat(pulse.of(POOLS).state()).isEqualTo(Liveness.BEHIND);
    }

    @Test
    void withoutTicksItIsBehindAndThenSilent() {
        pulse.take(north, new Tick(north, RUN, 7, 6));
        after(Duration.ofSeconds(5));
        assertThat(pulse.of(POOLS).state()).isEqualTo(Liveness.BEHIND);
        after(Duration.ofSeconds(11));
        assertThat(pulse.of(POOLS).state()).isEqualTo(Liveness.SILENT);
    }

    @Test
    void onePoolThatNobodyDecidesForIsNamed() {
        String other = "south";
        for (int number = 0; log.partition(Topic.EVENTS, other) == north; number++) {
            other = "south-" + number;
        }
        after(Duration.ofSeconds(20));
        pulse.take(north, new Tick(north, RUN, 7, 6));
        Situation.Analyzer both = pulse.of(List.of("north", other));
        assertThat(both.state()).isEqualTo(Liveness.SILENT);
        assertThat(both.sentence()).contains("for " + other + ".").doesNotContain("north");
    }

    private void after(Duration time) {
        now += time.toNanos();
    }
}
