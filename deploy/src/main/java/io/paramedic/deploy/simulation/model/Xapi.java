package io.paramedic.deploy.simulation.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The part of xapi's database that {@code xe} shows. */
public final class Xapi {
    /**
     * A task.
     *
     * @param status {@code pending} while it is listed here
     * @param cancellable whether it ends when it is cancelled; some only ever say that they will
     */
    public record Task(
            UUID uuid, String name, String description, String status, boolean cancellable, Instant created) {}

    private boolean answering = true;
    private final List<XapiVm> vms = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();
    private final Map<UUID, String> otherHosts = new TreeMap<>();

    Xapi(HostFacts facts, Domain dom0) {
        XapiVm control =
                new XapiVm(dom0.spec().renamed("Control domain on host: " + facts.hostname(), facts.dom0Uuid()), true);
        control.runs(dom0);
        vms.add(control);
    }

    public List<XapiVm> vms() {
        return List.copyOf(vms);
    }

    public List<Task> tasks() {
        return List.copyOf(tasks);
    }

    public Optional<XapiVm> vm(UUID uuid) {
        return vms.stream().filter(vm -> vm.uuid.equals(uuid)).findFirst();
    }

    /** Whether a management agent listens at all. */
    public boolean answering() {
        return answering;
    }

    void answering(boolean now) {
        answering = now;
    }

    /** Begins an operation on a VM under a task of its own. */
    public Task begin(XapiVm vm, String operation, String name, boolean cancellable, Instant now) {
        Task task = begin(name, cancellable, now);
        vm.operations.put(task.uuid(), operation);
        return task;
    }

    /** Ends a task and its operation, whatever became of it. */
    public void end(Task task) {
        end(task.uuid());
    }

    /** Asks a task to end; one that cannot be cancelled says yes and goes on (toolstack facts §3.4.5). */
    public void cancel(Task task) {
        if (task.cancellable()) {
            end(task.uuid());
        }
    }

    /** Makes the record say halted; no domain is touched. */
    public void halt(XapiVm vm) {
        vm.halts();
    }

    /** High availability does not restart a VM that was shut down by force (toolstack facts §3.4.1). */
    public void protect(XapiVm vm, boolean always) {
        vm.haAlwaysRun = always;
    }

    /** Other hosts of the pool that records name, with a name for each. */
    public Map<UUID, String> otherHosts() {
        return new TreeMap<>(otherHosts);
    }

    void otherHost(UUID uuid) {
        otherHosts.putIfAbsent(uuid, "pool-" + uuid.toString().substring(0, 8));
    }

    void otherHost(UUID uuid, String name) {
        otherHosts.put(uuid, name);
    }

    XapiVm register(DomainSpec spec) {
        return vm(spec.uuid()).orElseGet(() -> {
            XapiVm vm = new XapiVm(spec, false);
            vms.add(vm);
            return vm;
        });
    }

    @Nullable
    XapiVm of(Domain domain) {
        return vms.stream()
                .filter(vm -> vm.resident && vm.domid == domain.domid && !vm.control)
                .findFirst()
                .orElse(null);
    }

    private Task begin(String name, boolean cancellable, Instant now) {
        Task task = new Task(UUID.randomUUID(), name, "", "pending", cancellable, now);
        tasks.add(task);
        return task;
    }

    private void end(UUID uuid) {
        tasks.removeIf(task -> task.uuid().equals(uuid));
        vms.forEach(vm -> vm.operations.remove(uuid));
    }
}
