package io.paramedic.actuator.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paramedic.actuator.guard.GuardAnswer.Fate;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.command.Traces;
import io.paramedic.schemas.event.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An act that is let through runs once, to its end, whoever waits for it. */
class GuardActTest extends GuardTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(1);

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void runsOnceAndTellsItsResult(Shell shell) {
        host(shell);
        assertThat(fate(Orders.act(Orders.destroy(1), 7))).isInstanceOfSatisfying(Fate.Ended.class, ended -> {
            assertThat(ended.exit()).isZero();
            assertThat(ended.end().bootId()).isEqualTo(XenWorld.BOOT);
            assertThat(ended.end().uptime()).isEqualTo(XenWorld.moment());
            assertThat(ended.transcript()).isEqualTo(new GuardAnswer.Transcript("xl destroy 6", "did destroy 6\n", ""));
        });
        assertThat(world.acts()).containsExactly("xl destroy 6");
        assertThat(world.tokens()).contains(" 7 " + Orders.id(1));
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aRedeliveredCommandGetsTheRecordedResult(Shell shell) {
        host(shell);
        world.before("xl", "[ $1 != destroy ] || { echo odd >&2; act \"$@\"; drop 6; exit 3; }");
        Fate first = fate(Orders.act(Orders.destroy(1), 7));
        assertThat(first)
                .isInstanceOfSatisfying(
                        Fate.Ended.class, ended -> assertThat(ended.exit()).isEqualTo(3));
        world.domains(Orders.ROW);
        assertThat(fate(Orders.act(Orders.destroy(1), 7))).isEqualTo(first);
        assertThat(fate(Orders.act(Orders.destroy(1), 8))).isEqualTo(first);
        assertThat(fate(GuardCall.result(Orders.destroy(1), Orders.token(9), SHORT)))
                .isEqualTo(first);
        assertThat(fate(GuardCall.settle(Orders.destroy(1), Orders.token(9)))).isEqualTo(first);
        assertThat(world.acts()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void theLimitBoundsTheWaitingNeverTheAct(Shell shell) throws IOException {
        host(shell);
        Path gate = Files.createFile(folder.resolve("gate"));
        assertThat(fate(Orders.act(Orders.destroy(1), 7, SHORT))).isInstanceOf(Fate.Running.class);
        assertThat(fate(Orders.act(Orders.destroy(1), 7, SHORT))).isInstanceOf(Fate.Running.class);
        refused(Orders.act(Orders.destroy(2), 8, SHORT), Refusal.HOST_BUSY);
        assertThat(fate(GuardCall.settle(Orders.destroy(1), Orders.token(9)))).isInstanceOf(Fate.Running.class);
        Files.delete(gate);
        assertThat(fate(GuardCall.result(Orders.destroy(1), Orders.token(7), LONG)))
                .isInstanceOf(Fate.Ended.class);
        assertThat(world.acts()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void theActGoesOnWhenTheConnectionIsCut(Shell shell) throws Exception {
        host(shell);
        Path gate = Files.createFile(folder.resolve("gate"));
        GuardCall call = Orders.act(Orders.destroy(1), 7, LONG);
        CompletableFuture<Boolean> cut = new CompletableFuture<>();
        Thread connection = Thread.ofPlatform().start(() -> {
            try {
                world.run(call.command());
                cut.complete(false);
            } catch (InterruptedException e) {
                cut.complete(true);
            }
        });
        world.awaitActs(1);
        // The shell of the connection is killed with every process that hangs on it.
        connection.interrupt();
        assertThat(cut.join()).isTrue();
        assertThat(fate(GuardCall.result(Orders.destroy(1), Orders.token(7), SHORT)))
                .isInstanceOf(Fate.Running.class);
        Files.delete(gate);
        assertThat(fate(GuardCall.result(Orders.destroy(1), Orders.token(7), LONG)))
                .isInstanceOf(Fate.Ended.class);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aKilledActReleasesTheHostAndIsNeverRunAgain(Shell shell) throws IOException {
        host(shell);
        Files.createFile(folder.resolve("gate"));
        assertThat(fate(Orders.act(Orders.destroy(1), 7, SHORT))).isInstanceOf(Fate.Running.class);
        world.awaitActs(1);
        world.killEverything();
        Files.delete(folder.resolve("gate"));
        assertThat(fate(Orders.act(Orders.destroy(1), 7))).isInstanceOf(Fate.Unknown.class);
        assertThat(fate(GuardCall.settle(Orders.destroy(1), Orders.token(9)))).isInstanceOf(Fate.Unknown.class);
        assertThat(world.acts()).hasSize(1);
        assertThat(fate(Orders.act(Orders.destroy(2), 10))).isInstanceOf(Fate.Ended.class);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void anActWhoseShellWasKilledStillKeepsTheHost(Shell shell) throws IOException {
        host(shell);
        Path configuration = configuration();
        world.domains();
        Files.createFile(folder.resolve("gate"));
        Command start = Orders.command(1, Orders.VM_SCOPE, Orders.start(file(configuration), noTraces()));
        assertThat(fate(create(start, 7, SHORT))).isInstanceOf(Fate.Running.class);
        world.awaitActs(1);
        // The tool of a start does not get the lock, so only the session tells that it still runs.
        String session = XenWorld.read(world.state().resolve("commands/" + Orders.id(1) + ".session"))
                .strip();
        ProcessHandle actShell = ProcessHandle.of(Long.parseLong(session)).orElseThrow();
        assertThat(actShell.destroyForcibly()).isTrue();
        actShell.onExit().join();
        assertThat(fate(create(start, 7, SHORT))).isInstanceOf(Fate.Running.class);
        world.domains(Orders.ROW);
        refused(Orders.act(Orders.destroy(2), 8), Refusal.HOST_BUSY);
        assertThat(world.ask(GuardCall.tell(Orders.HOST_SCOPE, Orders.HOST, Orders.token(9))))
                .isInstanceOfSatisfying(
                        GuardAnswer.Told.class, told -> assertThat(told.busy()).isTrue());
        Files.delete(folder.resolve("gate"));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(fate(create(start, 7, SHORT))).isInstanceOf(Fate.Unknown.class));
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aDaemonThatAStartLeavesBehindDoesNotKeepTheHost(Shell shell) throws IOException {
        host(shell);
        world.domains();
        Command start = Orders.command(1, Orders.VM_SCOPE, Orders.start(file(configuration()), noTraces()));
        assertThat(fate(create(start, 7, LONG)))
                .isInstanceOfSatisfying(
                        Fate.Ended.class, ended -> assertThat(ended.exit()).isZero());
        assertThat(world.ask(GuardCall.tell(Orders.HOST_SCOPE, Orders.HOST, Orders.token(9))))
                .isInstanceOfSatisfying(
                        GuardAnswer.Told.class, told -> assertThat(told.busy()).isFalse());
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void ofTwoAtOnceExactlyOneActs(Shell shell) throws IOException {
        host(shell);
        Files.createFile(folder.resolve("gate"));
        List<CompletableFuture<GuardAnswer>> both = List.of(1, 2).stream()
                .map(number -> CompletableFuture.supplyAsync(
                        () -> world.ask(Orders.act(Orders.destroy(number), 6 + number, LONG))))
                .toList();
        // One of them comes back at once; the other waits for its act.
        GuardAnswer early =
                (GuardAnswer) CompletableFuture.anyOf(both.get(0), both.get(1)).join();
        refused(early, Refusal.HOST_BUSY);
        Files.delete(folder.resolve("gate"));
        assertThat(both.stream().map(CompletableFuture::join).filter(GuardAnswer.Known.class::isInstance))
                .singleElement()
                .satisfies(answer -> assertThat(fate(answer)).isInstanceOf(Fate.Ended.class));
        assertThat(world.acts()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aDeadlineThatPassesOnTheWayStopsTheTool(Shell shell) {
        host(shell);
        world.program(
                "setsid",
                "#!/bin/sh\necho 2000.00 1.00 >\"$WORLD/uptime\"\nexec " + Shell.program("setsid") + " \"$@\"\n");
        assertThat(fate(Orders.act(Orders.destroy(1), 7))).isInstanceOf(Fate.TooLate.class);
        assertThat(world.acts()).isEmpty();
        assertThat(fate(Orders.act(Orders.destroy(1), 7))).isInstanceOf(Fate.TooLate.class);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void whatRanBeforeTheHostWasBootedIsUnknown(Shell shell) throws IOException {
        host(shell);
        Files.createFile(folder.resolve("gate"));
        assertThat(fate(Orders.act(Orders.destroy(1), 7, SHORT))).isInstanceOf(Fate.Running.class);
        world.write("boot", "11111111-5ba5-4ba5-8f0e-bd0b1c1f2a3d\n");
        assertThat(fate(GuardCall.settle(Orders.destroy(1), Orders.token(9)))).isInstanceOf(Fate.Unknown.class);
    }

    private static GuardCall create(Command command, long token, Duration wait) {
        Step.StartVm step = (Step.StartVm) command.step();
        return GuardCall.act(
                command,
                Orders.token(token),
                new GuardAct.Start(GuardAct.Kind.XL_CREATE, null, step.configuration(), step.traces()),
                wait);
    }

    private Path configuration() throws IOException {
        return Files.writeString(folder.resolve("web's $(touch x).cfg"), "name=web\n");
    }

    private static Step.Configuration file(Path path) throws IOException {
        return new Step.Configuration(path.toString(), Digests.sha256(Files.readAllBytes(path)));
    }

    private static Traces noTraces() {
        return new Traces(List.of(), List.of("web"), List.of());
    }
}
