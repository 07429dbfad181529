package io.paramedic.analyzer.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.analyzer.sightings.Trust.Level;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.identity.HostStream;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.observation.ShutdownReason;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When what is known of a host counts, and when it does not. */
class TrustTest {
    private final ALog log = new ALog();
    private final AHostOnTheLog host =
            log.host("xen-1", Toolstack.XL, AGuest.named("web", 1), AGuest.named("db", 2), AGuest.named("mail", 3));

    private Level level() {
        return Objects.requireNonNull(log.state.hosts.get("xen-1")).trust().level();
    }

    private void settle() {
        log.acts();
        log.pass(600);
        log.left.clear();
    }

    private List<Effect> asked() {
        return log.left.stream().filter(Effect.Ask.class::isInstance).toList();
    }

    @Test
    void aGapIsDoubtedAskedAboutAndHealedByASnapshot() {
        settle();
        host.loses();
        log.feed(host.beat());
        assertThat(level()).isEqualTo(Level.DOUBTED);
        assertThat(asked()).hasSize(1);
        log.pass(60);
        assertThat(asked()).as("with growing patience").hasSizeBetween(2, 4);

        host.snapshot(3).forEach(log::feed);

        assertThat(level()).isEqualTo(Level.TRUSTED);
    }

    @Test
    void aBeatWithAnotherDigestIsDoubted() {
        settle();
        host.corrupts();

        log.feed(host.beat());

        assertThat(level()).isEqualTo(Level.DOUBTED);
    }

    @Test
    void aSnapshotCountsOnlyWhenItIsComplete() {
        settle();
        host.loses();
        log.feed(host.beat());
        List<PoolEvent> parts = host.snapshot(3);

        log.feed(parts.get(0));
        log.feed(parts.get(1));
        assertThat(level()).isEqualTo(Level.DOUBTED);
        log.feed(parts.get(2));

        assertThat(level()).isEqualTo(Level.TRUSTED);
    }

    @Test
    void nothingIsOrderedOnAHostInDoubt() {
        settle();
        log.feed(host.is(AGuest.named("web", 1).stopped(ShutdownReason.CRASH).seen()));
        log.pass(20);
        host.loses();
        log.pass(300);
        assertThat(log.orders()).isEmpty();

        host.snapshot(1).forEach(log::feed);
        log.pass(20);
        assertThat(log.orders()).as("its clock began anew").isEmpty();
        log.pass(30);

        assertThat(log.orders()).hasSize(1);
    }

    @Test
    void whatWasReadBeforeIsNotReadAgain() {
        settle();
        PoolEvent beat = host.beat();
        log.feed(beat);
        PoolState before = log.state;

        log.feed(beat);

        assertThat(log.state.hosts.equals(before.hosts)).isTrue();
    }

    @Test
    void anOlderGenerationCountsOnlyAfterTheNewerHasFallenSilent() {
        settle();
        AHostOnTheLog old = new AHostOnTheLog(ALog.POOL, "xen-1", Toolstack.XL);
        old.boot = host.boot;
        old.uptime = host.uptime;
        old.domains.putAll(host.domains);
        host.taken(5);
        host.snapshot(1).forEach(log::feed);
        log.pass(10);
        old.taken(3);
        old.uptime = host.uptime.plusSeconds(1);
        old.snapshot(1).forEach(log::feed);
        assertThat(generation()).isEqualTo(5);

        log.silent = "xen-1";
        log.pass(40);
        old.uptime = host.uptime.plusSeconds(1);
        old.snapshot(1).forEach(log::feed);

        assertThat(generation()).isEqualTo(3);
    }

    private int generation() {
        HostStream stream = Objects.requireNonNull(log.state.hosts.get("xen-1")).feed().stream();
        return Objects.requireNonNull(stream).generation();
    }

    @Test
    void aSilentHostBecomesAnIncidentAndEndsWhenItIsHeardForAWhile() {
        settle();
        log.feed(host.unreachable());
        log.silent = "xen-1";
        log.pass(70);
        assertThat(log.incident().phase()).isEqualTo(Phase.CONFIRMED);

        log.silent = null;
        log.pass(70);

        assertThat(log.incident().phase()).isEqualTo(Phase.RECOVERED);
    }

    @Test
    void whatWasBehindIsDerivedAnewAndNothingStaleFires() {
        settle();
        log.feed(host.is(AGuest.named("web", 1).stopped(ShutdownReason.CRASH).seen()));
        log.pass(25);
        assertThat(log.orders()).isEmpty();

        log.now = log.now.plusSeconds(3_600);
        log.feed(host.beat());
        assertThat(log.state.live()).isFalse();
        assertThat(log.orders()).isEmpty();
        log.pass(20);
        assertThat(log.state.live()).isTrue();
        assertThat(log.orders())
                .as("its clock began anew when the analyzer became live")
                .isEmpty();
        log.pass(30);

        assertThat(log.orders()).hasSize(1);
        assertThat(log.decided(Decision.LivenessChanged.class)).hasSize(2);
    }

    @Test
    void theTicksOfAnotherRunDoNotMakeItLive() {
        settle();
        log.run = new UUID(2, 2);

        log.feed(new PoolEvent.Tick(0, new UUID(1, 1), 10_000, 9_999));

        assertThat(log.state.live()).isFalse();
    }

    @Test
    void aPolicyThatCannotBeReadChangesNothing() {
        settle();
        log.feed(new PoolEvent.PolicyChanged(ALog.POOL, 99, "broken", "00", "ops", ""));

        assertThat(log.state.policy.revision()).isEqualTo(1);
        assertThat(log.journal().getLast().reason()).startsWith("refused");
    }
}
