package io.paramedic.analyzer.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.ShutdownReason;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DomainDiagnosisTest {
    private static Verdict verdictOn(ADomain domain) {
        return AHost.with(domain).finding(5).verdict();
    }

    private static Verdict verdictUnderXapi(ADomain domain) {
        return AHost.with(domain).xapi().finding(5).verdict();
    }

    @Nested
    class CallsNothingHealthySick {
        @Test
        void anIdleGuestIsWell() {
            Finding finding = AHost.with(ADomain.idle()).finding(5);
            assertThat(finding.verdict()).isEqualTo(Verdict.NOTHING_WRONG);
            assertThat(finding.evidence()).anySatisfy(e -> assertThat(e).contains("deadlocked asleep look alike"));
        }

        @Test
        void anIdleGuestWhoseHeartbeatMovesIsWell() {
            assertThat(verdictOn(ADomain.idle().heartbeat("41", "42", Duration.ofSeconds(10))))
                    .isEqualTo(Verdict.NOTHING_WRONG);
        }

        @Test
        void aBusyGuestIsWellHoweverBusyItIs() {
            assertThat(verdictOn(ADomain.idle().spinning())).isEqualTo(Verdict.NOTHING_WRONG);
            assertThat(verdictOn(ADomain.idle().spinning().heartbeat("7", "9", Duration.ofSeconds(10))))
                    .isEqualTo(Verdict.NOTHING_WRONG);
        }

        @Test
        void aHeartbeatThatWasWatchedForAMomentOnlySaysNothing() {
            assertThat(verdictOn(ADomain.idle().spinning().heartbeat("7", "7", Duration.ofSeconds(2))))
                    .isEqualTo(Verdict.NOTHING_WRONG);
        }

        @Test
        void aGuestThatItsAdminPausedIsLeftAlone() {
            assertThat(verdictOn(ADomain.idle().paused())).isEqualTo(Verdict.PAUSED);
        }

        @Test
        void aGuestThatBootsIsLeftAlone() {
            assertThat(verdictOn(ADomain.idle().stuckInXen().cpuTimeSoFar(Duration.ofSeconds(4))))
                    .isEqualTo(Verdict.IN_FLIGHT);
        }

        @Test
        void bothHalvesOfAMigrationAreLeftAlone() {
            assertThat(verdictOn(ADomain.idle().named("web--incoming").paused()))
                    .isEqualTo(Verdict.IN_FLIGHT);
            assertThat(verdictOn(ADomain.idle().named("web--migratedaway").stopped(ShutdownReason.SUSPEND, "---ss-")))
                    .isEqualTo(Verdict.IN_FLIGHT);
            assertThat(verdictUnderXapi(ADomain.idle()
                            .handle("298817fb-8a3e-7501-11e0-000000000001")
                            .paused()))
                    .isEqualTo(Verdict.IN_FLIGHT);
            assertThat(verdictUnderXapi(ADomain.idle()
                            .handle("298817fb-8a3e-7501-11e0-000000000000")
                            .stopped(ShutdownReason.CRASH, "---sc-")))
                    .isEqualTo(Verdict.IN_FLIGHT);
        }

        @Test
        void aVmThatXapiIsAtWorkOnIsLeftAloneEvenWhenItCrashed() {
            assertThat(verdictUnderXapi(ADomain.idle()
                            .stopped(ShutdownReason.CRASH, "--psc-")
                            .recordSays("paused", "hard_reboot")))
                    .isEqualTo(Verdict.IN_FLIGHT);
        }

        @Test
        void aShutdownThatIsBeingHandledIsLeftAlone() {
            assertThat(verdictOn(ADomain.idle()
                            .is(new Condition.ShutDown(ShutdownReason.POWEROFF, false), "-b----", "-b----", "---s--")))
                    .isEqualTo(Verdict.IN_FLIGHT);
        }

        @Test
        void dom0AndControlDomainsAreNoTargets() {
            assertThat(AHost.with(ADomain.idle()).finding(0).verdict()).isEqualTo(Verdict.CONTROL_DOMAIN);
        }

        @Test
        void aStubDomainBelongsToItsGuest() {
            AHost host = AHost.with(
                    ADomain.idle(), ADomain.idle().domid(6).named("web-dm").stuckInXen());
            assertThat(host.finding(6).verdict()).isEqualTo(Verdict.CONTROL_DOMAIN);
        }

        @Test
        void aGuestThatIsOnlyNamedLikeAStubDomainIsAGuest() {
            assertThat(verdictOn(ADomain.idle().named("web-dm").stuckInXen())).isEqualTo(Verdict.HANG_SUSPECTED);
        }

        @Test
        void aLostNameAloneSaysNothing() {
            assertThat(verdictOn(ADomain.idle().named(null))).isEqualTo(Verdict.NOTHING_WRONG);
        }

        @Test
        void aPausedGuestWithoutANameOnAHostThatLostNamesIsOnlyPaused() {
            AHost host = AHost.with(
                    ADomain.idle().named(null).paused(), ADomain.idle().domid(6).named(null));
            assertThat(host.finding(5).verdict()).isEqualTo(Verdict.PAUSED);
        }
    }

    @Nested
    class SendsNobodyToTheWrongDomain {
        private Finding crashedUnderXapi(ADomain domain) {
            return AHost.with(domain.stopped(ShutdownReason.CRASH, "--psc-"))
                    .xapi()
                    .finding(5);
        }

        @Test
        void aXapiCommandIsNamedWhereXapiMeansThisDomain() {
            assertThat(crashedUnderXapi(ADomain.idle().recordSays("paused", "")).advice())
                    .anySatisfy(a -> assertThat(a).contains("xe vm-reboot uuid="));
        }

        @Test
        void noXapiCommandIsNamedWhereItWouldHitAnother() {
            UUID otherHost = new UUID(4, 4);
            for (ADomain domain : List.of(
                    ADomain.idle(),
                    ADomain.idle().recordSays("running", "", 17, otherHost),
                    ADomain.idle().recordSays("running", "", 17, AHost.UUID_IN_XAPI),
                    ADomain.idle().recordSays("running", "", 5, null),
                    ADomain.idle().recordSays("halted", "", -1, null))) {
                Finding finding = crashedUnderXapi(domain);
                assertThat(finding.verdict()).isEqualTo(Verdict.CRASHED);
                assertThat(finding.advice()).noneSatisfy(a -> assertThat(a).contains("uuid="));
                assertThat(finding.advice()).anySatisfy(a -> assertThat(a).contains("get a person"));
            }
        }

        @Test
        void aVmThatXapiBelievesOnAnotherHostIsASplitBrain() {
            ADomain twice = ADomain.idle().recordSays("running", "", 17, new UUID(4, 4));
            Finding finding = AHost.with(twice).xapi().finding(5);
            assertThat(finding.verdict()).isEqualTo(Verdict.DUPLICATE);
            assertThat(finding.harmful().getFirst()).contains("xe vm-reboot");
        }

        @Test
        void aSplitBrainOfAnIdleGuestIsNotPassedOver() {
            ADomain idle =
                    ADomain.idle().cpuTimeSoFar(Duration.ofSeconds(3)).recordSays("running", "", 17, new UUID(4, 4));
            Finding finding = AHost.with(idle).xapi().finding(5);
            assertThat(finding.verdict()).isEqualTo(Verdict.UNDECIDED);
            assertThat(finding.advice().getFirst()).contains("get a person");
        }

        @Test
        void aVmInTheMiddleOfAMigrationIsNoSplitBrain() {
            ADomain moving = ADomain.idle().recordSays("running", "pool_migrate", 17, new UUID(4, 4));
            assertThat(AHost.with(moving).xapi().finding(5).verdict()).isEqualTo(Verdict.IN_FLIGHT);
        }

        @Test
        void aMigrationWithinOneHostIsNoDuplicate() {
            String handle = "7adef6fd-9171-5426-b333-6fb1b57b8e60";
            AHost host = AHost.with(
                    ADomain.idle().handle(handle),
                    ADomain.idle()
                            .domid(9)
                            .handle(handle)
                            .named("web--incoming")
                            .paused());
            assertThat(host.finding(5).verdict()).isEqualTo(Verdict.NOTHING_WRONG);
        }

        @Test
        void severalGuestsThatStandStillAreNotToBeDestroyedOneByOne() {
            AHost host = AHost.with(
                    ADomain.idle().heartbeat("7", "7", Duration.ofSeconds(10)),
                    ADomain.idle().domid(6).heartbeat("7", "7", Duration.ofSeconds(10)),
                    ADomain.idle().domid(7).heartbeat("7", "7", Duration.ofSeconds(10)));
            assertThat(host.finding(5).advice()).noneSatisfy(a -> assertThat(a).contains("destroy"));
            assertThat(host.diagnosed().host().getFirst().verdict()).isEqualTo(Verdict.STORAGE_STALL_SUSPECTED);
        }

        @Test
        void aDestroyThatMakesNoProgressIsNotWaitedForForEver() {
            ADomain stuck = ADomain.idle()
                    .handle("deadbeef-dead-beef-dead-beef00000005")
                    .paused()
                    .memory(900, 0);
            assertThat(AHost.with(stuck).xapi().finding(5).verdict()).isEqualTo(Verdict.UNDECIDED);
        }
    }

    @Nested
    class NamesWhatIsSick {
        @Test
        void aPreservedCrash() {
            assertThat(verdictOn(ADomain.idle().stopped(ShutdownReason.CRASH, "---sc-")))
                    .isEqualTo(Verdict.CRASHED);
            assertThat(verdictUnderXapi(ADomain.idle().stopped(ShutdownReason.CRASH, "--psc-")))
                    .isEqualTo(Verdict.CRASHED);
        }

        @Test
        void aGuestThatItsOwnWatchdogStopped() {
            assertThat(AHost.with(ADomain.idle().stopped(ShutdownReason.WATCHDOG, "---sw-"))
                            .finding(5))
                    .satisfies(f -> assertThat(f.verdict()).isEqualTo(Verdict.CRASHED))
                    .satisfies(f -> assertThat(f.evidence().getFirst()).contains("watchdog"));
        }

        @Test
        void aPowerOffAndARebootThatNobodyActedOn() {
            assertThat(verdictOn(ADomain.idle().stopped(ShutdownReason.POWEROFF, "---s--")))
                    .isEqualTo(Verdict.NOT_REAPED);
            Finding reboot = AHost.with(ADomain.idle().stopped(ShutdownReason.REBOOT, "---sr-"))
                    .finding(5);
            assertThat(reboot.verdict()).isEqualTo(Verdict.NOT_REAPED);
            assertThat(reboot.advice().getFirst()).contains("xl destroy 5", "xl create");
        }

        @Test
        void aShutdownIsNotCalledUnreapedWhileItsProcessMayBeAtWork() {
            ADomain rebooting = ADomain.idle().stopped(ShutdownReason.REBOOT, "---sr-");
            assertThat(verdictOn(rebooting.reaper(true))).isEqualTo(Verdict.IN_FLIGHT);
            Finding unknown = AHost.with(rebooting.reaper(null)).finding(5);
            assertThat(unknown.verdict()).isEqualTo(Verdict.UNDECIDED);
            assertThat(unknown.advice()).noneSatisfy(a -> assertThat(a).contains("xl destroy"));
        }

        @Test
        void aShutdownIsNotCalledUnreapedAfterAMoment() {
            AHost host = AHost.with(ADomain.idle().stopped(ShutdownReason.POWEROFF, "---s--"))
                    .watchedFor(Duration.ofSeconds(2));
            assertThat(host.finding(5).verdict()).isEqualTo(Verdict.IN_FLIGHT);
        }

        @Test
        void aDeadDomainIsNotCalledAZombieAfterAMoment() {
            AHost host = AHost.with(ADomain.idle().dying("--p--d", "--p--d")).watchedFor(Duration.ofSeconds(2));
            assertThat(host.finding(5).verdict()).isEqualTo(Verdict.IN_FLIGHT);
        }

        @Test
        void aZombieWithTheProcessThatMayHoldIt() {
            Finding finding = AHost.with(
                            ADomain.idle().named(null).dying("--pscd", "--pscd").process("hold 5 grant 1"))
                    .finding(5);
            assertThat(finding.verdict()).isEqualTo(Verdict.ZOMBIE);
            assertThat(finding.evidence()).anySatisfy(e -> assertThat(e).contains("'hold 5 grant 1'"));
            assertThat(finding.harmful()).anySatisfy(h -> assertThat(h).contains("xl destroy 5"));
            assertThat(finding.advice()).noneSatisfy(a -> assertThat(a).contains("xl destroy"));
        }

        @Test
        void aDomainThatBecameDeadDuringTheLookMayJustBeEnding() {
            assertThat(verdictOn(ADomain.idle().dying("-b----", "--p--d"))).isEqualTo(Verdict.IN_FLIGHT);
        }

        @Test
        void aTeardownUnderXapiIsNoZombie() {
            assertThat(verdictUnderXapi(ADomain.idle()
                            .handle("deadbeef-dead-beef-dead-beef00000005")
                            .paused()
                            .memory(900, -120)))
                    .isEqualTo(Verdict.IN_FLIGHT);
        }

        @Test
        void aDeviceModelThatIsGone() {
            assertThat(verdictOn(ADomain.idle().stuckInXen().deviceModel(null))).isEqualTo(Verdict.DEVICE_MODEL_DEAD);
            assertThat(verdictOn(ADomain.idle().deviceModel("Z"))).isEqualTo(Verdict.DEVICE_MODEL_DEAD);
        }

        @Test
        void aDeviceModelThatWaitsForStorageIsTheStoragesFault() {
            Finding finding =
                    AHost.with(ADomain.idle().stuckInXen().deviceModel("Dl")).finding(5);
            assertThat(finding.verdict()).isEqualTo(Verdict.STORAGE_STALL_SUSPECTED);
            assertThat(finding.harmful()).isNotEmpty();
        }

        @Test
        void aGuestThatSpinsWhileItsHeartbeatStandsStill() {
            assertThat(verdictOn(ADomain.idle().spinning().heartbeat("7", "7", Duration.ofSeconds(10))))
                    .isEqualTo(Verdict.HANG_SUSPECTED);
        }

        @Test
        void aGuestThatSleepsWhileItsHeartbeatStandsStill() {
            assertThat(verdictOn(ADomain.idle().heartbeat("7", "7", Duration.ofSeconds(10))))
                    .isEqualTo(Verdict.HANG_SUSPECTED);
        }

        @Test
        void aGuestThatWorksOnWithoutItsHeartbeatStaysUndecided() {
            assertThat(verdictOn(ADomain.idle()
                            .running(Activity.ACTIVE, "-b----", "r-----", "-b----")
                            .heartbeat("7", "7", Duration.ofSeconds(10))))
                    .isEqualTo(Verdict.UNDECIDED);
        }

        @Test
        void aShortLookNeverSaysHung() {
            for (Duration watched : new Duration[] {Duration.ofSeconds(10), Duration.ofHours(1)}) {
                assertThat(verdictOn(ADomain.idle().spinning().heartbeat("7", "7", watched)))
                        .isNotEqualTo(Verdict.HUNG);
            }
        }

        @Test
        void aRequestThatStaysUntaken() {
            Finding finding = AHost.with(ADomain.idle().request("poweroff")).finding(5);
            assertThat(finding.verdict()).isEqualTo(Verdict.HANG_SUSPECTED);
            assertThat(finding.harmful()).anySatisfy(h -> assertThat(h).contains("still obey it"));
        }

        @Test
        void anOrphanIsNeverToBeStarted() {
            Finding finding =
                    AHost.with(ADomain.idle().recordSays("halted", "")).xapi().finding(5);
            assertThat(finding.verdict()).isEqualTo(Verdict.ORPHAN);
            assertThat(finding.harmful().getFirst()).contains("vm-start");
        }

        @Test
        void aVmThatJustStartedIsNoOrphanYet() {
            assertThat(verdictUnderXapi(ADomain.idle().recordSays("halted", "").cpuTimeSoFar(Duration.ofSeconds(2))))
                    .isEqualTo(Verdict.UNDECIDED);
        }

        @Test
        void twoLiveDomainsWithOneHandle() {
            String handle = "7adef6fd-9171-5426-b333-6fb1b57b8e60";
            AHost host = AHost.with(
                    ADomain.idle().handle(handle),
                    ADomain.idle().domid(9).handle(handle).named("other"));
            assertThat(host.finding(5).verdict()).isEqualTo(Verdict.DUPLICATE);
            assertThat(host.finding(9).verdict()).isEqualTo(Verdict.DUPLICATE);
        }

        @Test
        void aZombieBesideItsSuccessorIsNoDuplicate() {
            String handle = "7adef6fd-9171-5426-b333-6fb1b57b8e60";
            AHost host = AHost.with(
                    ADomain.idle().handle(handle).dying("--p--d", "--p--d", "--p--d", "--p--d"),
                    ADomain.idle().domid(9).handle(handle));
            assertThat(host.finding(5).verdict()).isEqualTo(Verdict.ZOMBIE);
            assertThat(host.finding(9).verdict()).isEqualTo(Verdict.NOTHING_WRONG);
        }

        /** Seen on a real host: xl keeps the uuid over a reboot, and only the domid changes. */
        @Test
        void aGuestThatRebootedDuringTheLookIsNoDuplicate() {
            String handle = "7cd4c052-af24-4452-b4c7-66c6f449750b";
            AHost host = AHost.with(
                    ADomain.idle().handle(handle).is(new Condition.Gone(), "--p---"),
                    ADomain.idle().domid(9).handle(handle));
            assertThat(host.finding(5).verdict()).isEqualTo(Verdict.IN_FLIGHT);
            assertThat(host.finding(9).verdict()).isEqualTo(Verdict.NOTHING_WRONG);
        }

        @Test
        void aGrantTableNearItsLimit() {
            assertThat(verdictOn(ADomain.idle().grants(61, 64))).isEqualTo(Verdict.GRANT_TABLE_NEARLY_FULL);
            assertThat(verdictOn(ADomain.idle().grants(12, 64))).isEqualTo(Verdict.NOTHING_WRONG);
        }
    }

    @Nested
    class TellsAHalfDestroyedDomain {
        private final ADomain half = ADomain.idle().named(null).paused();
        private final ADomain other = ADomain.idle().domid(6).named("db");

        @Test
        void whereOthersKeptTheirNamesAndNobodyWorksOnIt() {
            assertThat(AHost.with(half, other).finding(5).verdict()).isEqualTo(Verdict.HALF_DESTROYED);
        }

        @Test
        void butNotWhileADestroyIsAtWork() {
            assertThat(AHost.with(half.process("xl destroy 5"), other)
                            .finding(5)
                            .verdict())
                    .isEqualTo(Verdict.IN_FLIGHT);
        }

        @Test
        void butNotWhileItsMemoryFalls() {
            assertThat(AHost.with(half.memory(4000, -96), other).finding(5).verdict())
                    .isEqualTo(Verdict.IN_FLIGHT);
        }

        @Test
        void butNotAfterAMoment() {
            assertThat(AHost.with(half, other)
                            .watchedFor(Duration.ofSeconds(2))
                            .finding(5)
                            .verdict())
                    .isEqualTo(Verdict.IN_FLIGHT);
        }

        @Test
        void butNotWhereXenstoreWasNotRead() {
            assertThat(AHost.with(half.xenstoreNotRead(), other).finding(5).verdict())
                    .isEqualTo(Verdict.PAUSED);
        }

        @Test
        void butNotWhereNoOtherGuestHasItsName() {
            assertThat(AHost.with(half).finding(5).verdict()).isEqualTo(Verdict.PAUSED);
        }

        @Test
        void butNotWhereItWasPausedDuringTheLook() {
            ADomain fresh = half.is(new Condition.Paused(), "-b----", "--p---", "--p---", "--p---");
            assertThat(AHost.with(fresh, other).finding(5).verdict()).isEqualTo(Verdict.IN_FLIGHT);
        }

        @Test
        void butNotWhereItWasSeenOnceOnly() {
            ADomain fresh = half.is(new Condition.Paused(), "--p---");
            assertThat(AHost.with(fresh, other).finding(5).verdict()).isEqualTo(Verdict.IN_FLIGHT);
        }

        @Test
        void butNotWhereThatIsOnlyXapisNameUnread() {
            assertThat(AHost.with(half.xenstoreNotRead(), other)
                            .xapi()
                            .finding(5)
                            .verdict())
                    .isEqualTo(Verdict.PAUSED);
        }

        @Test
        void aNumberInSomebodysCommandLineIsNoToolAtWork() {
            assertThat(AHost.with(half.process("qemu-system-i386 -xen-domid 5"), other)
                            .finding(5)
                            .verdict())
                    .isEqualTo(Verdict.HALF_DESTROYED);
        }

        @Test
        void andAnOldCopyThatSomebodyUnpausedIsLeftToAPerson() {
            AHost host = AHost.with(ADomain.idle().named(null), other);
            assertThat(host.finding(5).verdict()).isEqualTo(Verdict.UNDECIDED);
            assertThat(host.finding(5).harmful()).anySatisfy(h -> assertThat(h).contains("starting"));
        }
    }
}
