package io.paramedic.analyzer.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.analyzer.policy.Policy;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.DomainSignals.XapiRecord;
import io.paramedic.schemas.observation.HostObservation.HostFacts;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.observation.ShutdownReason;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Guests that live, or that somebody else is at work on, and look as if they were to be reset. */
class DoNoHarmTest {
    private static final long HOURS = 3_600;

    private final ALog log = new ALog();

    private AHostOnTheLog with(AGuest guest) {
        AHostOnTheLog host = log.host(
                "xen-1",
                Toolstack.XL,
                guest,
                AGuest.named("db", 2),
                AGuest.named("mail", 3),
                AGuest.named("ci", 4),
                AGuest.named("git", 5));
        log.acts();
        log.pass(600);
        return host;
    }

    private void withheldBy(String guard) {
        assertThat(log.orders()).isEmpty();
        assertThat(log.decided(Decision.StepWithheld.class))
                .anyMatch(withheld -> withheld.guard().equals(guard));
    }

    @Test
    void lawfulLoadAndAStoppedAgentAreNoHang() {
        AGuest batch = AGuest.named("batch", 1).probed().does(Activity.SATURATED);
        AHostOnTheLog host = with(AGuest.named("batch", 1).probed());
        log.feed(host.is(batch.seen()));
        log.pass(HOURS);
        log.feed(host.is(batch.stalled().seen()));
        log.pass(300);

        assertThat(log.orders()).isEmpty();
    }

    @Test
    void theFirstIdleMinutesLongAfterTheAgentStoppedAreNoHang() {
        AGuest web = AGuest.named("web", 1).probed();
        AHostOnTheLog host = with(web);
        log.feed(host.is(web.stalled().seen()));
        log.pass(HOURS);
        log.feed(host.is(web.stalled().does(Activity.QUIET).seen()));
        log.pass(300);

        assertThat(log.orders()).isEmpty();
    }

    @Test
    void whatSpinsWithoutANetworkIsStillFound() {
        AGuest web = AGuest.named("web", 1).probed();
        AHostOnTheLog host = with(web);
        log.feed(host.is(web.stalled().does(Activity.SATURATED).seen()));
        log.pass(140);

        assertThat(log.incident().finding().verdict()).isEqualTo(Verdict.HUNG);
        assertThat(log.orders()).hasSize(1);
    }

    @Test
    void aGuestThatSomebodyAskedToStopIsLeftToThem() {
        AGuest web = AGuest.named("web", 1);
        AHostOnTheLog host = with(web);
        log.feed(host.is(web.does(Activity.QUIET)
                .stalled()
                .silent()
                .requested("poweroff")
                .seen()));
        log.pass(600);

        withheldBy("no operation");
    }

    @Test
    void aCrashIsNotTouchedWhileItIsNotKnownWhetherItsCoreIsBeingDumped() {
        AGuest web = AGuest.named("web", 1);
        AHostOnTheLog host = with(web);
        log.feed(host.is(web.stopped(ShutdownReason.CRASH).reaped(null).seen()));
        log.pass(120);
        withheldBy("no operation");

        log.feed(host.is(web.stopped(ShutdownReason.CRASH).reaped(false).seen()));
        log.pass(60);
        assertThat(log.orders()).hasSize(1);
    }

    @Test
    void aPausedGuestThatLostItsNameIsLeftToAPerson() {
        AGuest web = AGuest.named("web", 1).paused();
        AHostOnTheLog host = with(web);
        log.pass(HOURS);
        AGuest lost = new AGuest(
                1,
                web.handle(),
                null,
                web.condition(),
                web.flags(),
                null,
                null,
                null,
                null,
                null,
                List.of(),
                web.configuration(),
                web.vm(),
                512);
        log.feed(host.is(lost.seen()));
        log.pass(200);

        assertThat(log.incident().finding().verdict()).isEqualTo(Verdict.HALF_DESTROYED);
        withheldBy("a rung applies");
    }

