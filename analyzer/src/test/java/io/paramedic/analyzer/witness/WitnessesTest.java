package io.paramedic.analyzer.witness;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals;
import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult.Answer;
import io.paramedic.schemas.observation.DomainType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each channel says, and what they say together. */
class WitnessesTest {
    private static final Duration HUNG = Duration.ofMinutes(2);
    private static final Duration START = Duration.ofHours(1);

    private Vitals vitals = Vitals.begin(START);
    private Duration uptime = START;
    private Duration floor = START;
    private DomainObservation last = guest(Activity.ACTIVE, null);
    private boolean xenstore = true;
    private boolean toolstack = true;
    private boolean network = true;

    private void seen(Duration later, Activity activity, @Nullable Boolean beats, ProbeResult... probes) {
        uptime = uptime.plus(later);
        last = guest(activity, beats, probes);
        vitals = vitals.after(last, uptime);
    }

    private void passes(Duration time) {
        uptime = uptime.plus(time);
    }

    private Witnesses witnesses() {
        return Witnesses.of(
                last, vitals, new Circumstances(uptime, floor, HUNG, Duration.ofDays(1), xenstore, toolstack, network));
    }

    private static DomainObservation guest(Activity activity, @Nullable Boolean beats, ProbeResult... probes) {
        Heartbeat beat =
                beats == null ? null : new Heartbeat("data/heartbeat", "1", beats ? "2" : "1", Duration.ofSeconds(10));
        return new DomainObservation(
                5,
                new UUID(7, 5),
                "web",
                DomainType.PV,
                "test",
                2,
                512,
                0,
                new Condition.Running(activity),
                List.of(),
                Duration.ofHours(1),
                Duration.ZERO,
                Duration.ofMillis(100),
                new DomainSignals(true, beat, null, null, null, null, null, null, List.of(), List.of(probes), null));
    }

    private static ProbeResult probe(boolean learnt, Answer answer) {
        return new ProbeResult("tcp 10.0.0.5:22", learnt, answer, "any");
    }

    @Test
    void twoSilencesThatPersistAreAHang() {
        seen(Duration.ZERO, Activity.ACTIVE, true, probe(false, Answer.ANSWERS));
        seen(Duration.ofMinutes(10), Activity.ACTIVE, false, probe(false, Answer.SILENT));
        passes(Duration.ofSeconds(119));
        assertThat(witnesses().hung(HUNG)).isFalse();
        passes(Duration.ofSeconds(1));

        assertThat(witnesses().hung(HUNG)).isTrue();
    }

    @Test
    void anySignOfLifeOutweighsEverySilence() {
        seen(Duration.ZERO, Activity.ACTIVE, true, probe(false, Answer.ANSWERS));
        seen(Duration.ofMinutes(10), Activity.SATURATED, false, probe(false, Answer.ANSWERS));
        passes(Duration.ofHours(1));

        assertThat(witnesses().hung(HUNG)).isFalse();
        assertThat(witnesses().alive()).isTrue();
    }

    @Test
    void anIdleGuestIsNoWitnessAgainstItself() {
        seen(Duration.ZERO, Activity.QUIET, null);
        passes(Duration.ofDays(1));

        assertThat(witnesses().voices()).noneMatch(voice -> voice.says() == Voice.Says.SILENT);
        assertThat(witnesses().able()).isEmpty();
    }

    @Test
    void aGuestThatNeverSleptSoLongTestifiesWhenItDoes() {
        seen(Duration.ZERO, Activity.ACTIVE, true);
        seen(Duration.ofMinutes(10), Activity.QUIET, false);
        passes(HUNG);

        assertThat(witnesses().able()).containsExactly("vcpu", "heartbeat");
        assertThat(witnesses().hung(HUNG)).isTrue();
    }

    @Test
    void aGuestThatSleptAsLongBeforeDoesNotTestify() {
        seen(Duration.ZERO, Activity.QUIET, true);
        seen(Duration.ofMinutes(5), Activity.ACTIVE, true);
        seen(Duration.ofMinutes(10), Activity.QUIET, false);
        passes(HUNG);

        assertThat(witnesses().hung(HUNG)).isFalse();
    }

    @Test
    void aHeartbeatThatNeverMovedInThisLifeSaysNothing() {
        seen(Duration.ZERO, Activity.SATURATED, false);
        passes(Duration.ofHours(1));

        assertThat(witnesses().hung(HUNG)).isFalse();
    }

    @Test
    void aProbeThatNeverAnsweredInThisLifeSaysNothing() {
        seen(Duration.ZERO, Activity.SATURATED, null, probe(false, Answer.SILENT));
        passes(Duration.ofHours(1));

        assertThat(witnesses().hung(HUNG)).isFalse();
    }

