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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What sources beside the domain list say of one domain. */
final class Signals {
    private static final String HEARTBEAT = "data/heartbeat";

    private Signals() {}

    static DomainSignals of(Gathered all, DomainSample domain) {
        GrantRow grants = all.grants().get(domain.domid());
        XeVm vm = all.records().get(domain.handle());
        List<ProcessRow> processes = all.processes();
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
                atWork(all, domain, processes),
                List.of(),
                null);
    }

    /** What names this domid or acts on its name; and, for a domain that has lost its name, what acts on some domain by name. */
    private static List<String> atWork(Gathered all, DomainSample domain, List<ProcessRow> processes) {
        Set<String> result = new LinkedHashSet<>(Processes.naming(domain.domid(), processes));
        if (domain.domid() == 0) {
            return List.copyOf(result);
        }
        String name = name(all, domain);
        if (name != null && !name.isBlank()) {
            result.addAll(Processes.actingOn(name, processes));
        } else if (all.toolstack() == Toolstack.XL) {
            result.addAll(Processes.actingByName(processes));
        }
        return List.copyOf(result);
    }

    /** The tool's own name for it, else the one in xenstore, else, where xenstore could not be read, the record's. */
    static @Nullable String name(Gathered all, DomainSample domain) {
        if (domain.name() != null || all.toolstack() != Toolstack.XAPI) {
            return domain.name();
        }
        XeVm vm = all.records().get(domain.handle());
        if (all.stores().isEmpty()) {
            return vm == null ? null : vm.nameLabel();
        }
        return last(all).tree().get(Store.domain(domain.domid()) + "/name");
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
        for (Gathered.Round round : all.rounds()) {
            DeviceModel model = deviceModel(round.store(), round.processes(), domain);
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
        if (all.toolstack() != Toolstack.XL || processes.isEmpty() || name == null) {
            return null;
        }
        if (all.reapers() != null) {
            return all.reapers().contains(name);
        }
        boolean likely =
                processes.stream().filter(Processes::makesDomains).anyMatch(p -> Processes.configurationOf(name, p));
        return likely ? Boolean.TRUE : null;
    }

    private static XapiRecord record(XeVm vm) {
        return new XapiRecord(
                vm.uuid(),
                vm.nameLabel(),
                vm.powerState(),
                vm.domid(),
                String.join("; ", vm.currentOperations()),
                vm.controlDomain(),
                vm.residentOn());
    }

    private static Store last(Gathered all) {
        return all.stores().getLast();
    }
}
