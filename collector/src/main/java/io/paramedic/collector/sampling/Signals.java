package io.paramedic.collector.sampling;

import io.paramedic.collector.dialect.GrantRow;
import io.paramedic.collector.dialect.ProcessRow;
import io.paramedic.collector.dialect.XeVm;
import io.paramedic.schemas.observation.DomainSignals;
import io.paramedic.schemas.observation.DomainSignals.DeviceModel;
import io.paramedic.schemas.observation.DomainSignals.GrantUse;
import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import io.paramedic.schemas.observation.DomainSignals.XapiRecord;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What sources beside the domain list say of one domain. */
final class Signals {
    private static final String HEARTBEAT = "data/heartbeat";

    private Signals() {}

    static DomainSignals of(Gathered all, DomainSample domain) {
        GrantRow grants = all.grants().get(domain.domid());
        XeVm vm = all.records().get(domain.handle());
        List<ProcessRow> processes =
                all.processes().isEmpty() ? List.of() : all.processes().getLast();
        return new DomainSignals(
                all.stores().isEmpty() ? null : last(all).tree().exists(Store.domain(domain.domid())),
                heartbeat(all, domain),
                pendingRequest(all, domain),
                deviceModel(all, domain),
                reaperRunning(all, domain, processes),
                grants == null ? null : new GrantUse(grants.frames(), grants.maxFrames()),
                all.stores().isEmpty()
                        ? null
                        : last(all).tree().exists(Store.domain(domain.domid()) + "/memory/uncooperative"),
                vm == null ? null : record(vm),
                Processes.naming(domain.domid(), processes));
    }

    /** The tool's own name for it, else the one in xenstore, where {@code xl} gets it from. */
    static @Nullable String name(Gathered all, DomainSample domain) {
        if (domain.name() != null || all.stores().isEmpty()) {
            return domain.name();
        }
        return all.toolstack() == Toolstack.XAPI ? last(all).tree().get(Store.domain(domain.domid()) + "/name") : null;
    }

    private static @Nullable Heartbeat heartbeat(Gathered all, DomainSample domain) {
        Store first = null;
        for (Store store : all.stores()) {
            if (store.tree().get(Store.domain(domain.domid()) + "/" + HEARTBEAT) != null) {
                first = store;
                break;
            }
        }
        if (first == null
                || first == last(all)
                || !first.time().bootId().equals(last(all).time().bootId())) {
            return null;
        }
        String path = Store.domain(domain.domid()) + "/" + HEARTBEAT;
        String before = Objects.requireNonNull(first.tree().get(path));
        String after = last(all).tree().get(path);
        return after == null
                ? null
                : new Heartbeat(
                        HEARTBEAT,
                        before,
                        after,
                        last(all).time().uptime().minus(first.time().uptime()));
    }

    /** Only a request that stood in every reading: a healthy guest takes one within milliseconds. */
    private static @Nullable String pendingRequest(Gathered all, DomainSample domain) {
        if (all.stores().size() < 2) {
            return null;
        }
        String path = Store.domain(domain.domid()) + "/control/shutdown";
        String request = last(all).tree().get(path);
        boolean stood = request != null
                && !request.isEmpty()
                && all.stores().stream().allMatch(s -> request.equals(s.tree().get(path)));
        return stood ? request : null;
    }

    /**
     * Joins xenstore and the process table pairwise. A device model that was alive in either pair is alive: a guest that
     * reboots between the two commands has another one.
     */
    private static @Nullable DeviceModel deviceModel(Gathered all, DomainSample domain) {
        DeviceModel result = null;
        for (int i = 0; i < Math.min(all.stores().size(), all.processes().size()); i++) {
            DeviceModel model = deviceModel(all.stores().get(i), all.processes().get(i), domain);
            if (model != null && (result == null || !model.dead() || result.dead())) {
                result = model;
            }
        }
        return result;
    }

    private static @Nullable DeviceModel deviceModel(Store store, List<ProcessRow> processes, DomainSample domain) {
        String home = Store.domain(domain.domid());
        String libxl = store.tree().get(home + "/image/device-model-pid");
        String pid = libxl != null ? libxl : store.tree().get(home + "/qemu-pid");
        if (pid == null || !pid.matches("[1-9][0-9]{0,9}")) {
            return null;
        }
        int number = Math.toIntExact(Math.min(Integer.MAX_VALUE, Long.parseLong(pid)));
        String state = processes.stream()
                .filter(p -> p.pid() == number)
                .map(ProcessRow::stat)
                .findFirst()
                .orElse(null);
        return new DeviceModel(number, state, store.tree().get(home + "/qemu-pid-signal"));
    }

    private static @Nullable Boolean reaperRunning(Gathered all, DomainSample domain, List<ProcessRow> processes) {
        String name = name(all, domain);
        if (all.toolstack() != Toolstack.XL || all.processes().isEmpty() || name == null) {
            return null;
        }
        List<ProcessRow> makers =
                processes.stream().filter(Processes::makesDomains).toList();
        if (makers.stream().anyMatch(p -> Processes.configurationOf(name, p))) {
            return true;
        }
        return makers.isEmpty() ? Boolean.FALSE : null;
    }

    private static XapiRecord record(XeVm vm) {
        return new XapiRecord(
                vm.uuid(),
                vm.nameLabel(),
                vm.powerState(),
                vm.domid(),
                String.join("; ", vm.currentOperations()),
                vm.controlDomain(),
                null);
    }

    private static Store last(Gathered all) {
        return all.stores().getLast();
    }
}
