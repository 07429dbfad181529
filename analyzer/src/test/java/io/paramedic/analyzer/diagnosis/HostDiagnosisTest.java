package io.paramedic.analyzer.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.observation.HostObservation.Answer.How;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostDiagnosisTest {
    private static Finding only(AHost host) {
        assertThat(host.diagnosed().host()).hasSize(1);
        return host.diagnosed().host().getFirst();
    }

    @Test
    void findsNothingOnAHealthyHost() {
        assertThat(AHost.with(ADomain.idle()).diagnosed().host()).isEmpty();
    }

    @Test
    void tellsAStoppedXenstoredFromADeadOne() {
        Finding stopped = only(AHost.with().xenstore(How.HUNG, "Ts"));
        assertThat(stopped.verdict()).isEqualTo(Verdict.XENSTORE_DEAD);
        assertThat(stopped.advice().getFirst()).contains("SIGCONT");
        Finding dead = only(AHost.with().xenstore(How.HUNG, null));
        assertThat(dead.advice().getFirst()).contains("reboot this host").doesNotContain("SIGCONT");
        assertThat(dead.harmful().getFirst()).contains("restarting xenstored");
    }

    @Test
    void takesAToolThatHangsForAHostProblem() {
        assertThat(only(AHost.with().toolstack(How.HUNG, Duration.ofSeconds(6))).verdict())
                .isEqualTo(Verdict.TOOLSTACK_HUNG);
        assertThat(only(AHost.with().toolstack(How.FAILED, Duration.ofMillis(10))))
                .satisfies(f -> assertThat(f.verdict()).isEqualTo(Verdict.UNDECIDED))
                .satisfies(f -> assertThat(f.advice().getFirst()).contains("root"));
        assertThat(only(AHost.with().toolstack(How.ANSWERED, Duration.ofSeconds(7)))
                        .verdict())
                .isEqualTo(Verdict.HOST_OVERLOADED);
    }

    @Test
    void saysThatNamesWereLostWithoutCallingAnyGuestSick() {
        AHost host =
                AHost.with(ADomain.idle().named(null), ADomain.idle().domid(6).named(null));
        assertThat(only(host).verdict()).isEqualTo(Verdict.NAMES_LOST);
        assertThat(host.finding(5).verdict()).isEqualTo(Verdict.NOTHING_WRONG);
    }

    @Test
    void doesNotTakeAnErrorOfAToolForADeadDaemon() {
        assertThat(only(AHost.with().xenstore(How.FAILED, "Ss")).verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(only(AHost.with().xenstore(How.FAILED, null)).verdict()).isEqualTo(Verdict.XENSTORE_DEAD);
    }

    @Test
    void namesThatWereNotReadAreNotLost() {
        AHost host = AHost.with(ADomain.idle().named(null).xenstoreNotRead()).xapi();
        assertThat(host.diagnosed().host()).isEmpty();
        assertThat(host.finding(5).verdict()).isEqualTo(Verdict.NOTHING_WRONG);
    }

    @Test
    void oneNamelessGuestAmongOthersIsNoLostName() {
        AHost host = AHost.with(ADomain.idle().named(null), ADomain.idle().domid(6));
        assertThat(host.diagnosed().host()).isEmpty();
    }

    @Test
    void aZombieWithoutANameIsNoLostName() {
        AHost host = AHost.with(ADomain.idle().named(null).dying("--p--d", "--p--d"));
        assertThat(host.diagnosed().host()).isEmpty();
    }

    @Test
    void warnsOfAConsoleDaemonThatIsStoppedOrGone() {
        assertThat(only(AHost.with().xenconsoled("Tl")).evidence().getFirst()).contains("xenconsoled is in state Tl");
        assertThat(only(AHost.with().xenconsoled(null)).verdict()).isEqualTo(Verdict.DAEMON_MISSING);
    }

    @Test
    void seesOneCauseWhereManyGuestsWaitAtOnce() {
        AHost scheduler = AHost.with(
                ADomain.idle().stuckInXen(),
                ADomain.idle().domid(6).stuckInXen(),
                ADomain.idle().domid(7).stuckInXen());
        assertThat(only(scheduler).verdict()).isEqualTo(Verdict.SCHEDULER_STALL_SUSPECTED);
        AHost storage = AHost.with(
                ADomain.idle().stuckInXen().deviceModel("D"),
                ADomain.idle().domid(6).stuckInXen().deviceModel("D"),
                ADomain.idle().domid(7).stuckInXen());
        assertThat(only(storage).verdict()).isEqualTo(Verdict.STORAGE_STALL_SUSPECTED);
        AHost two =
                AHost.with(ADomain.idle().stuckInXen(), ADomain.idle().domid(6).stuckInXen());
        assertThat(two.diagnosed().host()).isEmpty();
    }

    @Test
    void warnsOfAnOverloadedDom0() {
        assertThat(only(AHost.with().load(500)).verdict()).isEqualTo(Verdict.HOST_OVERLOADED);
    }
}
