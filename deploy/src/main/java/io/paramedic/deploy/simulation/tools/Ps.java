package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.HostProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code ps} of the whole control domain, with the columns asked for. */
final class Ps implements Tool {
    private record Column(String field, String title, int width, boolean left) {}

    @Override
    public int run(ToolCall call) {
        Optional<List<Column>> columns = columns(call.args());
        if (columns.isEmpty()) {
            call.err("error: unsupported option list of ps: %s\n", String.join(" ", call.args()));
            return 1;
        }
        print(call, columns.get(), null);
        List<HostProcess> all = call.host().processes().all();
        all.forEach(process -> print(call, columns.get(), process));
        return 0;
    }

    /** Whether the simulation can answer these words. */
    static boolean understands(List<String> args) {
        return columns(args).isPresent();
    }

    private static Optional<List<Column>> columns(List<String> args) {
        boolean joined = args.size() == 2
                && List.of("axo", "-eo", "-axo", "axwwo", "-ewwo").contains(args.getFirst());
        boolean wide = args.size() == 3 && args.contains("axo") && args.contains("ww");
        if (!joined && !wide) {
            return Optional.empty();
        }
        List<Column> columns = new ArrayList<>();
        for (String field : args.getLast().split(",", -1)) {
            Optional<Column> column = column(field);
            if (column.isEmpty()) {
                return Optional.empty();
            }
            columns.add(column.get());
        }
        return Optional.of(columns);
    }

    private static Optional<Column> column(String field) {
        String[] parts = field.split(":", -1);
        boolean untitled = field.endsWith("=");
        String name = untitled ? field.substring(0, field.length() - 1) : parts[0];
        int width = parts.length == 2 && parts[1].matches("\\d+") ? Integer.parseInt(parts[1]) : 0;
        Column column = switch (name) {
            case "pid" -> new Column(name, "PID", 5, false);
            case "ppid" -> new Column(name, "PPID", 5, false);
            case "stat" -> new Column(name, "STAT", 4, true);
            case "wchan" -> new Column(name, "WCHAN", width == 0 ? 6 : width, true);
            case "etime" -> new Column(name, "ELAPSED", 11, false);
            case "etimes" -> new Column(name, "ELAPSED", 7, false);
            case "args", "cmd", "command" -> new Column("args", name.equals("cmd") ? "CMD" : "COMMAND", 27, true);
            default -> null;
        };
        if (column == null) {
            return Optional.empty();
        }
        return Optional.of(untitled ? new Column(column.field, "", column.width, column.left) : column);
    }

    private static void print(ToolCall call, List<Column> columns, @Nullable HostProcess process) {
        if (process == null && columns.stream().allMatch(column -> column.title.isEmpty())) {
            return;
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            String text = process == null ? column.title : value(call, process, column);
            boolean last = i == columns.size() - 1;
            line.append(i == 0 ? "" : " ");
            line.append(!column.left ? Cells.right(text, column.width) : last ? text : Cells.left(text, column.width));
        }
        call.out(line.append('\n').toString());
    }

    private static String value(ToolCall call, HostProcess process, Column column) {
        HostModel host = call.host();
        Duration elapsed = Duration.between(process.started(), host.now());
        return switch (column.field) {
            case "pid" -> Integer.toString(process.pid());
            case "ppid" -> process.pid() <= 2 ? "0" : process.args().startsWith("[xen") ? "2" : "1";
            case "stat" -> process.stat();
            case "wchan" -> wchan(call, process, column.width);
            case "etime" -> etime(elapsed);
            case "etimes" -> Long.toString(elapsed.toSeconds());
            default -> process.commandLine(host.facts().dialect());
        };
    }

    /** The kernel tells nobody but root where the processes of others wait. */
    private static String wchan(ToolCall call, HostProcess process, int width) {
        String wchan = call.root() ? process.wchan() : "-";
        return wchan.substring(0, Math.min(wchan.length(), width));
    }

    private static String etime(Duration elapsed) {
        String minutes = String.format(Locale.ROOT, "%02d:%02d", elapsed.toMinutesPart(), elapsed.toSecondsPart());
        if (elapsed.toHours() == 0) {
            return minutes;
        }
        String hours = String.format(Locale.ROOT, "%02d:", elapsed.toHoursPart()) + minutes;
        return elapsed.toDays() == 0 ? hours : elapsed.toDays() + "-" + hours;
    }
}