    @Test
    void aLearntProbeMeansSomethingOnlyAfterItAnsweredForADay() {
        seen(Duration.ZERO, Activity.ACTIVE, null, probe(true, Answer.ANSWERS));
        seen(Duration.ofHours(23), Activity.SATURATED, null, probe(true, Answer.SILENT));
        passes(HUNG);
        assertThat(witnesses().hung(HUNG)).isFalse();
        seen(Duration.ofSeconds(-60), Activity.ACTIVE, null, probe(true, Answer.ANSWERS));
        seen(Duration.ofHours(1), Activity.SATURATED, null, probe(true, Answer.SILENT));
        passes(HUNG);

        assertThat(witnesses().hung(HUNG)).isTrue();
    }

    @Test
    void aDeadXenstoreTakesTheHeartbeatAway() {
        seen(Duration.ZERO, Activity.ACTIVE, true);
        seen(Duration.ofMinutes(10), Activity.SATURATED, false);
        passes(HUNG);
        assertThat(witnesses().hung(HUNG)).isTrue();
        xenstore = false;

        assertThat(witnesses().hung(HUNG)).isFalse();
    }

    @Test
    void aSlowToolstackTakesTheVcpusAway() {
        seen(Duration.ZERO, Activity.ACTIVE, true);
        seen(Duration.ofMinutes(10), Activity.SATURATED, false);
        passes(HUNG);
        toolstack = false;

        assertThat(witnesses().hung(HUNG)).isFalse();
    }

    @Test
    void aNetworkInDoubtTakesTheProbesAwayAndNoSignOfLife() {
        seen(Duration.ZERO, Activity.ACTIVE, null, probe(false, Answer.ANSWERS));
        seen(Duration.ofMinutes(10), Activity.SATURATED, null, probe(false, Answer.SILENT));
        passes(HUNG);
        network = false;
        assertThat(witnesses().hung(HUNG)).isFalse();
        seen(Duration.ZERO, Activity.SATURATED, null, probe(false, Answer.ANSWERS));

        assertThat(witnesses().alive()).isTrue();
    }

    @Test
    void aGapInTheWatchBeginsTheSilencesAnew() {
        seen(Duration.ZERO, Activity.ACTIVE, true);
        seen(Duration.ofMinutes(10), Activity.SATURATED, false);
        passes(HUNG);
        floor = uptime;
        assertThat(witnesses().hung(HUNG)).isFalse();
        passes(HUNG);

        assertThat(witnesses().hung(HUNG)).isTrue();
    }

    @Test
    void silencesThatBeganFarApartAreNotOneHang() {
        seen(Duration.ZERO, Activity.ACTIVE, true, probe(false, Answer.ANSWERS));
        seen(Duration.ofMinutes(10), Activity.ACTIVE, false, probe(false, Answer.ANSWERS));
        seen(Duration.ofDays(2), Activity.ACTIVE, false, probe(false, Answer.SILENT));
        passes(Duration.ofHours(1));

        assertThat(witnesses().hung(HUNG)).isFalse();
    }

    @Test
    void aStoppedAgentIsNoWitnessBesideLawfulLoad() {
        seen(Duration.ZERO, Activity.ACTIVE, true);
        seen(Duration.ofMinutes(10), Activity.SATURATED, true);
        seen(Duration.ofHours(5), Activity.SATURATED, false);
        passes(HUNG);

        assertThat(witnesses().hung(HUNG)).isFalse();
    }

    @Test
    void aGuestThatWasAsBusyBeforeDoesNotTestifyByBeingBusy() {
        seen(Duration.ZERO, Activity.SATURATED, true);
        seen(Duration.ofMinutes(5), Activity.ACTIVE, true);
        seen(Duration.ofMinutes(10), Activity.SATURATED, false);
        passes(HUNG);

        assertThat(witnesses().hung(HUNG)).isFalse();
    }

    @Test
    void aProbeOfTheAddressThatTheAgentReportsFailsWithTheAgent() {
        seen(Duration.ZERO, Activity.ACTIVE, true, probe(true, Answer.ANSWERS));
        seen(Duration.ofDays(2), Activity.ACTIVE, false, probe(true, Answer.SILENT));
        passes(HUNG);
        assertThat(witnesses().hung(HUNG)).isFalse();

        seen(Duration.ZERO, Activity.SATURATED, false, probe(true, Answer.SILENT));
        passes(HUNG);
        assertThat(witnesses().hung(HUNG)).isTrue();
    }

    @Test
    void notKnowingForAWhileDoesNotMoveTheBeginOfASilence() {
        seen(Duration.ZERO, Activity.ACTIVE, true, probe(false, Answer.ANSWERS));
        seen(Duration.ofMinutes(10), Activity.SATURATED, false, probe(false, Answer.SILENT));
        seen(Duration.ofHours(1), Activity.SATURATED, null, probe(false, Answer.UNKNOWN));
        seen(Duration.ofHours(1), Activity.SATURATED, null, probe(false, Answer.SILENT));
        assertThat(witnesses().hung(HUNG)).as("only what lasts counts").isFalse();
        passes(HUNG);

        assertThat(witnesses().hung(HUNG)).isTrue();
    }
}
