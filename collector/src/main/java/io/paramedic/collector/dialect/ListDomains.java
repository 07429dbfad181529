package io.paramedic.collector.dialect;

import io.paramedic.schemas.observation.ShutdownReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code list_domains}, {@code list_domains -all} and {@code list_domains -minimal} (toolstack facts §1). It asks the
 * hypervisor alone, so it holds no name that could forge a row, and it answers when the toolstack does not.
 *
 * <p>Its header is padded to the widest cell of each column, so it tells the place of every character of every row.
 * Output whose blanks were collapsed on the way is not accepted. What cannot be seen: a character replaced by another
 * that fits the same place, two rows joined at the same column, and whole rows that are missing where none of them was
 * the widest of a column.
 */
public final class ListDomains {
    private static final String TOOL = "list_domains";
    private static final String BAR = " | ";
    private static final List<String> FIRST = List.of("id", "uuid", "state");
    private static final Set<String> MORE = Set.of(
            "tot MiB",
            "max MiB",
            "shadow MiB",
            "shutdown code",
            "sif",
            "cpu time",
            "vcpus online",
            "max vcpu id",
            "ssidref");
    private static final Pattern STATE = Pattern.compile("[D ][S ][P ][B ][R ][H ]");
    private static final String NONE = "N/A";

    private ListDomains() {}

    /** Reads the table; which columns it has is told by its header. */
    public static Table<ListDomainsRow> parse(String stdout) {
        List<Line> lines = Line.of(stdout);
        Header header = lines.isEmpty() || !lines.getFirst().ended()
                ? null
                : Header.of(lines.getFirst().text());
        if (header == null) {
            return Rows.withoutHeader(TOOL, lines);
        }
        boolean[] filled = new boolean[header.columns().size()];
        Rows<ListDomainsRow> rows = Rows.read(TOOL, lines.subList(1, lines.size()), line -> row(line, header, filled));
        for (int i = 0; i < filled.length; i++) {
            Column column = header.columns().get(i);
            if (!filled[i] && column.width() > column.natural()) {
                String reason =
                        "the column '" + column.label() + "' is wider than all of its cells, so a row is missing";
                rows.add(Unparseable.of(TOOL, 1, reason, lines.getFirst().text()));
            }
        }
        return rows.ascending(ListDomainsRow::domid);
    }

    /** Reads the handles that {@code -minimal} prints; there is no header, and one handle may be there twice. */
    public static Table<UUID> parseMinimal(String stdout) {
        return Rows.<UUID>read(TOOL, Line.of(stdout), line -> {
                    UUID uuid = Words.uuid(line.text());
                    return uuid == null ? line.not(TOOL, "not a uuid") : Reading.of(uuid);
                })
                .all();
    }

    private static Reading<ListDomainsRow> row(Line line, Header header, boolean[] filled) {
        Map<String, String> cells = header.cells(line.text());
        if (cells == null) {
            return line.not(TOOL, "not spaced as its header says");
        }
        Integer domid = Words.domid(cells.getOrDefault("id", ""));
        UUID uuid = Words.uuid(cells.getOrDefault("uuid", ""));
        String letters = cells.getOrDefault("state", "");
        if (domid == null || uuid == null || !STATE.matcher(letters).matches() || !numbers(cells)) {
            return line.not(TOOL, "a cell does not hold what it should");
        }
        boolean shutdown = letters.charAt(1) == 'S';
        Integer code = shutdown ? count(cells, "shutdown code") : null;
        header.fill(cells, filled);
        return Reading.of(new ListDomainsRow(
                domid,
                uuid,
                state(letters, code),
                letters.charAt(5) == 'H',
                whole(cells, "tot MiB"),
                whole(cells, "max MiB"),
                code,
                cpuTime(cells),
                count(cells, "vcpus online")));
    }

    private static XenState state(String letters, @Nullable Integer code) {
        return new XenState(
                letters.charAt(4) == 'R',
                letters.charAt(3) == 'B',
                letters.charAt(2) == 'P',
                letters.charAt(1) == 'S',
                code == null ? null : ShutdownReason.ofCode(code),
                letters.charAt(0) == 'D',
                letters);
    }

    /** Every other cell is a number that its type can hold, or says that there is none. */
    private static boolean numbers(Map<String, String> cells) {
        return MORE.stream()
                        .map(label -> cells.getOrDefault(label, NONE))
                        .allMatch(cell -> cell.equals(NONE) || Words.whole(cell) != null)
                && cells.entrySet().stream()
                        .filter(cell -> cell.getValue().equals(NONE))
                        .allMatch(cell ->
                                cell.getKey().equals("max MiB") || cell.getKey().equals("shadow MiB"))
                && (!cells.containsKey("shutdown code") || fits(cells, "shutdown code"))
                && (!cells.containsKey("vcpus online") || fits(cells, "vcpus online"));
    }

    private static boolean fits(Map<String, String> cells, String label) {
        return count(cells, label) != null;
    }

    private static @Nullable Long whole(Map<String, String> cells, String label) {
        return Words.whole(cells.getOrDefault(label, ""));
    }

    private static @Nullable Integer count(Map<String, String> cells, String label) {
        return Words.count(cells.getOrDefault(label, ""));
    }

    private static @Nullable Duration cpuTime(Map<String, String> cells) {
        Long nanos = whole(cells, "cpu time");
        return nanos == null ? null : Duration.ofNanos(nanos);
    }

    /**
     * @param label as printed, without its padding
     * @param width of all its cells
     */
    private record Column(String label, int width) {
        /** The width that it has where no cell is wider than what every row has. */
        int natural() {
            return switch (label) {
                case "uuid" -> 36;
                case "state" -> 6;
                default -> label.length();
            };
        }
    }

    private record Header(List<Column> columns, int length) {
        static @Nullable Header of(String line) {
            List<Column> columns = new ArrayList<>();
            Set<String> labels = new HashSet<>();
            for (String cell : line.split(Pattern.quote(BAR), -1)) {
                String label = cell.stripLeading();
                boolean known = columns.size() < FIRST.size()
                        ? FIRST.get(columns.size()).equals(label)
                        : MORE.contains(label);
                Column column = new Column(label, cell.length());
                if (!known || !labels.add(label) || column.width() < column.natural()) {
                    return null;
                }
                columns.add(column);
            }
            boolean fixed = columns.size() >= FIRST.size()
                    && columns.get(1).width() == 36
                    && columns.get(2).width() == 6;
            return fixed ? new Header(List.copyOf(columns), line.length()) : null;
        }

        /** The cells by label, where each is right-justified in its place; the state cell keeps its blanks. */
        @Nullable
        Map<String, String> cells(String line) {
            if (line.length() != length) {
                return null;
            }
            Map<String, String> cells = new HashMap<>();
            int start = 0;
            for (Column column : columns) {
                int end = start + column.width();
                if (end < length && !line.startsWith(BAR, end)) {
                    return null;
                }
                String cell = line.substring(start, end);
                cells.put(column.label(), column.label().equals("state") ? cell : cell.stripLeading());
                start = end + BAR.length();
            }
            return cells;
        }

        /** Notes the columns whose width this row explains. */
        void fill(Map<String, String> cells, boolean[] filled) {
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                filled[i] |= cells.getOrDefault(column.label(), "").length() == column.width();
            }
        }
    }
}
