package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.Domain;
import io.paramedic.deploy.simulation.model.GuestType;
import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.Xapi;
import io.paramedic.deploy.simulation.model.XapiVm;
import io.paramedic.deploy.simulation.model.XapiVm.Power;
import io.paramedic.deploy.simulation.model.XenstoredState;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What {@code xe} does to VMs: its guards, its time limits and what each leaves behind (toolstack facts §3.4). */
final class XeActions {
    private static final Duration SHUTDOWN = Duration.ofMinutes(20);
    private static final Duration XENOPSD = Duration.ofMillis(400);

    private enum Operation {
        CLEAN_SHUTDOWN("clean_shutdown", Set.of(Power.RUNNING)),
        HARD_SHUTDOWN("hard_shutdown", Set.of(Power.RUNNING, Power.PAUSED, Power.SUSPENDED)),
        CLEAN_REBOOT("clean_reboot", Set.of(Power.RUNNING)),
        HARD_REBOOT("hard_reboot", Set.of(Power.RUNNING, Power.PAUSED)),
        START("start", Set.of(Power.HALTED)),
        PAUSE("pause", Set.of(Power.RUNNING)),
        UNPAUSE("unpause", Set.of(Power.PAUSED));

        private final String code;
        private final Set<Power> allowed;

        Operation(String code, Set<Power> allowed) {
            this.code = code;
            this.allowed = allowed;
        }
    }

    private XeActions() {}

    static int run(ToolCall call, XapiVm vm, boolean force) throws InterruptedException {
        return switch (call.args().getFirst()) {
            case "vm-shutdown" -> guarded(call, vm, force ? Operation.HARD_SHUTDOWN : Operation.CLEAN_SHUTDOWN);
            case "vm-reboot" -> guarded(call, vm, force ? Operation.HARD_REBOOT : Operation.CLEAN_REBOOT);
            case "vm-start" -> guarded(call, vm, Operation.START);
            case "vm-pause" -> guarded(call, vm, Operation.PAUSE);
            case "vm-unpause" -> guarded(call, vm, Operation.UNPAUSE);
            default -> reset(call, vm, force);
        };
    }

    private static int guarded(ToolCall call, XapiVm vm, Operation operation) throws InterruptedException {
        if (vm.blocked().containsKey(operation.code)) {
            return XeErrors.blocked(call, vm, vm.blocked().getOrDefault(operation.code, ""));
        }
        if (!operation.allowed.contains(vm.power())) {
            return XeErrors.badPowerState(call, vm, expected(operation));
        }
        if (busy(vm, operation)) {
            return XeErrors.otherOperation(call, vm);
        }
        HostModel host = call.host();
        Xapi.Task task = host.xapi().begin(vm, operation.code, "Async.VM." + operation.code, true, host.now());
        try {
            call.hangUntil(() -> host.xenstored() == XenstoredState.RUNNING);
            return perform(call, vm, operation);
        } finally {
            host.xapi().end(task);
        }
    }

    private static String expected(Operation operation) {
        Power first = operation.allowed.contains(Power.RUNNING)
                ? Power.RUNNING
                : operation.allowed.iterator().next();
        return first.title();
    }

    private static boolean busy(XapiVm vm, Operation operation) {
        return switch (operation) {
            case HARD_SHUTDOWN -> vm.operations().containsValue("hard_shutdown");
            case HARD_REBOOT ->
                vm.operations().containsValue("hard_shutdown")
                        || vm.operations().containsValue("hard_reboot");
            case CLEAN_SHUTDOWN, CLEAN_REBOOT, START, PAUSE, UNPAUSE ->
                !vm.operations().isEmpty();
        };
    }

