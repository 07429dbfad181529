package io.paramedic.actuator.rung;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.actuator.guard.GuardAct;
import io.paramedic.actuator.guard.GuardAct.Kind;
import io.paramedic.actuator.guard.Orders;
import io.paramedic.actuator.guard.XenWorld;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.command.Target;
import io.paramedic.schemas.command.Traces;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.identity.HostBoot;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each step has one act under each toolstack, or none. */
class RungsTest {
    private static final HostBoot ON = new HostBoot(Orders.HOST, XenWorld.BOOT);
    private static final Traces TRACES = new Traces(List.of(), List.of("web"), List.of());
    private static final Step.Configuration FILE = new Step.Configuration("/etc/xen/web.cfg", "0".repeat(64));
    private static final UUID UUID_OF_VM = Orders.HANDLE;

    @Test
    void thePlanOfEveryStep() {
        Target target = Orders.xapiTarget();
        Map<Step, String> expected = new LinkedHashMap<>();
        expected.put(new Step.RebootCleanly(target), "XL_REBOOT Reborn, XAPI_REBOOT Reborn");
        expected.put(new Step.ShutDownCleanly(target), "XL_SHUT_DOWN Stopped, XAPI_SHUT_DOWN Stopped");
        expected.put(new Step.WithdrawShutdownRequest(target), "WITHDRAW NothingAsked, WITHDRAW NothingAsked");
        expected.put(new Step.CrashForDump(target), "none, none");
        expected.put(new Step.RebootHard(target), "none, XAPI_REBOOT_HARD Reborn");
        expected.put(new Step.DestroyDomain(target, FILE), "XL_DESTROY Gone, XAPI_DESTROY Gone");
        expected.put(new Step.ReapDomain(target), "XL_DESTROY Gone, XAPI_DESTROY Gone");
        expected.put(start(new VmId.ByUuid(UUID_OF_VM), FILE), "XL_CREATE Started, XAPI_START Started");
        expected.put(start(new VmId.ByName("web"), null), "none, none");
        expected.put(new Step.ResetPowerState(ON, UUID_OF_VM, TRACES, List.of(Orders.HOST), List.of()), "none, none");
        expected.put(new Step.CancelTask(ON, UUID_OF_VM), "none, TASK_CANCEL TaskOver");
        expected.put(new Step.RestartToolstack(ON), "none, RESTART_TOOLSTACK ApiAnswers");
        expected.put(new Step.Settle(ON, UUID_OF_VM), "none, none");
        expected.forEach((step, plans) -> assertThat(name(step, Toolstack.XL) + ", " + name(step, Toolstack.XAPI))
                .as(step.toString())
                .isEqualTo(plans));
        expected.keySet()
                .forEach(step -> assertThat(name(step, Toolstack.UNKNOWN)).isEqualTo("none"));
        assertThat(expected.keySet().stream().map(Object::getClass).distinct()).hasSize(12);
    }

    @Test
    void xapiActsByUuidOnly() {
        Step named = new Step.DestroyDomain(Orders.target(), null);
        assertThat(Rungs.plan(named, Toolstack.XAPI)).isInstanceOf(Plan.Impossible.class);
        assertThat(Rungs.plan(named, Toolstack.XL)).isInstanceOf(Plan.Possible.class);
    }

    @Test
    void aDestroyTakesAlongWhatTheStartWillNeed() {
        assertThat(Rungs.plan(new Step.DestroyDomain(Orders.target(), FILE), Toolstack.XL))
                .isInstanceOfSatisfying(
                        Plan.Possible.class,
                        plan -> assertThat(plan.act())
                                .isEqualTo(new GuardAct.OnDomain(Kind.XL_DESTROY, Orders.target(), null, FILE)));
    }

    @Test
    void whatCannotBeSaidToAGuardIsNotSaid() {
        for (Step.Configuration odd : List.of(
                new Step.Configuration("relative.cfg", "0".repeat(64)),
                new Step.Configuration("/a\nb", "0".repeat(64)),
                new Step.Configuration("/a", "xyz"))) {
            assertThat(Rungs.plan(start(Orders.VM, odd), Toolstack.XL))
                    .isInstanceOfSatisfying(
                            Plan.Impossible.class,
                            plan -> assertThat(plan.reason()).isEqualTo(Refusal.NOT_POSSIBLE_HERE));
        }
    }

    private static Step start(VmId vm, Step.@Nullable Configuration configuration) {
        return new Step.StartVm(ON, vm, configuration, TRACES, List.of(Orders.HOST), List.of());
    }

    private static String name(Step step, Toolstack toolstack) {
        return switch (Rungs.plan(step, toolstack)) {
            case Plan.Possible plan ->
                plan.act().kind() + " " + plan.verification().getClass().getSimpleName();
            case Plan.Impossible _ -> "none";
        };
    }
}