    @Test
    void aUuidInCapitalsProtectsAsWell() {
        UUID uuid = UUID.fromString("abcdefab-1111-4222-8333-abcdefabcdef");
        AGuest web = AGuest.named("web", 1);
        AGuest pinned = new AGuest(
                1,
                uuid,
                "web",
                web.condition(),
                web.flags(),
                web.heartbeat(),
                null,
                null,
                false,
                null,
                web.probes(),
                web.configuration(),
                new VmId.ByUuid(uuid),
                512);
        AHostOnTheLog host = with(pinned);
        log.policy(policy -> new Policy(
                Mode.ACT,
                policy.patience(),
                policy.guards(),
                policy.rungs(),
                List.of("ABCDEFAB-1111-4222-8333-ABCDEFABCDEF")));
        log.feed(host.is(pinned.stopped(ShutdownReason.CRASH).seen()));
        log.pass(120);

        withheldBy("not protected");
    }

    @Test
    void aSilentProbeIsNoWitnessWhereNoOtherProbeAnswers() {
        AGuest web = AGuest.named("web", 1);
        AHostOnTheLog host = log.host(
                "xen-1",
                Toolstack.XL,
                web,
                AGuest.named("db", 2).probed(),
                AGuest.named("mail", 3).probed());
        log.acts();
        log.pass(600);
        log.feed(host.is(web.stalled().silent().seen()));
        log.pass(300);
        assertThat(log.orders()).isEmpty();
        assertThat(log.incident().finding().verdict()).isEqualTo(Verdict.HANG_SUSPECTED);
    }

    @Test
    void aHostOfXapiThatDoesNotSayWhetherItIsEnabledIsNotActedOn() {
        AHostOnTheLog host = new AHostOnTheLog(ALog.POOL, "xcp-1", Toolstack.XAPI);
        log.hosts.put("xcp-1", host);
        for (int domid = 1; domid <= 4; domid++) {
            host.domains.put(domid, recorded(host, domid).seen());
        }
        HostFacts said = host.facts;
        host.facts = enabled(said, null);
        log.feed(host.listed());
        host.snapshot(1).forEach(log::feed);
        log.acts();
        log.pass(600);
        log.feed(host.is(
                recorded(host, 2).stopped(ShutdownReason.CRASH).reaped(null).seen()));
        log.pass(140);
        withheldBy("host enabled");

        log.feed(host.says(said));
        log.pass(10);
        assertThat(log.orders()).hasSize(1);
    }

    private static AGuest recorded(AHostOnTheLog host, int domid) {
        AGuest guest = AGuest.named("vm" + domid, domid);
        return guest.recorded(new XapiRecord(guest.handle(), "vm" + domid, "running", domid, "", false, host.uuid));
    }

    private static HostFacts enabled(HostFacts facts, @Nullable Boolean enabled) {
        return new HostFacts(
                facts.toolstack(),
                facts.xenVersion(),
                facts.scheduler(),
                facts.totalMemoryMib(),
                facts.freeMemoryMib(),
                facts.virtCaps(),
                facts.commandLine(),
                facts.xenstore(),
                facts.toolstackAnswer(),
                facts.load(),
                facts.daemons(),
                facts.hostUuid(),
                enabled);
    }

    @Test
    void oneTurnOpensFewIncidentsAndTheNextBeatsTheRest() {
        AGuest[] guests = IntStream.rangeClosed(1, 120)
                .mapToObj(i -> AGuest.named("vm" + i, i))
                .toArray(AGuest[]::new);
        AHostOnTheLog host = log.host("xen-1", Toolstack.XL, guests);
        log.acts();
        log.pass(600);
        for (AGuest guest : guests) {
            host.domains.put(
                    guest.domid(), guest.stalled().silent().does(Activity.QUIET).seen());
        }
        host.snapshot(1).forEach(log::feed);
        int open = 0;
        for (int i = 0; i < 100; i++) {
            log.now = log.now.plusSeconds(1);
            log.tick();
            host.uptime = host.uptime.plusSeconds(1);
            log.feed(host.beat());
            int now = log.decided(Decision.IncidentOpened.class).size();
            assertThat(now - open).as("and the common cause").isLessThanOrEqualTo(51);
            open = now;
        }

        assertThat(open).isGreaterThan(120);
        assertThat(log.orders()).isEmpty();
        assertThat(log.decided(Decision.IncidentOpened.class))
                .allMatch(opened -> opened.finding().evidence().size() <= 12);
    }
}
