package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.Domain;
import io.paramedic.deploy.simulation.model.GuestType;
import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.Xapi;
import io.paramedic.deploy.simulation.model.XapiVm;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The records that {@code xe} lists, field by field in record order, and how it prints them (toolstack facts §3.2). */
final class XeRecords {
    private static final String NULL_REF = "<not in database>";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** A field: whether it may be changed, and its value. */
    record Field(String access, String value) {}

    private XeRecords() {}

    static Map<String, Field> vm(HostModel host, XapiVm vm) {
        Optional<Domain> domain = host.domain(vm);
        boolean hvm = vm.spec().type() == GuestType.HVM;
        boolean running = vm.domid() >= 0;
        Map<String, Field> fields = new LinkedHashMap<>();
        put(fields, "uuid", "RO", vm.uuid());
        put(fields, "name-label", "RW", vm.name());
        put(fields, "name-description", "RW", "");
        put(fields, "user-version", "RW", 1);
        put(fields, "is-a-template", "RW", false);
        put(fields, "is-default-template", "RW", false);
        put(fields, "is-a-snapshot", "RO", false);
        put(fields, "snapshot-of", "RO", NULL_REF);
        put(fields, "parent", "RO", NULL_REF);
        put(fields, "is-control-domain", "RO", vm.control());
        put(fields, "power-state", "RO", vm.power().word());
        put(fields, "memory-actual", "RO", memoryMiB(vm, domain) * (1L << 20));
        put(fields, "memory-static-max", "RW", vm.spec().memoryMiB() * (1L << 20));
        put(fields, "VCPUs-max", "RW", vm.spec().vcpus());
        put(fields, "VCPUs-at-startup", "RW", vm.spec().vcpus());
        put(fields, "actions-after-shutdown", "RW", "Destroy");
        put(fields, "actions-after-reboot", "RW", "Restart");
        put(fields, "actions-after-crash", "RW", afterCrash(vm));
        put(fields, "hvm", "RO", hvm);
        put(fields, "platform", "MRW", "nx: true; acpi: 1; apic: true; pae: true; viridian: true");
        put(fields, "allowed-operations", "SRO", allowed(vm));
        put(
                fields,
                "current-operations",
                "SRO",
                String.join("; ", vm.operations().values()));
        put(fields, "blocked-operations", "MRW", map(vm.blocked()));
        put(fields, "domain-type", "RW", vm.spec().type().word());
        put(fields, "current-domain-type", "RO", running ? vm.spec().type().word() : "unspecified");
        put(fields, "HVM-boot-policy", "RW", hvm ? "BIOS order" : "");
        put(fields, "resident-on", "RO", residentOn(host, vm));
        put(fields, "other-config", "MRW", "");
        put(fields, "dom-id", "RO", vm.domid());
        put(fields, "ha-always-run", "RW", vm.haAlwaysRun());
        put(fields, "ha-restart-priority", "RW", "");
        put(fields, "start-time", "RO", running ? TIME.format(vm.started()) : "19700101T00:00:00Z");
        put(fields, "VCPUs-number", "RO", running ? vm.spec().vcpus() : 0);
        put(fields, "PV-drivers-detected", "RO", running && vm.spec().pvDrivers() && !vm.control());
        put(fields, "live", "RO", running);
        put(
                fields,
                "guest-metrics-last-updated",
                "RO",
                running && !vm.control() ? TIME.format(vm.started()) : NULL_REF);
        return fields;
    }

    private static int memoryMiB(XapiVm vm, Optional<Domain> domain) {
        return domain.map(Domain::memoryMiB)
                .orElse(vm.elsewhere().isPresent() ? vm.spec().memoryMiB() : 0);
    }

    private static String residentOn(HostModel host, XapiVm vm) {
        return vm.resident()
                ? host.facts().hostUuid().toString()
                : vm.elsewhere().map(UUID::toString).orElse(NULL_REF);
    }

