package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.Xapi;
import io.paramedic.deploy.simulation.model.XapiVm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code xe}: its arguments, its selectors and its lists; what it does to VMs is in {@link XeActions}. */
final class Xe implements Tool {
    private static final Set<String> NOT_FILTERS = Set.of("params", "minimal", "force", "multiple", "trace", "on");
    private static final List<String> VM_DEFAULT = List.of("uuid", "name-label", "power-state");
    private static final List<String> HOST_DEFAULT = List.of("uuid", "name-label", "name-description");
    private static final List<String> TASK_DEFAULT =
            List.of("uuid", "name-label", "name-description", "status", "progress");

    @Override
    public int run(ToolCall call) throws InterruptedException {
        if (call.args().isEmpty()) {
            call.out("Usage: xe <command> [-s server] [-pw passwd] [-p port] [-u user] [-pwf password-file]\n");
            return 0;
        }
        if (!call.root()) {
            call.err("Error: Permission denied (calling connect )\n");
            return XeErrors.FAILED;
        }
        if (!call.host().xapi().answering()) {
            call.err("Error: Connection refused (calling connect )\n");
            return XeErrors.FAILED;
        }
        Map<String, String> words = parse(call.args());
        HostModel host = call.host();
        return switch (call.args().getFirst()) {
            case "vm-list" -> list(call, words, VM_DEFAULT, vms(host));
            case "host-list" -> list(call, words, HOST_DEFAULT, XeRecords.hosts(host));
            case "task-list" ->
                list(
                        call,
                        words,
                        TASK_DEFAULT,
                        host.xapi().tasks().stream()
                                .map(task -> XeRecords.task(host, task))
                                .toList());
            case "vm-param-list" -> paramList(call, words);
            case "vm-param-get" -> paramGet(call, words);
            case "task-cancel" -> cancel(call, words);
            case "vm-shutdown", "vm-reboot", "vm-start", "vm-reset-powerstate", "vm-pause", "vm-unpause" ->
                act(call, words);
            default -> {
                call.err("Unknown command: %s\n", call.args().getFirst());
                yield XeErrors.FAILED;
            }
        };
    }

    /** {@code --flag} is {@code flag=true}; a value is all that follows the first {@code =} (toolstack facts §3.1). */
    private static Map<String, String> parse(List<String> args) {
        Map<String, String> words = new LinkedHashMap<>();
        // A newline inside an argument makes a new argument of what follows.
        List<String> split =
                args.stream().skip(1).flatMap(arg -> Stream.of(arg.split("\n"))).toList();
        for (String arg : split) {
            int equals = arg.indexOf('=');
            if (arg.startsWith("--")) {
                words.put(arg.substring(2), "true");
            } else if (equals > 0) {
                words.put(arg.substring(0, equals), arg.substring(equals + 1));
            }
        }
        return words;
    }

    private static List<Map<String, XeRecords.Field>> vms(HostModel host) {
        return host.xapi().vms().stream().map(vm -> XeRecords.vm(host, vm)).toList();
    }

    private static int list(
            ToolCall call, Map<String, String> words, List<String> byDefault, List<Map<String, XeRecords.Field>> all) {
        List<Map<String, XeRecords.Field>> chosen = new ArrayList<>(all);
        for (Map.Entry<String, String> filter : words.entrySet()) {
            String field = filter.getKey();
            if (NOT_FILTERS.contains(field)) {
                continue;
            }
            if (!all.isEmpty() && !all.getFirst().containsKey(field)) {
                return XeErrors.unknownField(call, field);
            }
            chosen.removeIf(record -> !holds(record, filter));
        }
        String params = words.getOrDefault("params", String.join(",", byDefault));
        Set<String> wanted = Stream.of(params.split(",")).map(String::strip).collect(Collectors.toSet());
        if (!wanted.contains("all")) {
            chosen.replaceAll(record -> only(record, wanted));
        }
        if ("true".equals(words.get("minimal"))) {
            call.out(XeRecords.minimal(chosen));
        } else {
            chosen.stream()
                    .filter(record -> !record.isEmpty())
                    .map(XeRecords::block)
                    .forEach(call::out);
        }
        return 0;
    }

