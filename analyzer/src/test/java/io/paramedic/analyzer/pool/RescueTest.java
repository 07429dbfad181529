package io.paramedic.analyzer.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.analyzer.policy.Policy;
import io.paramedic.analyzer.sightings.Trust.Level;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step.StartVm;
import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.observation.ShutdownReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must not get lost on the way: a start that we owe, a block, a hold, an incident, a host. */
class RescueTest {
    private static final String HOST = "xen-1";

    private final ALog log = new ALog();
    private final AGuest web = AGuest.named("web", 1);
    private AHostOnTheLog host = new AHostOnTheLog(ALog.POOL, HOST, Toolstack.XL);

    @BeforeEach
    void settle() {
        host = log.host(
                HOST,
                Toolstack.XL,
                web,
                AGuest.named("db", 2),
                AGuest.named("mail", 3),
                AGuest.named("ci", 4),
                AGuest.named("git", 5));
        log.acts();
        log.pass(600);
    }

    private Command destroyed() {
        log.feed(host.is(web.stopped(ShutdownReason.CRASH).seen()));
        log.pass(60);
        return log.order();
    }

    private void isDown() {
        Command destroy = destroyed();
        log.feed(host.isGone(1));
        log.ended(destroy, new Outcome.Done("no domain of it is left"));
    }

    private void relisted() {
        log.feed(new PoolEvent.HostUnlisted(ALog.POOL, HOST));
        log.feed(host.listed());
        host.snapshot(1).forEach(log::feed);
    }

    @Test
    void aStartThatIsOwedOutlivesTheLeavingOfItsHost() {
        isDown();
        log.feed(new PoolEvent.HostUnlisted(ALog.POOL, HOST));
        assertThat(log.incident().closed()).isNull();
        assertThat(log.incident().phase()).isEqualTo(Phase.EXHAUSTED);

        log.feed(host.listed());
        host.snapshot(1).forEach(log::feed);
        log.pass(30);

        assertThat(log.order().step()).isInstanceOf(StartVm.class);
    }

    @Test
    void aBlockOutlivesTheLeavingOfItsHostUntilAPersonEndsIt() {
        destroyed();
        log.pass(600);
        relisted();
        log.pass(300);
        log.feed(host.is(AGuest.named("db", 2).stopped(ShutdownReason.CRASH).seen()));
        log.pass(120);
        assertThat(log.orders()).hasSize(1);

        log.feed(new Control.Unblock(new UUID(1, 2), new Scope.Pool(ALog.POOL), "ann", "looked"));
        assertThat(Objects.requireNonNull(log.state.hosts.get(HOST)).block()).isNull();
    }

    @Test
    void theBlockOfAHostThatLeftEndsWithoutATrace() {
        destroyed();
        log.pass(600);
        log.feed(new PoolEvent.HostUnlisted(ALog.POOL, HOST));
        log.feed(new Control.Unblock(new UUID(1, 2), new Scope.Pool(ALog.POOL), "ann", "looked"));

        assertThat(log.state.hosts).isEmpty();
    }

    @Test
    void neitherProtectionNorADisabledRungLeavesAVmDown() {
        Command destroy = destroyed();
        log.feed(host.isGone(1));
        log.policy(policy -> new Policy(Mode.ACT, policy.patience(), policy.guards(), Map.of(), List.of("web")));
        log.ended(destroy, new Outcome.Done("no domain of it is left"));
        log.pass(30);

        assertThat(log.order().step()).isInstanceOf(StartVm.class);
    }

    @Test
    void aStartIsTriedForAsLongAsItTakes() {
        isDown();
        log.pass(4);
        for (int i = 1; i <= 6; i++) {
            assertThat(log.order().step()).isInstanceOf(StartVm.class);
            assertThat(log.orders()).hasSize(1 + i);
            log.ended(log.order(), new Outcome.NotReached("the network of the actuator is down"));
            assertThat(Objects.requireNonNull(log.incident().next()).what()).contains("down because of a step of ours");
            log.pass(90);
        }
    }

    @Test
    void aZombieOfOurMakingIsToldAndStartedWhenItIsGone() {
        Command destroy = destroyed();
        log.feed(host.is(web.dying().seen()));
        log.ended(destroy, new Outcome.Ineffective("it is dead and still held"));
        log.pass(300);
        assertThat(log.orders()).hasSize(1);
        assertThat(log.incident().phase()).isEqualTo(Phase.EXHAUSTED);
        assertThat(Objects.requireNonNull(log.incident().next()).what()).contains("down because of a step of ours");

        log.feed(host.isGone(1));
        log.pass(10);

        assertThat(log.order().step()).isInstanceOf(StartVm.class);
    }

    @Test
    void whatAHostSaysOfItselfDoesNotLetASilenceGrow() {
        log.feed(host.is(web.does(Activity.SATURATED).stalled().silent().seen()));
        log.silent = HOST;
        for (int i = 0; i < 40; i++) {
            log.pass(5);
            log.feed(host.says(host.facts));
        }

        assertThat(log.orders()).isEmpty();
    }

    @Test
    void aStreamThatDidNotBeginWithASnapshotCountsFromItsFirstOneOn() {
        host.taken(1);
        log.feed(host.unreachable());
        host.snapshot(1).forEach(log::feed);
        log.pass(10);

        assertThat(Objects.requireNonNull(log.state.hosts.get(HOST)).trust().level())
                .isEqualTo(Level.TRUSTED);
        assertThat(Objects.requireNonNull(log.state.hosts.get(HOST)).feed().next())
                .isGreaterThan(2);
    }

    @Test
    void aHangIsNotOverBecauseAnotherCollectorNeverSawTheHeartbeatMove() {
        log.policy(policy -> ALog.mode(policy, Mode.ADVISE));
        AGuest hung = web.probed().does(Activity.SATURATED);
        log.feed(host.is(hung.stalled().seen()));
        log.pass(140);
        assertThat(log.incident().phase()).isEqualTo(Phase.AWAITING_APPROVAL);

        host.taken(2);
        host.domains.put(1, hung.beating(null).seen());
        host.snapshot(1).forEach(log::feed);
        log.pass(300);

        assertThat(log.incident().closed()).isNull();
        assertThat(log.orders()).isEmpty();
    }

    @Test
    void aClockThatJumpsEndsNoHold() {
        log.feed(new Control.TakeHold(
                new UUID(1, 3), new Scope.Pool(ALog.POOL), "ann", "my hands on it", log.now.plusSeconds(3_600)));
        log.feed(host.is(web.stopped(ShutdownReason.CRASH).seen()));
        log.pass(60);
        log.now = log.now.plus(Duration.ofHours(2));
        log.pass(120);
        assertThat(log.orders()).isEmpty();

        log.pass(3_600);
        assertThat(log.orders()).hasSize(1);
    }
}
