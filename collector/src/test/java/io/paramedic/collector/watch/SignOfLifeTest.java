package io.paramedic.collector.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignOfLifeTest {
    private static Duration s(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static SignOfLife life(boolean promised) {
        return new SignOfLife(WatchSettings.DEFAULT, "data/heartbeat", promised, "0", s(0));
    }

    private static SignOfLife beating(int everySeconds, int until) {
        SignOfLife life = life(false);
        for (int t = 5; t <= until; t += 5) {
            life.sample(Integer.toString(t / everySeconds), s(t));
        }
        return life;
    }

    @Test
    void movesAsSoonAsItWasSeenToChange() {
        SignOfLife life = life(false);
        assertThat(life.told()).isEmpty();
        life.sample("1", s(5));
        assertThat(life.told()).get().matches(Heartbeat::moved);
    }

    @Test
    void stallsAfterItsOwnUsualPeriodsAndNotBefore() {
        SignOfLife life = beating(5, 60);
        for (int t = 65; t < 80; t += 5) {
            life.sample("12", s(t));
            assertThat(life.told()).get().matches(Heartbeat::moved);
        }
        life.sample("12", s(80));
        assertThat(life.told()).contains(new Heartbeat("data/heartbeat", "12", "12", s(20)));
    }

    @Test
    void aSlowHeartbeatIsGivenItsTime() {
        SignOfLife life = beating(30, 120);
        for (int t = 125; t < 240; t += 5) {
            life.sample("4", s(t));
            assertThat(life.told()).as("after %d s", t - 120).get().matches(Heartbeat::moved);
        }
        life.sample("4", s(240));
        assertThat(life.told()).get().matches(beat -> !beat.moved());
    }

    @Test
    void whatNeverMovedTellsNothing() {
        SignOfLife life = life(false);
        for (int t = 5; t < 600; t += 5) {
            life.sample("0", s(t));
        }
        assertThat(life.told()).isEmpty();
    }

    @Test
    void whatAPersonPromisedToMoveAndNeverMovedHasStalled() {
        SignOfLife life = life(true);
        for (int t = 5; t <= 60; t += 5) {
            life.sample("0", s(t));
        }
        assertThat(life.told()).get().matches(beat -> !beat.moved());
    }

    @Test
    void whileAGuestIsPausedNothingIsExpectedOfIt() {
        SignOfLife life = beating(5, 60);
        for (int t = 65; t < 600; t += 5) {
            life.rest("12", s(t));
        }
        life.sample("12", s(600));
        assertThat(life.told()).isNotEmpty().get().matches(Heartbeat::moved);
    }

    @Test
    void aTimeWithoutSamplesIsNoStandstill() {
        SignOfLife life = beating(5, 60);
        life.sample("12", s(6000));
        life.sample("12", s(6005));
        assertThat(life.told()).get().matches(Heartbeat::moved);
    }

    @Test
    void aTimeWithoutSamplesIsNoUsualPeriod() {
        SignOfLife life = beating(5, 60);
        life.sample("900", s(6000));
        life.sample("901", s(6005));
        for (int t = 6010; t <= 6025; t += 5) {
            life.sample("901", s(t));
        }
        assertThat(life.told()).get().matches(beat -> !beat.moved());
    }
}