    /** Record order, not the order asked for; unknown names are ignored (toolstack facts §3.2). */
    private static Map<String, XeRecords.Field> only(Map<String, XeRecords.Field> record, Set<String> wanted) {
        Map<String, XeRecords.Field> left = new LinkedHashMap<>(record);
        left.keySet().retainAll(wanted);
        return left;
    }

    private static Optional<XapiVm> named(ToolCall call, Map<String, String> words) {
        String uuid = words.getOrDefault("uuid", "");
        Optional<XapiVm> vm = call.host().xapi().vms().stream()
                .filter(v -> v.uuid().toString().equals(uuid))
                .findFirst();
        if (vm.isEmpty()) {
            XeErrors.badUuid(call, "VM", uuid);
        }
        return vm;
    }

    private static int paramList(ToolCall call, Map<String, String> words) {
        Optional<XapiVm> vm = named(call, words);
        vm.ifPresent(v -> call.out(XeRecords.block(XeRecords.vm(call.host(), v))));
        return vm.isPresent() ? 0 : XeErrors.FAILED;
    }

    private static int paramGet(ToolCall call, Map<String, String> words) {
        Optional<XapiVm> vm = named(call, words);
        if (vm.isEmpty()) {
            return XeErrors.FAILED;
        }
        String name = words.getOrDefault("param-name", "");
        XeRecords.Field field = XeRecords.vm(call.host(), vm.get()).get(name);
        if (field == null) {
            return XeErrors.unknownField(call, name);
        }
        call.out(field.value() + "\n");
        return 0;
    }

    private static int cancel(ToolCall call, Map<String, String> words) {
        String uuid = words.getOrDefault("uuid", "");
        Optional<Xapi.Task> task = call.host().xapi().tasks().stream()
                .filter(t -> t.uuid().toString().equals(uuid))
                .findFirst();
        if (task.isEmpty()) {
            return XeErrors.badUuid(call, "task", uuid);
        }
        call.host().xapi().cancel(task.get());
        call.effect("asked task %s to end", uuid);
        return 0;
    }

    /** Any field selects; no field selects every VM that is not a control domain (toolstack facts §3.3). */
    private static int act(ToolCall call, Map<String, String> words) throws InterruptedException {
        List<XapiVm> chosen = new ArrayList<>();
        for (XapiVm vm : call.host().xapi().vms()) {
            Map<String, XeRecords.Field> record = XeRecords.vm(call.host(), vm);
            if (!vm.control() && words.entrySet().stream().allMatch(word -> matches(vm, record, word))) {
                chosen.add(vm);
            }
        }
        if (chosen.isEmpty()) {
            call.err("No matching VMs found\n");
            return XeErrors.FAILED;
        }
        if (chosen.size() > 1 && !words.containsKey("multiple")) {
            call.err("Multiple matches VMs found. --multiple required to complete the operation\n");
            return XeErrors.FAILED;
        }
        int status = 0;
        for (XapiVm vm : chosen) {
            status = Math.max(status, XeActions.run(call, vm, "true".equals(words.get("force"))));
        }
        return status;
    }

    private static boolean matches(XapiVm vm, Map<String, XeRecords.Field> record, Map.Entry<String, String> word) {
        if (NOT_FILTERS.contains(word.getKey())) {
            return true;
        }
        if (word.getKey().equals("vm")) {
            return vm.uuid().toString().equals(word.getValue()) || vm.name().equals(word.getValue());
        }
        return holds(record, word);
    }

    private static boolean holds(Map<String, XeRecords.Field> record, Map.Entry<String, String> word) {
        XeRecords.Field field = record.get(word.getKey());
        return field != null && field.value().equals(word.getValue());
    }
}
