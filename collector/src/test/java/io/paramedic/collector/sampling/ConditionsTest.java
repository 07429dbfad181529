package io.paramedic.collector.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.dialect.XenState;
import io.paramedic.collector.dialect.XlListRow;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.ShutdownReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final Duration WINDOW = Duration.ofMillis(1500);

    /** Samples of a domain with two vCPUs; each is the flags and the seconds of CPU time that xl prints. */
    private static Condition reduce(Object... flagsAndSeconds) {
        List<DomainSample> samples = new ArrayList<>();
        for (int i = 0; i < flagsAndSeconds.length; i += 2) {
            samples.add(sample((String) flagsAndSeconds[i], (Double) flagsAndSeconds[i + 1]));
        }
        return Conditions.reduce(samples, WINDOW);
    }

    private static DomainSample sample(String flags, double seconds) {
        XenState state = new XenState(
                flags.charAt(0) == 'r',
                flags.charAt(1) == 'b',
                flags.charAt(2) == 'p',
                flags.charAt(3) == 's',
                flags.charAt(4) == 'c' ? ShutdownReason.CRASH : null,
                flags.charAt(5) == 'd',
                flags);
        return Objects.requireNonNull(DomainSample.of(new XlListRow(
                "web", 5, 4096, 2, state, Duration.ofMillis(Math.round(seconds * 1000)), new UUID(7, 5), null)));
    }

    private static Condition running(Activity activity) {
        return new Condition.Running(activity);
    }

    @Test
    void oneSampleTellsNothingOfProgress() {
        assertThat(reduce("------", 10.0)).isEqualTo(running(Activity.UNDETERMINED));
    }

    @Test
    void asleepWithoutUsingTimeIsQuiet() {
        assertThat(reduce("-b----", 10.0, "-b----", 10.0, "-b----", 10.0)).isEqualTo(running(Activity.QUIET));
    }

    @Test
    void oneStepOfTheClockIsStillQuiet() {
        assertThat(reduce("-b----", 10.0, "r-----", 10.1)).isEqualTo(running(Activity.QUIET));
    }

    @Test
    void someTimeIsActive() {
        assertThat(reduce("-b----", 10.0, "r-----", 11.5)).isEqualTo(running(Activity.ACTIVE));
    }

    @Test
    void allTheTimeOfAllVcpusIsSaturated() {
        assertThat(reduce("r-----", 10.0, "r-----", 12.9)).isEqualTo(running(Activity.SATURATED));
    }

    @Test
    void neitherRunningNorBlockedOnThreeSamplesIsStuckInXen() {
        assertThat(reduce("------", 10.0, "------", 10.0, "------", 10.0)).isEqualTo(running(Activity.STUCK_IN_XEN));
    }

    @Test
    void neitherRunningNorBlockedOnTwoSamplesIsAMoment() {
        assertThat(reduce("------", 10.0, "------", 10.0)).isEqualTo(running(Activity.QUIET));
    }

    @Test
    void oneSampleAsleepIsNotStuck() {
        assertThat(reduce("------", 10.0, "-b----", 10.0, "------", 10.0)).isEqualTo(running(Activity.QUIET));
    }

    @Test
    void anyProgressIsNotStuck() {
        assertThat(reduce("------", 10.0, "------", 10.1, "------", 10.1)).isNotEqualTo(running(Activity.STUCK_IN_XEN));
    }

    @Test
    void aClockTooCoarseToShowTheWindowTellsNothing() {
        // From 2^24 tenths on, xl's float prints steps of two seconds and more.
        assertThat(reduce("------", 30_000_000.0, "------", 30_000_000.0, "------", 30_000_000.0))
                .isEqualTo(running(Activity.UNDETERMINED));
    }

    @Test
    void dyingOutweighsEverythingElse() {
        assertThat(reduce("-b----", 10.0, "--pscd", 10.0)).isEqualTo(new Condition.Dying());
    }

    @Test
    void aCrashThatIsPausedTooIsACrash() {
        assertThat(reduce("--psc-", 10.0, "--psc-", 10.0))
                .isEqualTo(new Condition.ShutDown(ShutdownReason.CRASH, true));
    }

    @Test
    void pausedIsPaused() {
        assertThat(reduce("--p---", 10.0, "-bp---", 10.0)).isEqualTo(new Condition.Paused());
    }
}
