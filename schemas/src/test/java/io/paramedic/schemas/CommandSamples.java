package io.paramedic.schemas;

import static io.paramedic.schemas.Samples.AT;
import static io.paramedic.schemas.Samples.BOOT;
import static io.paramedic.schemas.Samples.BY_NAME;
import static io.paramedic.schemas.Samples.BY_UUID;
import static io.paramedic.schemas.Samples.HASH;
import static io.paramedic.schemas.Samples.HOST;
import static io.paramedic.schemas.Samples.VM;
import static io.paramedic.schemas.Samples.WEB1;
import static io.paramedic.schemas.Samples.id;

import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.command.Target;
import io.paramedic.schemas.command.Traces;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.lease.Scope;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One command for each kind of step. */
final class CommandSamples {
    static final Target TARGET = new Target(WEB1, BY_UUID, List.of(Target.State.RUNNING, Target.State.PAUSED));
    static final Traces TRACES = new Traces(List.of(WEB1), List.of("web1"), List.of("/dev/vg/web1"));
    static final Step DESTROY = new Step.DestroyDomain(TARGET, null);
    static final Command DESTROY_WEB1 = command(VM, DESTROY, null);

    private CommandSamples() {}

    static Map<String, Command> all() {
        Map<String, Command> all = new LinkedHashMap<>();
        Target stopped = new Target(WEB1, null, List.of(Target.State.SHUT_DOWN));
        Step.Configuration configuration = new Step.Configuration("/etc/xen/web1.cfg", HASH);
        all.put("command.reboot-cleanly", command(VM, new Step.RebootCleanly(TARGET), null));
        all.put("command.shut-down-cleanly", command(VM, new Step.ShutDownCleanly(TARGET), null));
        all.put("command.withdraw-shutdown-request", command(VM, new Step.WithdrawShutdownRequest(TARGET), null));
        all.put("command.crash-for-dump", command(VM, new Step.CrashForDump(TARGET), id(80)));
        all.put("command.reboot-hard", command(VM, new Step.RebootHard(TARGET), id(80)));
        all.put("command.destroy-domain", DESTROY_WEB1);
        all.put("command.destroy-domain.to-start", command(VM, new Step.DestroyDomain(TARGET, configuration), null));
        all.put("command.reap-domain", command(VM, new Step.ReapDomain(stopped), null));
        all.put(
                "command.start-vm",
                command(
                        VM,
                        new Step.StartVm(BOOT, BY_NAME, configuration, TRACES, List.of("xen-a"), List.of("xen-c")),
                        null));
        all.put(
                "command.start-vm.xapi",
                command(VM, new Step.StartVm(BOOT, BY_UUID, null, TRACES, List.of("xen-a", "xen-b"), List.of()), null));
        all.put(
                "command.reset-power-state",
                command(HOST, new Step.ResetPowerState(BOOT, id(12), TRACES, List.of(), List.of("xen-a")), id(80)));
        all.put("command.cancel-task", command(HOST, new Step.CancelTask(BOOT, id(90)), null));
        all.put("command.restart-toolstack", command(HOST, new Step.RestartToolstack(BOOT), id(80)));
        all.put("command.settle", command(HOST, new Step.Settle(BOOT, id(49)), null));
        return all;
    }

    private static Command command(Scope scope, Step step, @Nullable UUID approval) {
        HostTime deadline = new HostTime(BOOT.bootId(), Duration.ofSeconds(86_460));
        return new Command(
                id(50), "i-17", scope, step, AT, deadline, approval, "hung for 90 s, a clean reboot did not help");
    }
}
