package io.paramedic.analyzer.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.analyzer.policy.Policy;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step.DestroyDomain;
import io.paramedic.schemas.command.Step.ReapDomain;
import io.paramedic.schemas.command.Step.RebootCleanly;
import io.paramedic.schemas.command.Step.RebootHard;
import io.paramedic.schemas.command.Step.StartVm;
import io.paramedic.schemas.command.Step.WithdrawShutdownRequest;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainSignals.XapiRecord;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.observation.ShutdownReason;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** From a fault to a recovered VM, and where each way ends. */
class RecoveryTest {
    private final ALog log = new ALog();

    private AHostOnTheLog xl() {
        AHostOnTheLog host = log.host(
                "xen-1",
                Toolstack.XL,
                AGuest.named("web", 1),
                AGuest.named("db", 2),
                AGuest.named("mail", 3),
                AGuest.named("ci", 4));
        log.acts();
        log.pass(600);
        return host;
    }

    @Test
    void startsACrashedGuestAgainAfterItsDomainIsSeenToBeGone() {
        AHostOnTheLog host = xl();

        log.feed(host.is(AGuest.named("web", 1).stopped(ShutdownReason.CRASH).seen()));
        log.pass(60);

        assertThat(log.orders()).hasSize(1);
        Command destroy = log.order();
        assertThat(destroy.step()).isInstanceOfSatisfying(DestroyDomain.class, step -> {
            assertThat(step.target().incarnation().domid()).isEqualTo(1);
            assertThat(step.startsAgain()).isNotNull();
        });
        assertThat(log.incident().phase()).isEqualTo(Phase.ACTING);

        log.feed(host.isGone(1));
        log.ended(destroy, new Outcome.Done("no domain of it is left"));
        assertThat(log.orders()).as("only a later sample shows that it is gone").hasSize(1);
        log.pass(4);

        assertThat(log.order().step()).isInstanceOfSatisfying(StartVm.class, step -> {
            assertThat(step.seals()).containsExactly("xen-1");
            assertThat(step.traces().names()).contains("web");
            assertThat(step.traces().disks()).containsExactly("/dev/vg/web");
        });
        log.feed(host.is(AGuest.named("web", 9).seen()));
        log.ended(log.order(), new Outcome.Done("it runs"));
        log.pass(30);
        assertThat(log.incident().phase()).isEqualTo(Phase.VERIFYING);
        log.pass(60);

        assertThat(log.incident().phase()).isEqualTo(Phase.RECOVERED);
        assertThat(log.incident().attempts()).hasSize(2);
        assertThat(log.orders()).hasSize(2);
        log.pass(3700);
        assertThat(log.left)
                .contains(new Effect.Hide(
                        log.decided(Decision.IncidentOpened.class).getFirst().incident()));
    }

    @Test
    void climbsFromTheRequestToTheDestroyWhereAHungGuestTakesNone() {
        AHostOnTheLog host = xl();

        AGuest spinning =
                AGuest.named("web", 1).does(Activity.SATURATED).stalled().silent();
        log.feed(host.is(spinning.seen()));
        log.pass(60);
        assertThat(log.orders()).isEmpty();
        assertThat(log.incident().phase()).isEqualTo(Phase.SUSPECTED);
        log.pass(80);

        assertThat(log.incident().finding().verdict()).isEqualTo(Verdict.HUNG);
        assertThat(log.order().step()).isInstanceOf(RebootCleanly.class);
        log.feed(host.is(spinning.requested("reboot").seen()));
        log.ended(log.order(), new Outcome.Ineffective("it did not take the request"));
        log.pass(10);
        assertThat(log.order().step()).isInstanceOf(WithdrawShutdownRequest.class);
        log.feed(host.is(spinning.requested(null).seen()));
        log.ended(log.order(), new Outcome.Done("the node is empty"));
        log.pass(200);
        assertThat(log.order().step()).isInstanceOf(DestroyDomain.class);
        assertThat(log.orders()).hasSize(3);
    }

    @Test
    void rebootsAHungGuestOfXapiByXapi() {
        AHostOnTheLog host = new AHostOnTheLog(ALog.POOL, "xcp-1", Toolstack.XAPI);
        log.hosts.put("xcp-1", host);
        for (int domid = 1; domid <= 4; domid++) {
            host.domains.put(domid, xapi(host, domid).seen());
        }
        log.feed(host.listed());
        host.snapshot(2).forEach(log::feed);
        log.acts();
        log.pass(600);

        log.feed(host.is(
                xapi(host, 2).does(Activity.STUCK_IN_XEN).stalled().silent().seen()));
        log.pass(140);

        assertThat(log.order().step()).isInstanceOf(RebootHard.class);
    }