    private static String afterCrash(XapiVm vm) {
        return switch (vm.spec().onCrash()) {
            case DESTROY -> "Destroy";
            case RESTART -> "Restart";
            case PRESERVE -> "Preserve";
        };
    }

    private static String allowed(XapiVm vm) {
        return switch (vm.power()) {
            case RUNNING -> "pause; clean_shutdown; clean_reboot; hard_shutdown; hard_reboot; suspend; snapshot";
            case PAUSED -> "unpause; hard_shutdown; hard_reboot; snapshot";
            case HALTED -> "start; start_on; snapshot; destroy";
            case SUSPENDED -> "resume; resume_on; hard_shutdown; snapshot";
        };
    }

    private static String map(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
    }

    static Map<String, Field> task(HostModel host, Xapi.Task task) {
        Map<String, Field> fields = new LinkedHashMap<>();
        put(fields, "uuid", "RO", task.uuid());
        put(fields, "name-label", "RO", task.name());
        put(fields, "name-description", "RO", task.description());
        put(fields, "subtask-of", "RO", NULL_REF);
        put(fields, "subtasks", "RO", "");
        put(fields, "resident-on", "RO", host.facts().hostUuid());
        put(fields, "status", "RO", task.status());
        put(fields, "progress", "RO", "0.000");
        put(fields, "created", "RO", TIME.format(task.created()));
        put(fields, "allowed-operations", "SRO", task.cancellable() ? "cancel" : "");
        return fields;
    }

    /** This host and the others of its pool. */
    static List<Map<String, Field>> hosts(HostModel host) {
        List<Map<String, Field>> hosts = new ArrayList<>();
        hosts.add(host(host, host.facts().hostUuid(), host.facts().hostname(), host.freeMemoryMiB()));
        host.xapi().otherHosts().forEach((uuid, name) -> hosts.add(host(host, uuid, name, 1024)));
        return hosts;
    }

    private static Map<String, Field> host(HostModel host, UUID uuid, String name, int freeMiB) {
        Map<String, Field> fields = new LinkedHashMap<>();
        put(fields, "uuid", "RO", uuid);
        put(fields, "name-label", "RW", name);
        put(fields, "name-description", "RW", "Default install");
        put(fields, "enabled", "RO", true);
        put(fields, "hostname", "RO", name);
        put(fields, "address", "RO", name);
        put(fields, "current-operations", "SRO", "");
        put(fields, "host-metrics-live", "RO", true);
        put(fields, "memory-total", "RO", host.facts().totalMemoryMiB() * (1L << 20));
        put(fields, "memory-free", "RO", freeMiB * (1L << 20));
        return fields;
    }

    private static void put(Map<String, Field> fields, String name, String access, Object value) {
        fields.put(name, new Field(access, value.toString()));
    }

    /** One record: the first label to the left, the others to the right, and two empty lines. */
    static String block(Map<String, Field> fields) {
        int width = fields.entrySet().stream()
                        .mapToInt(entry -> label(entry).length())
                        .max()
                        .orElse(0)
                + 4;
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Field> entry : fields.entrySet()) {
            text.append(text.isEmpty() ? Cells.left(label(entry), width) : Cells.right(label(entry), width));
            text.append(": ").append(entry.getValue().value()).append('\n');
        }
        return text.append("\n\n").toString();
    }

    private static String label(Map.Entry<String, Field> entry) {
        String access = entry.getValue().access();
        return entry.getKey() + (access.length() == 2 ? " ( " : " (") + access + ")";
    }

    /** The first field of each record, commas and backslashes escaped, newlines not. */
    static String minimal(List<Map<String, Field>> records) {
        return records.stream()
                        .flatMap(fields -> fields.values().stream().limit(1))
                        .map(field -> field.value().replace("\\", "\\\\").replace(",", "\\,"))
                        .collect(Collectors.joining(","))
                + "\n";
    }
}
