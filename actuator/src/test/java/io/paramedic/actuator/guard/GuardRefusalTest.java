package io.paramedic.actuator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.actuator.guard.GuardAnswer.Fate;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.command.Target;
import io.paramedic.schemas.command.Traces;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.identity.HostBoot;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.lease.LogId;
import io.paramedic.schemas.lease.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Why an act is not let through; after each of these the host is as it was. */
class GuardRefusalTest extends GuardTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final VmId OTHER_VM = new VmId.ByName("db");

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aHostThatWasNeverEnrolled(Shell shell) {
        bareHost(shell);
        refused(Orders.act(Orders.destroy(1), 7), Refusal.NOT_ENROLLED);
        assertThat(world.acts()).isEmpty();
        assertThat(Files.exists(world.state())).isFalse();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aTokenOfAnotherLog(Shell shell) {
        host(shell);
        LogId other = new LogId("cluster-2", "paramedic.leases", 3, Orders.POOL);
        Command command = Orders.destroy(1);
        GuardAct act = new GuardAct.OnDomain(GuardAct.Kind.XL_DESTROY, Orders.target(), null, null);
        refused(GuardCall.act(command, new FencingToken(other, 99), act, WAIT), Refusal.OTHER_LOG);
        assertUntouched();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aTokenOfALogThatIsReplacedAtThisMoment(Shell shell) throws IOException {
        host(shell);
        String log = Files.readString(world.state().resolve("log"));
        Traces traces = new Traces(List.of(), List.of("db"), List.of());
        Step.StartVm start = Orders.start(null, traces);
        for (GuardCall call : List.of(
                Orders.act(Orders.destroy(1), 7),
                GuardCall.seal(Orders.command(2, Orders.VM_SCOPE, start), start, Orders.HOST, Orders.token(8)),
                GuardCall.tell(Orders.HOST_SCOPE, Orders.HOST, Orders.token(9)))) {
            Files.writeString(world.state().resolve("log"), log);
            world.program(
                    "flock",
                    "#!/bin/sh\necho cluster-2/paramedic.leases/3/pool >\"$WORLD/state/log\"\nexec "
                            + Shell.program("flock") + " \"$@\"\n");
            refused(call, Refusal.OTHER_LOG);
        }
        assertUntouched();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aTokenFromBeforeTheEnrolment(Shell shell) {
        host(shell);
        refused(Orders.act(Orders.destroy(1), 5), Refusal.TOKEN_NOT_NEWER);
        assertUntouched();
        assertThat(fate(Orders.act(Orders.destroy(1), 6))).isInstanceOf(Fate.Ended.class);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aTokenThatIsNotNewerThanTheLastOfItsOwnScope(Shell shell) {
        host(shell);
        tell(Orders.VM_SCOPE, 9);
        refused(Orders.act(Orders.destroy(1), 8), Refusal.TOKEN_NOT_NEWER);
        refused(Orders.act(Orders.destroy(1), 9), Refusal.TOKEN_NOT_NEWER);
        assertThat(world.acts()).isEmpty();
        assertThat(fate(Orders.act(Orders.destroy(1), 10))).isInstanceOf(Fate.Ended.class);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aTokenThatIsNotNewerThanThoseOfTheEnclosingScopes(Shell shell) {
        host(shell);
        tell(Orders.HOST_SCOPE, 9);
        refused(Orders.act(Orders.destroy(1), 8), Refusal.TOKEN_NOT_NEWER);
        tell(new Scope.Pool(Orders.POOL), 12);
        refused(Orders.act(Orders.destroy(2), 11), Refusal.TOKEN_NOT_NEWER);
        refused(act(Orders.HOST_SCOPE, 11), Refusal.TOKEN_NOT_NEWER);
        assertThat(world.acts()).isEmpty();
        assertThat(fate(Orders.act(Orders.destroy(3), 13))).isInstanceOf(Fate.Ended.class);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aHostStepWhoseTokenIsNotNewerThanThatOfAVmOnTheHost(Shell shell) {
        host(shell);
        tell(new Scope.Vm(Orders.POOL, Orders.HOST, OTHER_VM), 9);
        refused(act(Orders.HOST_SCOPE, 8), Refusal.TOKEN_NOT_NEWER);
        refused(act(new Scope.Pool(Orders.POOL), 8), Refusal.TOKEN_NOT_NEWER);
        assertThat(world.acts()).isEmpty();
        // Beside the other VM, not above it.
        assertThat(fate(Orders.act(Orders.destroy(1), 8))).isInstanceOf(Fate.Ended.class);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aPoolStepWhoseTokenIsNotNewerThanThatOfTheHost(Shell shell) {
        host(shell);
        tell(Orders.HOST_SCOPE, 9);
        refused(act(new Scope.Pool(Orders.POOL), 8), Refusal.TOKEN_NOT_NEWER);
        assertThat(fate(act(new Scope.Pool(Orders.POOL), 10))).isInstanceOf(Fate.Ended.class);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void tokensThatAreNotKeptWhole(Shell shell) throws IOException {
        host(shell);
        String whole = world.tokens();
        for (String damaged :
                List.of("", whole.replace("end", ""), whole.replace("floor 5", "floor x"), "x\n" + whole)) {
            Files.writeString(world.state().resolve("tokens"), damaged);
            refused(Orders.act(Orders.destroy(1), 7), Refusal.NOT_POSSIBLE_HERE);
        }
        assertThat(world.acts()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void anotherBoot(Shell shell) {
        host(shell);
        world.write("boot", "11111111-5ba5-4ba5-8f0e-bd0b1c1f2a3d\n");
        refused(Orders.act(Orders.destroy(1), 7), Refusal.OTHER_BOOT);
        world.write("boot", "nonsense\n");
        refused(Orders.act(Orders.destroy(1), 7), Refusal.UNEXPECTED_STATE);
        assertUntouched();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void evidenceThatIsTooOld(Shell shell) {
        host(shell);
        Step destroy = new Step.DestroyDomain(Orders.target(), null);
        Duration before = XenWorld.moment().minusMillis(10);
        refused(Orders.act(Orders.command(1, Orders.VM_SCOPE, destroy, before), 7), Refusal.EVIDENCE_TOO_OLD);
        assertUntouched();
        assertThat(fate(Orders.act(Orders.command(1, Orders.VM_SCOPE, destroy, XenWorld.moment()), 7)))
                .isInstanceOf(Fate.Ended.class);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void anUptimeThatIsNotUnderstood(Shell shell) {
        host(shell);
        for (String uptime : List.of("", "abc", "12", "12.3", "-5.00", "1e3.00", "12.345")) {
            world.write("uptime", uptime + " 1.00\n");
            refused(Orders.act(Orders.destroy(1), 7), Refusal.UNEXPECTED_STATE);
        }
        assertUntouched();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void anotherDomain(Shell shell) {
        host(shell);
        world.domains("6|77777777-0000-4000-8000-000000000006|-b----|web", "7|" + Orders.HANDLE + "|-b----|other");
        refused(Orders.act(Orders.destroy(1), 7), Refusal.OTHER_DOMAIN);
        world.domains("66|" + Orders.HANDLE + "|-b----|web");
        refused(Orders.act(Orders.destroy(1), 7), Refusal.OTHER_DOMAIN);
        assertUntouched();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void anUnexpectedState(Shell shell) {
        host(shell);
        for (String flags : List.of("--p---", "---s--", "---sc-", "--psc-", "--p--d", "-----d")) {
            world.domains("6|" + Orders.HANDLE + "|" + flags + "|web");
            refused(Orders.act(Orders.destroy(1), 7), Refusal.UNEXPECTED_STATE);
        }
        assertUntouched();
        world.domains("6|" + Orders.HANDLE + "|---sc-|web");
        Step crashed = new Step.DestroyDomain(Orders.target(Target.State.PAUSED, Target.State.SHUT_DOWN), null);
        assertThat(fate(Orders.act(Orders.command(2, Orders.VM_SCOPE, crashed), 7)))
                .isInstanceOf(Fate.Ended.class);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aListThatIsNotUnderstood(Shell shell) {
        host(shell);
        for (String row : List.of(
                "7|no-uuid|-b----|x",
                "7|" + Orders.HANDLE + "|-b--|x",
                "x|" + Orders.HANDLE + "|-b----|x",
                "5|" + Orders.HANDLE + "|-b----|out-of-order",
                "6|" + Orders.HANDLE + "|-b----|twice")) {
            world.domains(Orders.ROW, row);
            refused(Orders.act(Orders.destroy(1), 7), Refusal.UNEXPECTED_STATE);
        }
        world.write("domains", Orders.ROW + "\n");
        refused(Orders.act(Orders.destroy(1), 7), Refusal.UNEXPECTED_STATE);
        world.write("domains", "");
        refused(Orders.act(Orders.destroy(1), 7), Refusal.UNEXPECTED_STATE);
        assertUntouched();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aToolThatFailsOrSaysNothing(Shell shell) {
        host(shell);
        for (String failing : List.of("exit 1", "exit 0", "echo 'Error: cannot init xl context' >&2; exit 1")) {
            world.before("xl", failing);
            refused(Orders.act(Orders.destroy(1), 7), Refusal.UNEXPECTED_STATE);
        }
        assertUntouched();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aNameThatForgesARow(Shell shell) throws IOException {
        host(shell);
        // What xl would print for a domain 7 whose name holds a newline and a whole row of domain 6.
        world.before("xl", """
            [ "$1" != list ] || {
                printf 'Name                                        ID   Mem VCPUs\\tState\\tTime(s)   UUID                            Reason-Code\\tSecurity Label\\n'
                printf 'Domain-0 0 96 1 r----- 1.0 00000000-0000-0000-0000-000000000000 - -\\n'
                printf 'x 6 96 1 -b---- 1.0 %s - -\\ny 7 96 1 -b---- 1.0 77777777-0000-4000-8000-000000000007 - -\\n' @HANDLE@
                printf 'rest of a name\\n'
                exit 0
            }
            """.replace("@HANDLE@", Orders.HANDLE.toString()));
        refused(Orders.act(Orders.destroy(1), 7), Refusal.UNEXPECTED_STATE);
        assertUntouched();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void controlDomains(Shell shell) {
        host(shell);
        world.store("/local/domain/6/target", "5");
        assertThat(refused(Orders.act(Orders.destroy(1), 7), Refusal.CONTROL_DOMAIN)
                        .sentence())
                .contains("stub domain of domain 5");
        world = new XenWorld(folder, shell).domains(Orders.ROW);
        XenWorld.clear(folder.resolve("store/local/domain/6"));
        world.store("/local/domain/6/backend/vbd/9/51712/params", "/dev/x");
        assertThat(refused(Orders.act(Orders.destroy(1), 7), Refusal.CONTROL_DOMAIN)
                        .sentence())
                .contains("driver domain");
        assertUntouched();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aXenstoreThatDoesNotAnswer(Shell shell) {
        host(shell);
        for (String dead : List.of("exit 124", "exit 1")) {
            world.before("xenstore-read", dead).before("xenstore-list", dead);
            refused(Orders.act(Orders.destroy(1), 7), Refusal.UNEXPECTED_STATE);
        }
        assertUntouched();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aTombstone(Shell shell) {
        host(shell);
        assertThat(fate(GuardCall.settle(Orders.destroy(1), Orders.token(9)))).isEqualTo(new Fate.Tombstoned());
        assertThat(fate(Orders.act(Orders.destroy(1), 10))).isEqualTo(new Fate.Tombstoned());
        assertThat(world.acts()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aConfigurationThatIsMissingOrAnother(Shell shell) throws IOException {
        host(shell);
        Path path = folder.resolve("web.cfg");
        Step.Configuration wanted = new Step.Configuration(
                path.toString(), Digests.sha256("name=web\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        Step destroy = new Step.DestroyDomain(Orders.target(), wanted);
        Command command = Orders.command(1, Orders.VM_SCOPE, destroy);
        refused(Orders.act(command, 7), Refusal.CONFIGURATION_MISMATCH);
        Files.writeString(path, "name=other\n");
        assertThat(refused(Orders.act(command, 7), Refusal.CONFIGURATION_MISMATCH)
                        .sentence())
                .contains(path.toString());
        assertUntouched();
        Files.writeString(path, "name=web\n");
        assertThat(fate(Orders.act(command, 7))).isInstanceOf(Fate.Ended.class);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#withoutOwnPrograms")
    void aHostWithoutTheMeansToKeepAnActSingle(Shell shell) {
        host(shell);
        for (String missing : List.of("flock", "setsid")) {
            XenWorld.clear(folder.resolve("bin"));
            world = new XenWorld(folder, shell).onlyOnPath(List.of(missing)).domains(Orders.ROW);
            assertThat(refused(Orders.act(Orders.destroy(1), 7), Refusal.NOT_POSSIBLE_HERE)
                            .sentence())
                    .contains("no flock or no setsid");
            XenWorld.clear(folder.resolve("few"));
        }
        assertUntouched();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void anActOfAnotherToolstack(Shell shell) {
        host(shell);
        refused(xapi(GuardAct.Kind.XAPI_DESTROY), Refusal.NOT_POSSIBLE_HERE);
        world.without("xl");
        refused(Orders.act(Orders.destroy(1), 7), Refusal.NOT_POSSIBLE_HERE);
        assertUntouched();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aRecordOfXapiThatDisagreesWithTheHypervisor(Shell shell) {
        xapiHost(shell);
        String here = XenWorld.HOST.toString();
        refused(world.record("halted", -1, here, "").ask(xapi(GuardAct.Kind.XAPI_DESTROY)), Refusal.UNEXPECTED_STATE);
        refused(world.record("running", 5, here, "").ask(xapi(GuardAct.Kind.XAPI_DESTROY)), Refusal.UNEXPECTED_STATE);
        String elsewhere = "bbbbbbbb-0000-4000-8000-000000000002";
        refused(
                world.record("running", 6, elsewhere, "").ask(xapi(GuardAct.Kind.XAPI_REBOOT_HARD)),
                Refusal.UNEXPECTED_STATE);
        refused(
                world.record("running", 6, here, "pool_migrate").ask(xapi(GuardAct.Kind.XAPI_DESTROY)),
                Refusal.UNEXPECTED_STATE);
        refused(world.record("paused", 6, here, "").ask(xapi(GuardAct.Kind.XAPI_REBOOT)), Refusal.UNEXPECTED_STATE);
        world.before("xe", "exit 1");
        refused(xapi(GuardAct.Kind.XAPI_DESTROY), Refusal.UNEXPECTED_STATE);
        assertUntouched();
        world.before("xe", "");
        world.record("paused", 6, here, "clean_reboot");
        assertThat(fate(xapi(GuardAct.Kind.XAPI_REBOOT_HARD))).isInstanceOf(Fate.Ended.class);
        assertThat(world.acts()).containsExactly("xe vm-reboot uuid=" + Orders.HANDLE + " force=true");
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void halfOfAMigrationUnderXapi(Shell shell) {
        xapiHost(shell);
        String twin = "66666666-0000-4000-8000-000000000000";
        world.domains("6|" + twin + "|---ss-|x");
        Target half = new Target(
                new Incarnation(Orders.HOST, XenWorld.BOOT, 6, UUID.fromString(twin)),
                new VmId.ByUuid(Orders.HANDLE),
                List.of(Target.State.SHUT_DOWN));
        refused(
                GuardCall.act(
                        Orders.command(1, Orders.VM_SCOPE, new Step.DestroyDomain(half, null)),
                        Orders.token(7),
                        new GuardAct.OnDomain(GuardAct.Kind.XAPI_DESTROY, half, Orders.HANDLE, null),
                        WAIT),
                Refusal.OTHER_DOMAIN);
        assertUntouched();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aRestartOfAToolstackThatDoesNotKnowAllDomains(Shell shell) {
        xapiHost(shell);
        Command command = Orders.command(
                1, Orders.HOST_SCOPE, new Step.RestartToolstack(new HostBoot(Orders.HOST, XenWorld.BOOT)));
        GuardCall call = GuardCall.act(command, Orders.token(7), new GuardAct.RestartToolstack(), WAIT);
        world.write("resident", "x|77777777-0000-4000-8000-000000000007\n");
        assertThat(refused(call, Refusal.UNEXPECTED_STATE).sentence()).contains("domain 6");
        assertUntouched();
        world.write("resident", "x|77777777-0000-4000-8000-000000000007\nx|" + Orders.HANDLE + "\n");
        assertThat(fate(call)).isInstanceOf(Fate.Ended.class);
        assertThat(world.acts()).containsExactly("xe-toolstack-restart ");
    }

    private GuardCall xapi(GuardAct.Kind kind) {
        Target target = Orders.xapiTarget();
        return GuardCall.act(
                Orders.command(1, Orders.VM_SCOPE, new Step.DestroyDomain(target, null)),
                Orders.token(7),
                new GuardAct.OnDomain(kind, target, Orders.HANDLE, null),
                WAIT);
    }

    private GuardCall act(Scope scope, long token) {
        return Orders.act(
                Orders.command((int) (100 + token), scope, new Step.DestroyDomain(Orders.target(), null)), token);
    }

    private void tell(Scope scope, long token) {
        assertThat(world.ask(GuardCall.tell(scope, Orders.HOST, Orders.token(token))))
                .isInstanceOf(GuardAnswer.Told.class);
    }
}