    private static int perform(ToolCall call, XapiVm vm, Operation operation) throws InterruptedException {
        HostModel host = call.host();
        if (operation == Operation.START) {
            return start(call, vm);
        }
        Optional<Domain> domain = host.domain(vm);
        if (domain.isEmpty()) {
            call.sleep(XENOPSD);
            host.xapi().halt(vm);
            call.effect("found no domain of %s and marked it halted", vm.uuid());
            return 0;
        }
        switch (operation) {
            case HARD_SHUTDOWN -> {
                call.sleep(XENOPSD);
                host.xapi().protect(vm, false);
                host.lifecycle().destroyByXenopsd(domain.get());
                done(call, operation, domain.get(), vm);
            }
            case HARD_REBOOT -> {
                call.sleep(XENOPSD);
                host.lifecycle().restart(domain.get());
                done(call, operation, domain.get(), vm);
                call.await(SHUTDOWN, () -> host.domain(vm.domid()).isPresent());
            }
            case PAUSE -> {
                host.lifecycle().pause(domain.get());
                done(call, operation, domain.get(), vm);
            }
            case UNPAUSE -> {
                host.lifecycle().unpause(domain.get());
                done(call, operation, domain.get(), vm);
            }
            case CLEAN_SHUTDOWN -> {
                return clean(call, vm, domain.get(), "poweroff");
            }
            case CLEAN_REBOOT -> {
                return clean(call, vm, domain.get(), "reboot");
            }
            case START -> throw new IllegalStateException("a start was handled above");
        }
        return 0;
    }

    /** Noted when it has happened, not when its caller hears of it: a call that is cut off has done it all the same. */
    private static void done(ToolCall call, Operation operation, Domain domain, XapiVm vm) {
        call.effect("%s of domain %d (%s)", operation.code, domain.domid(), vm.name());
    }

    /** xenopsd looks for a domain of this uuid on its own host first (toolstack facts §3.4.3). */
    private static int start(ToolCall call, XapiVm vm) throws InterruptedException {
        if (call.host().domains().stream().anyMatch(domain -> domain.handle().equals(vm.uuid()))) {
            call.err(
                    "You attempted an operation on a VM that was not in an appropriate power state at the time; for"
                        + " example, you attempted to start a VM that was already running. The parameters returned are"
                        + " the VM's handle, and the expected and actual VM state at the time of the call.\n"
                        + "vm: %s (%s)\n"
                        + "expected: Halted\n"
                        + "actual: Running\n",
                    vm.uuid(), vm.name());
            return XeErrors.FAILED;
        }
        call.sleep(XENOPSD);
        Domain domain = call.host().lifecycle().create(vm.spec());
        call.effect("created domain %d (%s)", domain.domid(), vm.name());
        return 0;
    }

    private static int clean(ToolCall call, XapiVm vm, Domain domain, String request) throws InterruptedException {
        HostModel host = call.host();
        if (domain.type() == GuestType.HVM && !vm.spec().pvDrivers()) {
            // Without PV drivers "clean" is a power cut (toolstack facts §3.4.7).
            host.lifecycle().shutDown(domain, request.equals("reboot") ? 1 : 0);
        } else {
            String node = "/local/domain/" + domain.domid() + "/control/shutdown";
            host.lifecycle().write(node, request);
            call.effect("asked domain %d to %s", domain.domid(), request);
            if (!call.await(host.acknowledgement(), () -> {
                String left = host.xenstore().read(node);
                return left == null || left.isEmpty();
            })) {
                return XeErrors.notAcknowledged(call, vm);
            }
        }
        boolean ended = call.await(
                SHUTDOWN,
                () -> host.domain(domain.domid()).filter(d -> d == domain).isEmpty() || domain.dead());
        return ended ? 0 : XeErrors.shutdownTimeout(call, vm, SHUTDOWN.toSeconds());
    }

    /** Only the database changes; a paused VM passes the guard while its domain exists (toolstack facts §3.4.3). */
    private static int reset(ToolCall call, XapiVm vm, boolean force) {
        if (!force) {
            call.err("This operation is dangerous and may cause data loss. This operation must be forced (use"
                    + " --force).\n");
            return XeErrors.FAILED;
        }
        Optional<Domain> domain = call.host().domain(vm);
        if (vm.power() == Power.RUNNING && domain.filter(Domain::live).isPresent()) {
            return XeErrors.domainExists(call, vm);
        }
        call.host().xapi().halt(vm);
        call.effect("reset the power state of %s in the database", vm.uuid());
        return 0;
    }
}
