package io.paramedic.actuator.rung;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.actuator.guard.Digests;
import io.paramedic.actuator.guard.Orders;
import io.paramedic.actuator.guard.Shell;
import io.paramedic.actuator.guard.XenWorld;
import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostCommand;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.command.Target;
import io.paramedic.schemas.command.Traces;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.identity.HostBoot;
import io.paramedic.schemas.lease.LogId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step's outcome is what is seen afterwards, and never more than anybody can know. */
@SuppressWarnings("NullAway.Init")
class GuardedRunnerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private XenWorld world;
    private Fickle fickle;
    private StepRunner runner;

    /** A connection that goes away when a test says so. */
    private static final class Fickle implements HostAccess {
        private final HostAccess behind;
        private final List<String> asked = new ArrayList<>();
        private String loseAnswerOf = "-";
        private String loseCallOf = "-";
        private String refuse = "-";
        private String garble = "-";

        Fickle(HostAccess behind) {
            this.behind = behind;
        }

        @Override
        public String name() {
            return behind.name();
        }

        @Override
        public CommandResult run(HostCommand command) throws InterruptedException {
            String tail = command.line().substring(command.line().lastIndexOf("paramedic-guard "));
            String verb = tail.split(" ")[1];
            asked.add(verb);
            CommandResult lost = new CommandResult.ConnectionLost("cut by the test", "", "", Duration.ZERO);
            if (verb.equals(refuse)) {
                return new CommandResult.NotReached(
                        new CommandResult.Unreachable(CommandResult.Unreachable.Kind.REFUSED, "nothing listens", null),
                        Duration.ZERO);
            }
            if (verb.equals(loseCallOf)) {
                return lost;
            }
            CommandResult result = behind.run(command);
            if (verb.equals(garble)) {
                return new CommandResult.Completed(0, "???", "", Duration.ZERO);
            }
            return verb.equals(loseAnswerOf) ? lost : result;
        }

        @Override
        public CommandStream stream(HostCommand command, Consumer<String> line, Consumer<CommandResult> ended) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            behind.close();
        }
    }

    @BeforeEach
    void host() throws InterruptedException {
        Shell shell = Shell.has("dash") ? Shell.DASH : Shell.SH;
        world = new XenWorld(folder, shell).domains(Orders.ROW);
        fickle = new Fickle(world);
        runner = new GuardedRunner(
                host -> host.equals(Orders.HOST) ? Optional.of(fickle) : Optional.empty(), time -> {});
        assertThat(runner.enrol(Orders.HOST, Orders.LOG, 5, false)).isEqualTo(new StepRunner.Enrolled.Done());
    }

    @AfterEach
    void end() {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void aDestroyIsDoneWhenTheDomainIsGone() throws InterruptedException {
        world.store("/local/domain/6/name", "web");
        StepRunner.Ended ended = runner.run(Orders.destroy(1), Orders.token(7), PATIENCE);
        assertThat(ended.outcome()).isInstanceOf(Outcome.Done.class);
        assertThat(ended.at()).isNotNull();
        assertThat(ended.transcript())
                .extracting(ran -> ran.command())
                .containsExactly("xl list -v", "xenstore-ls -f /local/domain/6", "xl destroy 6");
        assertThat(ended.transcript().getFirst().out()).contains(Orders.HANDLE.toString());
        // Once more: the same, from the record of the host.
        assertThat(runner.run(Orders.destroy(1), Orders.token(7), PATIENCE).outcome())
                .isEqualTo(ended.outcome());
        assertThat(world.acts()).hasSize(1);
    }

    @Test
    void aZombieThatStaysIsIneffectiveWhateverTheExitStatus() throws InterruptedException {
        world.domains("6|" + Orders.HANDLE + "|--p--d|(null)");
        world.before("xl", "[ $1 != destroy ] || { act \"$@\"; exit 0; }");
        Command reap = Orders.command(1, Orders.VM_SCOPE, new Step.ReapDomain(Orders.target(Target.State.DYING)));
        assertThat(runner.run(reap, Orders.token(7), Duration.ofMinutes(5)).outcome())
                .isInstanceOf(Outcome.Ineffective.class);
    }

    @Test
    void aToolThatFailsAndHasItsEffectIsDone() throws InterruptedException {
        world.before("xl", "[ $1 != destroy ] || { act \"$@\"; drop 6; exit 1; }");
        assertThat(runner.run(Orders.destroy(1), Orders.token(7), PATIENCE).outcome())
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aRebootIsDoneWhenTheVmLivesAnew() throws InterruptedException {
        Command reboot = Orders.command(1, Orders.VM_SCOPE, new Step.RebootCleanly(Orders.target()));
        assertThat(runner.run(reboot, Orders.token(7), PATIENCE).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.proof()).contains("domain 90"));
        assertThat(world.acts()).containsExactly("xl reboot 6");
    }

    @Test
    void aRequestIsWithdrawnOnlyIfItIsOurs() throws InterruptedException {
        String node = "/local/domain/6/control/shutdown";
        world.store(node, "suspend");
        Command withdraw = Orders.command(1, Orders.VM_SCOPE, new Step.WithdrawShutdownRequest(Orders.target()));
        assertThat(runner.run(withdraw, Orders.token(7), Duration.ofMinutes(5)).outcome())
                .isInstanceOf(Outcome.Ineffective.class);
        assertThat(world.stored(node)).isEqualTo("suspend");
        world.store(node, "reboot");
        Command again = Orders.command(2, Orders.VM_SCOPE, new Step.WithdrawShutdownRequest(Orders.target()));
        assertThat(runner.run(again, Orders.token(8), PATIENCE).outcome()).isInstanceOf(Outcome.Done.class);
        assertThat(world.stored(node)).isEmpty();
        assertThat(world.acts()).containsExactly("xenstore-write " + node + " ");
    }

    @Test
    void whatXenstoreDoesNotTellIsNotWithdrawn() throws InterruptedException {
        world.store("/local/domain/6/control/shutdown", "reboot");
        world.xapi().record("running", 6, XenWorld.HOST.toString(), "");
        Command withdraw = Orders.command(1, Orders.VM_SCOPE, new Step.WithdrawShutdownRequest(Orders.xapiTarget()));
        // It dies when the act reads the request, and answers nothing more.
        world.before("xenstore-read", """
            [ ! -e "$WORLD/dead" ] || exit 1
            [ "$1" != /local/domain/6/control/shutdown ] || [ ! -e "$WORLD/state/last" ] || { : >"$WORLD/dead"; exit 1; }
            """);
        assertThat(runner.run(withdraw, Orders.token(7), PATIENCE).outcome()).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void aForcedRebootUnderXapiIsDoneWhenTheVmLivesAnew() throws InterruptedException {
        world.xapi().record("running", 6, XenWorld.HOST.toString(), "");
        Command reboot = Orders.command(1, Orders.VM_SCOPE, new Step.RebootHard(Orders.xapiTarget()));
        assertThat(runner.run(reboot, Orders.token(7), PATIENCE).outcome()).isInstanceOf(Outcome.Done.class);
        assertThat(world.acts()).containsExactly("xe vm-reboot uuid=" + Orders.HANDLE + " force=true");
    }

    @Test
    void whatXapiMayStillDoIsAwaitedAndNotCalledIneffective() throws InterruptedException {
        world.xapi().record("running", 6, XenWorld.HOST.toString(), "");
        world.before(
                "xe", "case $1 in vm-reboot) act \"$@\"; echo 'Lost connection to the server.' >&2; exit 1 ;; esac");
        Command reboot = Orders.command(1, Orders.VM_SCOPE, new Step.RebootHard(Orders.xapiTarget()));
        assertThat(runner.run(reboot, Orders.token(7), PATIENCE).outcome()).isInstanceOf(Outcome.Running.class);
        world.write("uptime", "1091.00 4000.00\n");
        assertThat(runner.settle(reboot, Orders.token(8)).outcome()).isInstanceOf(Outcome.Unknown.class);
        world.domains("90|" + Orders.HANDLE + "|-b----|web");
        assertThat(runner.settle(reboot, Orders.token(9)).outcome()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aStartNeedsEverySealAndThenStarts() throws Exception {
        Path path = Files.writeString(folder.resolve("web.cfg"), "name=web\n");
        Step.Configuration file =
                new Step.Configuration(path.toString(), Digests.sha256("name=web\n".getBytes(StandardCharsets.UTF_8)));
        Traces traces = new Traces(List.of(Orders.target().incarnation()), List.of("web"), List.of());
        HostBoot on = new HostBoot(Orders.HOST, XenWorld.BOOT);
        Step twoHosts = new Step.StartVm(on, Orders.VM, file, traces, List.of(Orders.HOST, "xen-08"), List.of());
        Command start = Orders.command(1, Orders.VM_SCOPE, Orders.start(file, traces));
        assertThat(refusal(runner.run(start, Orders.token(7), PATIENCE))).isEqualTo(Refusal.NOT_SEALED);
        world.domains();
        assertThat(refusal(runner.run(Orders.command(2, Orders.VM_SCOPE, twoHosts), Orders.token(8), PATIENCE)))
                .isEqualTo(Refusal.SEAL_UNANSWERED);
        assertThat(world.acts()).isEmpty();
        Command last = Orders.command(3, Orders.VM_SCOPE, Orders.start(file, traces));
        assertThat(runner.run(last, Orders.token(9), PATIENCE).outcome()).isInstanceOf(Outcome.Done.class);
        // Delivered again: the VM is there now, and that is the result and no refusal.
        assertThat(runner.run(last, Orders.token(9), PATIENCE).outcome()).isInstanceOf(Outcome.Done.class);
        assertThat(world.acts()).containsExactly("xl create " + path);
    }

    @Test
    void anEffectIsAwaitedForOneWindowHoweverOftenItIsAskedFor() throws Exception {
        world.domains();
        world.before("xl", "[ $1 != create ] || { act \"$@\"; exit 0; }");
        Path path = Files.writeString(folder.resolve("web.cfg"), "name=web\n");
        Step.Configuration file =
                new Step.Configuration(path.toString(), Digests.sha256("name=web\n".getBytes(StandardCharsets.UTF_8)));
        Traces traces = new Traces(List.of(), List.of("web"), List.of());
        Command start = Orders.command(1, Orders.VM_SCOPE, Orders.start(file, traces));

        assertThat(runner.run(start, Orders.token(7), PATIENCE).outcome()).isInstanceOf(Outcome.Running.class);
        world.write("uptime", "1089.00 4000.00\n");
        assertThat(runner.settle(start, Orders.token(8)).outcome()).isInstanceOf(Outcome.Running.class);
        world.write("uptime", "1091.00 4000.00\n");
        assertThat(runner.settle(start, Orders.token(9)).outcome()).isInstanceOf(Outcome.Ineffective.class);
    }

    @Test
    void anAnswerThatIsLostIsAskedForAgain() throws InterruptedException {
        fickle.loseAnswerOf = "act";
        assertThat(runner.run(Orders.destroy(1), Orders.token(7), PATIENCE).outcome())
                .isInstanceOf(Outcome.Done.class);
        assertThat(fickle.asked).contains("settle");
        assertThat(world.acts()).hasSize(1);
    }

    @Test
    void aCallThatNeverArrivedIsBuried() throws InterruptedException {
        fickle.loseCallOf = "act";
        assertThat(refusal(runner.run(Orders.destroy(1), Orders.token(7), PATIENCE)))
                .isEqualTo(Refusal.TOMBSTONED);
        fickle.loseCallOf = "-";
        assertThat(refusal(runner.run(Orders.destroy(1), Orders.token(7), PATIENCE)))
                .isEqualTo(Refusal.TOMBSTONED);
        assertThat(world.acts()).isEmpty();
    }

    @Test
    void whatNobodyAnswersIsUnknownAndCanBeSettledLater() throws InterruptedException {
        fickle.loseAnswerOf = "act";
        fickle.refuse = "settle";
        assertThat(runner.run(Orders.destroy(1), Orders.token(7), PATIENCE).outcome())
                .isInstanceOf(Outcome.Unknown.class);
        assertThat(runner.settle(Orders.destroy(1), Orders.token(8)).outcome()).isInstanceOf(Outcome.Unknown.class);
        fickle.refuse = "-";
        assertThat(runner.settle(Orders.destroy(1), Orders.token(9)).outcome()).isInstanceOf(Outcome.Done.class);
        assertThat(refusal(runner.settle(Orders.destroy(2), Orders.token(9)))).isEqualTo(Refusal.TOMBSTONED);
    }

    @Test
    void aHostThatIsNotReachedWasNotTouched() throws InterruptedException {
        for (String verb : List.of("look", "act")) {
            fickle.refuse = verb;
            assertThat(runner.run(Orders.destroy(1), Orders.token(7), PATIENCE).outcome())
                    .isInstanceOf(Outcome.NotReached.class);
        }
        assertThat(world.acts()).isEmpty();
    }

    @Test
    void anAnswerThatNobodyUnderstandsIsGarbledUnlessTheHostExplainsIt() throws InterruptedException {
        fickle.garble = "act";
        fickle.refuse = "settle";
        assertThat(runner.run(Orders.destroy(1), Orders.token(7), PATIENCE).outcome())
                .isInstanceOf(Outcome.Garbled.class);
    }

    @Test
    void anActThatOutlivesThePatienceIsRunning() throws Exception {
        Path gate = Files.createFile(folder.resolve("gate"));
        Duration little = Duration.ofSeconds(2);
        assertThat(runner.run(Orders.destroy(1), Orders.token(7), little).outcome())
                .isInstanceOf(Outcome.Running.class);
        assertThat(runner.settle(Orders.destroy(1), Orders.token(8)).outcome()).isInstanceOf(Outcome.Running.class);
        assertThat(runner.tell(Orders.HOST, Orders.HOST_SCOPE, Orders.token(9)))
                .isInstanceOf(StepRunner.Told.Busy.class);
        Files.delete(gate);
        assertThat(runner.run(Orders.destroy(1), Orders.token(7), PATIENCE).outcome())
                .isInstanceOf(Outcome.Done.class);
        assertThat(runner.tell(Orders.HOST, Orders.HOST_SCOPE, Orders.token(9)))
                .isInstanceOf(StepRunner.Told.Idle.class);
    }

    @Test
    void anActThatWasKilledIsUnknownUnlessItsAimIsSeen() throws IOException, InterruptedException {
        Files.createFile(folder.resolve("gate"));
        Duration little = Duration.ofSeconds(2);
        assertThat(runner.run(Orders.destroy(1), Orders.token(7), little).outcome())
                .isInstanceOf(Outcome.Running.class);
        world.awaitActs(1);
        world.killEverything();
        assertThat(runner.settle(Orders.destroy(1), Orders.token(8)).outcome()).isInstanceOf(Outcome.Unknown.class);
        world.domains();
        assertThat(runner.settle(Orders.destroy(1), Orders.token(8)).outcome()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void anotherLogIsNamed() throws InterruptedException {
        LogId other = new LogId("cluster-2", "paramedic.leases", 3, Orders.POOL);
        assertThat(runner.enrol(Orders.HOST, other, 1, false))
                .isInstanceOfSatisfying(StepRunner.Enrolled.OtherLog.class, said -> {
                    assertThat(said.there()).isEqualTo(Orders.LOG);
                    assertThat(said.sentence()).contains("cluster-1", "host adopt " + Orders.HOST);
                });
        assertThat(runner.enrol("xen-99", other, 1, false)).isInstanceOf(StepRunner.Enrolled.Failed.class);
        assertThat(runner.tell("xen-99", Orders.HOST_SCOPE, Orders.token(9)))
                .isInstanceOf(StepRunner.Told.NotTold.class);
    }

    private static Refusal refusal(StepRunner.Ended ended) {
        assertThat(ended.outcome()).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) ended.outcome()).reason();
    }
}
