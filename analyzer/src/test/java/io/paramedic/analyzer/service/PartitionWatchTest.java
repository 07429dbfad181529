package io.paramedic.analyzer.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.event.PoolEvent.Tick;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When a tick is sent, and what it says. */
class PartitionWatchTest {
    private static final UUID RUN = new UUID(1, 2);

    private final PartitionWatch watch = new PartitionWatch(3, RUN);

    @Test
    void aPartitionThatIsNotOursGetsNoTick() {
        assertThat(watch.tick()).isEmpty();

        watch.assigned(Instant.EPOCH);
        assertThat(watch.tick()).hasValue(new Tick(3, RUN, 0, -1));
        watch.tickWritten();

        watch.unassigned();
        assertThat(watch.tick()).isEmpty();
    }

    @Test
    void eachTickSaysHowFarTheRunHasReadItsOwn() {
        watch.assigned(Instant.EPOCH);
        Tick first = written();
        Tick second = written();
        watch.read(first);
        watch.read(second);
        watch.read(first);

        assertThat(written()).isEqualTo(new Tick(3, RUN, 2, 1));
    }

    @Test
    void noTickIsSentWhileOneIsUnderWay() {
        watch.assigned(Instant.EPOCH);
        assertThat(watch.tick()).isPresent();
        assertThat(watch.tick()).isEmpty();

        watch.tickWritten();
        assertThat(watch.tick()).isPresent();
    }

    @Test
    void behindABacklogTicksBecomeSeldomButNeverEnd() {
        watch.assigned(Instant.EPOCH);
        for (int i = 0; i < PartitionWatch.MOST_UNREAD; i++) {
            written();
        }

        for (int round = 0; round < 3; round++) {
            for (int i = 1; i < PartitionWatch.SELDOM; i++) {
                assertThat(watch.tick()).isEmpty();
            }
            written();
        }
    }

    @Test
    void ticksThatAnotherReadInBetweenHoldNothingUp() {
        watch.assigned(Instant.EPOCH);
        for (int i = 0; i < PartitionWatch.MOST_UNREAD; i++) {
            written();
        }
        watch.unassigned();

        watch.assigned(Instant.EPOCH);

        assertThat(written()).isEqualTo(new Tick(3, RUN, PartitionWatch.MOST_UNREAD, -1));
    }

    @Test
    void aPartitionThatHasStoppedGetsNoTick() {
        watch.assigned(Instant.EPOCH);
        watch.stop("a bug");

        assertThat(watch.tick()).isEmpty();
        assertThat(watch.metrics(OptionalLong.of(7)).stopped()).hasValue("a bug");
    }

    @Test
    void aTickThatWasNeverSentIsNotReadBack() {
        watch.assigned(Instant.EPOCH);
        watch.read(new Tick(3, RUN, 1_000, 999));

        assertThat(written()).isEqualTo(new Tick(3, RUN, 0, -1));
    }

    @Test
    void onlyTheFirstEventIsHeld() {
        watch.hold(5);
        watch.hold(6);

        assertThat(watch.heldAt()).hasValue(5);
    }

    private Tick written() {
        Tick tick = watch.tick().orElseThrow();
        watch.tickWritten();
        return tick;
    }
}