    private static AGuest xapi(AHostOnTheLog host, int domid) {
        AGuest guest = AGuest.named("vm" + domid, domid);
        return guest.recorded(new XapiRecord(guest.handle(), "vm" + domid, "running", domid, "", false, host.uuid));
    }

    @Test
    void reapsWhatPoweredItselfOffAndDoesNotStartIt() {
        AHostOnTheLog host = xl();

        log.feed(host.is(AGuest.named("web", 1).stopped(ShutdownReason.POWEROFF).seen()));
        log.pass(60);

        assertThat(log.order().step()).isInstanceOf(ReapDomain.class);
        log.feed(host.isGone(1));
        log.ended(log.order(), new Outcome.Done("gone"));
        log.pass(10);
        assertThat(log.incident().phase()).isEqualTo(Phase.RECOVERED);
        assertThat(log.orders()).hasSize(1);
    }

    @Test
    void explainsAZombieAndTouchesNothing() {
        AHostOnTheLog host = xl();

        log.feed(host.is(AGuest.named("web", 1).dying().seen()));
        log.pass(300);

        assertThat(log.incident().finding().verdict()).isEqualTo(Verdict.ZOMBIE);
        assertThat(log.incident().phase()).isEqualTo(Phase.CONFIRMED);
        assertThat(log.orders()).isEmpty();
        assertThat(log.decided(Decision.StepWithheld.class)).hasSize(1);
    }

    @Test
    void onlyRehearsesWhileThePoolIsObserved() {
        AHostOnTheLog host = xl();
        log.policy(Policy.DEFAULT);

        log.feed(host.is(AGuest.named("web", 1).stopped(ShutdownReason.CRASH).seen()));
        log.pass(300);

        assertThat(log.orders()).isEmpty();
        assertThat(log.decided(Decision.StepRehearsed.class)).hasSize(1);
        assertThat(log.incident().phase()).isEqualTo(Phase.CONFIRMED);
    }

    @Test
    void asksAPersonAndOrdersOnlyAfterTheYes() {
        AHostOnTheLog host = xl();
        log.policy(policy -> ALog.mode(policy, Mode.ADVISE));
        log.feed(host.is(AGuest.named("web", 1).stopped(ShutdownReason.CRASH).seen()));
        log.pass(100);
        assertThat(log.incident().phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        assertThat(log.orders()).isEmpty();
        var proposal = log.incident().proposal();
        assertThat(proposal).isNotNull();

        log.feed(new Control.Approve(new UUID(9, 9), ALog.POOL, log.incident().id(), proposal.id(), "ann", "yes"));

        assertThat(log.order().approval()).isEqualTo(proposal.id());
        assertThat(log.order().step()).isEqualTo(proposal.step());
    }

    @Test
    void blocksTheHostWhenNobodyCanSayWhatBecameOfACommand() {
        AHostOnTheLog host = xl();
        log.feed(host.is(AGuest.named("web", 1).stopped(ShutdownReason.CRASH).seen()));
        log.pass(60);
        assertThat(log.orders()).hasSize(1);

        log.pass(60 + 180 + 300 + 5);

        assertThat(log.incident().phase()).isEqualTo(Phase.BLOCKED);
        log.feed(host.is(AGuest.named("db", 2).stopped(ShutdownReason.CRASH).seen()));
        log.pass(120);
        assertThat(log.orders()).hasSize(1);
        assertThat(log.decided(Decision.StepWithheld.class))
                .anyMatch(withheld -> withheld.guard().equals("host not blocked"));
    }

    @Test
    void leavesAPausedAnIdleAndABusyGuestAlone() {
        AHostOnTheLog host = xl();

        log.feed(host.is(AGuest.named("web", 1).paused().stalled().silent().seen()));
        log.feed(host.is(AGuest.named("db", 2)
                .does(Activity.SATURATED)
                .stalled()
                .answering("refused")
                .seen()));
        log.feed(host.is(AGuest.named("mail", 3)
                .does(Activity.QUIET)
                .beating(null)
                .probed()
                .seen()));
        log.feed(host.is(AGuest.named("ci", 4)
                .with(new Condition.Running(Activity.STUCK_IN_XEN), List.of("------"))
                .seen()));
        log.pass(20);
        log.feed(host.is(AGuest.named("ci", 4).seen()));
        log.pass(1200);

        assertThat(log.orders()).isEmpty();
        assertThat(log.incidents()).isEmpty();
    }
}
