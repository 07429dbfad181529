package io.paramedic.actuator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.actuator.guard.GuardAnswer.Fate;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.command.Traces;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.identity.HostBoot;
import io.paramedic.schemas.lease.LogId;
import io.paramedic.schemas.lease.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a host keeps: its log, the tokens, and room to write them. */
class GuardStateTest extends GuardTest {
    private static final LogId HOSTILE = new LogId("c'l $(x)", "a/b", 0, "pool's \"one\" ä %2F");

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void isEnrolledOnceAndAdoptedByAPerson(Shell shell) {
        host(shell);
        assertThat(enrol(Orders.LOG, 5, false)).isEqualTo(new GuardAnswer.Enrolled(true));
        assertThat(enrol(HOSTILE, 50, false)).isEqualTo(new GuardAnswer.OtherLog(Orders.LOG, 5));
        assertThat(fate(Orders.act(Orders.destroy(1), 20))).isInstanceOf(Fate.Ended.class);
        // The log ends before what the host has seen of it.
        assertThat(enrol(Orders.LOG, 19, false)).isEqualTo(new GuardAnswer.OtherLog(Orders.LOG, 20));
        assertThat(enrol(Orders.LOG, 20, false)).isEqualTo(new GuardAnswer.Enrolled(true));
        assertThat(enrol(HOSTILE, 3, true)).isEqualTo(new GuardAnswer.Enrolled(false));
        assertThat(enrol(HOSTILE, 3, false)).isEqualTo(new GuardAnswer.Enrolled(true));
        refused(Orders.act(Orders.destroy(2), 21), Refusal.OTHER_LOG);
        assertThat(enrol(Orders.LOG, 30, false)).isEqualTo(new GuardAnswer.OtherLog(HOSTILE, 3));
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void answersUnderTheNameAloneUnderWhichItIsEnrolled(Shell shell) throws IOException {
        host(shell);
        String other = "xen 08";
        Step.StartVm start = Orders.start(null, new Traces(List.of(), List.of("db"), List.of()));
        Command elsewhere = Orders.command(
                1, new Scope.Host(Orders.POOL, other), new Step.RestartToolstack(new HostBoot(other, XenWorld.BOOT)));
        for (GuardCall call : List.of(
                GuardCall.look(elsewhere.step(), elsewhere.id()),
                GuardCall.act(elsewhere, Orders.token(7), new GuardAct.RestartToolstack(), Duration.ZERO),
                GuardCall.result(elsewhere, Orders.token(7), Duration.ZERO),
                GuardCall.settle(elsewhere, Orders.token(7)),
                GuardCall.seal(Orders.command(2, Orders.VM_SCOPE, start), start, other, Orders.token(7)),
                GuardCall.tell(new Scope.Host(Orders.POOL, other), other, Orders.token(7)),
                GuardCall.enrol(other, Orders.LOG, 9, false))) {
            assertThat(refused(call, Refusal.NOT_ENROLLED).sentence())
                    .contains("enrolled as " + Orders.HOST, "asked as xen%2008");
        }
        assertUntouched();
        assertThat(world.ask(GuardCall.enrol(other, Orders.LOG, 9, true))).isEqualTo(new GuardAnswer.Enrolled(false));
        refused(Orders.act(Orders.destroy(1), 10), Refusal.NOT_ENROLLED);
        // A host that was enrolled before names were kept takes the one that it is enrolled with next.
        Files.writeString(world.state().resolve("log"), "cluster-1/paramedic.leases/3/pool\n");
        assertThat(told(Orders.HOST_SCOPE, 9).busy()).isFalse();
        assertThat(enrol(Orders.LOG, 9, false)).isEqualTo(new GuardAnswer.Enrolled(true));
        refused(GuardCall.tell(new Scope.Host(Orders.POOL, other), other, Orders.token(10)), Refusal.NOT_ENROLLED);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aHoldIsToldWhileAnActRuns(Shell shell) throws IOException {
        host(shell);
        assertThat(told(Orders.HOST_SCOPE, 6).busy()).isFalse();
        Path gate = Files.createFile(folder.resolve("gate"));
        assertThat(fate(Orders.act(Orders.destroy(1), 7, Duration.ofSeconds(1))))
                .isInstanceOf(Fate.Running.class);
        assertThat(told(new Scope.Pool(Orders.POOL), 9).busy()).isTrue();
        Files.delete(gate);
        assertThat(fate(GuardCall.result(Orders.destroy(1), Orders.token(7), Duration.ofSeconds(20))))
                .isInstanceOf(Fate.Ended.class);
        assertThat(told(new Scope.Pool(Orders.POOL), 9).busy()).isFalse();
        world.domains(Orders.ROW);
        refused(Orders.act(Orders.destroy(2), 8), Refusal.TOKEN_NOT_NEWER);
        // An older hold than the last one is told, and takes nothing back.
        assertThat(told(new Scope.Pool(Orders.POOL), 3).busy()).isFalse();
        refused(Orders.act(Orders.destroy(2), 8), Refusal.TOKEN_NOT_NEWER);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void anActOfAnEarlierBootKeepsNobodyAway(Shell shell) throws IOException {
        host(shell);
        Files.createFile(folder.resolve("gate"));
        assertThat(fate(Orders.act(Orders.destroy(1), 7, Duration.ofSeconds(1))))
                .isInstanceOf(Fate.Running.class);
        // A process of this number goes on, and the lock is free.
        Files.move(world.state().resolve("lock"), world.state().resolve("lock-of-the-earlier-boot"));
        assertThat(told(Orders.HOST_SCOPE, 8).busy()).isTrue();
        world.write("boot", "11111111-5ba5-4ba5-8f0e-bd0b1c1f2a3d\n");

        assertThat(told(Orders.HOST_SCOPE, 9).busy()).isFalse();
        // Were it busy, that would be said first.
        refused(Orders.act(Orders.destroy(2), 10), Refusal.OTHER_BOOT);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void tokensOfVmsDoNotPileUp(Shell shell) {
        host(shell);
        for (int number = 0; number < 4; number++) {
            told(
                    new Scope.Vm(
                            Orders.POOL, Orders.HOST, new io.paramedic.schemas.identity.VmId.ByName("vm" + number)),
                    10 + number);
        }
        assertThat(world.tokens().lines().filter(line -> line.startsWith("vm ")))
                .hasSize(4);
        told(Orders.HOST_SCOPE, 20);
        assertThat(world.tokens().lines().filter(line -> line.startsWith("vm ")))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aFolderThatCannotBeWrittenStopsEverything(Shell shell) throws IOException {
        bareHost(shell);
        Files.writeString(folder.resolve("state"), "a file where the folder should be");
        assertThat(refused(GuardCall.enrol(Orders.HOST, Orders.LOG, 5, false), Refusal.NOT_POSSIBLE_HERE)
                        .sentence())
                .contains("cannot be written", world.state().toString());
        refused(Orders.act(Orders.destroy(1), 7), Refusal.NOT_ENROLLED);
        assertThat(world.acts()).isEmpty();
    }

    /** The disk takes the locks and nothing more: every write of data fails, as on one that is full. */
    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aDiskThatTakesNothingMoreStopsTheAct(Shell shell) {
        host(shell);
        world.program("dd", "#!/bin/sh\necho 'dd: No space left on device' >&2\nexit 1\n");
        assertThat(refused(Orders.act(Orders.destroy(1), 7), Refusal.NOT_POSSIBLE_HERE)
                        .sentence())
                .contains("nothing was done", "full");
        refused(GuardCall.settle(Orders.destroy(1), Orders.token(8)), Refusal.NOT_POSSIBLE_HERE);
        refused(GuardCall.tell(Orders.HOST_SCOPE, Orders.HOST, Orders.token(8)), Refusal.NOT_POSSIBLE_HERE);
        assertUntouched();
    }

    @Tag("root")
    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aFullDiskAndAReadOnlyOneStopTheAct(Shell shell) throws Exception {
        bareHost(shell);
        Files.createDirectories(world.state());
        sh("mount -t tmpfs -o size=64k paramedic-test '" + world.state() + "'");
        try {
            assertThat(enrol(Orders.LOG, 5, false)).isEqualTo(new GuardAnswer.Enrolled(false));
            sh("dd if=/dev/zero of='" + world.state() + "/filler' bs=1k 2>/dev/null; true");
            refused(Orders.act(Orders.destroy(1), 7), Refusal.NOT_POSSIBLE_HERE);
            assertUntouched();
            Files.delete(world.state().resolve("filler"));
            sh("mount -o remount,ro '" + world.state() + "'");
            refused(Orders.act(Orders.destroy(1), 7), Refusal.NOT_POSSIBLE_HERE);
            assertUntouched();
            sh("mount -o remount,rw '" + world.state() + "'");
            assertThat(fate(Orders.act(Orders.destroy(1), 7))).isInstanceOf(Fate.Ended.class);
        } finally {
            sh("umount '" + world.state() + "'");
        }
    }

    private static void sh(String line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/sh", "-c", line).inheritIO().start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(line).isZero();
    }

    private GuardAnswer enrol(LogId log, long newest, boolean adopt) {
        return world.ask(GuardCall.enrol(Orders.HOST, log, newest, adopt));
    }

    private GuardAnswer.Told told(Scope scope, long token) {
        GuardAnswer answer = world.ask(GuardCall.tell(scope, Orders.HOST, Orders.token(token)));
        assertThat(answer).isInstanceOf(GuardAnswer.Told.class);
        return (GuardAnswer.Told) answer;
    }
}
