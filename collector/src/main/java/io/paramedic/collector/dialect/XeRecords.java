package io.paramedic.collector.dialect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The record blocks that {@code xe vm-list}, {@code host-list} and {@code task-list} print with {@code params=...}
 * (toolstack facts §3.2).
 *
 * <p>{@code xe} escapes nothing, so whoever names a VM can write lines and whole blocks into this output. A block is
 * taken only if it holds exactly the requested fields, once each, in record order, spaced as {@code xe} spaces them. A
 * uuid that is there twice, or that is not one of the trusted ones, marks a forgery: every block with it is dropped,
 * and so is the block before any dropped one, because its own name may have ended it early. What is left to a forger:
 * without trusted uuids, a block of a VM that does not exist and a lie about his own VM; with them, a lie about a VM
 * that went away between the two commands. {@code xe vm-param-get} for one VM and one field, and the hypervisor's list,
 * decide.
 */
public final class XeRecords {
    private static final String TOOL = "xe";
    private static final String UUID_FIELD = "uuid";
    /** What stands behind a field's name: whether it is one value, a set or a map, and whether it can be written. */
    private static final Pattern SUFFIX = Pattern.compile(" \\([ SM]R[OW]\\)(?: \\[DEPRECATED\\])?+");

    private static final Pattern UUID_LINE = Pattern.compile("uuid \\([ SM]R[OW]\\) *+: (.*+)");
    /** Blanks between the longest label and its colon. */
    private static final int INDENT = 4;

    private static final int MOST = 50_000;
    /** Empty lines behind each record. */
    private static final int GAP = 2;

    private XeRecords() {}

    /**
     * Reads records by field.
     *
     * @param fields the fields that were requested, in the order in which the record has them (not in that of the
     *     request), {@code uuid} first
     */
    public static Table<Map<String, String>> parse(String stdout, List<String> fields) {
        return read(stdout, fields, null, record -> record);
    }

    /**
     * Reads records by field, and only those of VMs that are known from output that cannot be forged.
     *
     * @param trusted the uuids of {@code xe vm-list params=uuid --minimal} with the same filters
     */
    public static Table<Map<String, String>> parse(String stdout, List<String> fields, Set<UUID> trusted) {
        return read(stdout, fields, trusted, record -> record);
    }

    static <T> Table<T> read(
            String stdout,
            List<String> fields,
            @Nullable Set<UUID> trusted,
            Function<Map<String, String>, @Nullable T> type) {
        if (fields.isEmpty() || !fields.getFirst().equals(UUID_FIELD)) {
            throw new IllegalArgumentException(
                    "records are told apart by their uuid, so it is requested first: " + fields);
        }
        List<Block> blocks = blocks(stdout);
        if (blocks.size() > MOST) {
            String reason = "more than " + MOST + " records, which no pool has";
            return new Table<>(List.of(), List.of(Unparseable.of(TOOL, 0, reason, stdout)));
        }
        List<@Nullable Map<String, String>> records = new ArrayList<>();
        List<@Nullable String> faults = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (Block block : blocks) {
            Map<String, String> record = block.wellSpaced() ? record(block.lines(), fields) : null;
            records.add(record);
            faults.add(fault(record == null ? null : record.getOrDefault(UUID_FIELD, ""), trusted));
            block.uuids().forEach(uuid -> seen.merge(uuid, 1, Integer::sum));
        }
        Set<Integer> dropped = forged(records, faults, seen);
        return table(blocks, records, faults, dropped, type);
    }

    private static @Nullable String fault(@Nullable String uuid, @Nullable Set<UUID> trusted) {
        if (uuid == null) {
            return "not exactly the requested fields, once each and in order";
        }
        UUID parsed = Words.uuid(uuid);
        if (parsed == null) {
            return "not a uuid";
        }
        return trusted == null || trusted.contains(parsed) ? null : "a uuid that is not in the list of uuids";
    }

    /**
     * Notes the faults that show only beside the other blocks; gives the places of all blocks that are not believed.
     */
    private static Set<Integer> forged(
            List<@Nullable Map<String, String>> records, List<@Nullable String> faults, Map<String, Integer> seen) {
        Set<Integer> dropped = new HashSet<>();
        for (int i = 0; i < records.size(); i++) {
            Map<String, String> record = records.get(i);
            if (faults.get(i) == null
                    && record != null
                    && seen.getOrDefault(record.getOrDefault(UUID_FIELD, ""), 0) > 1) {
                faults.set(i, "a uuid that is there twice");
            }
            if (faults.get(i) != null) {
                dropped.add(i);
            }
        }
        for (int i = 0; i + 1 < records.size(); i++) {
            if (dropped.contains(i + 1) && faults.get(i + 1) != null && faults.get(i) == null) {
                dropped.add(i);
            }
        }
        return dropped;
    }

    private static <T> Table<T> table(
            List<Block> blocks,
            List<@Nullable Map<String, String>> records,
            List<@Nullable String> faults,
            Set<Integer> dropped,
            Function<Map<String, String>, @Nullable T> type) {
        List<T> rows = new ArrayList<>();
        List<Unparseable> unparseable = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            Map<String, String> record = records.get(i);
            String fault = faults.get(i);
            if (dropped.contains(i) || record == null) {
                String reason =
                        fault == null ? "the record after it is none, so its own name may have ended it" : fault;
                unparseable.add(blocks.get(i).not(reason));
                continue;
            }
            T row = type.apply(record);
            if (row == null) {
                unparseable.add(blocks.get(i).not("a field does not hold what it should"));
            } else {
                rows.add(row);
            }
        }
        return new Table<>(rows, unparseable);
    }

    private static @Nullable Map<String, String> record(List<Line> lines, List<String> fields) {
        if (lines.size() != fields.size()) {
            return null;
        }
        int width = lines.getFirst().text().indexOf(": ");
        int longest = 0;
        Map<String, String> record = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).text();
            if (width < 0 || !line.startsWith(": ", width)) {
                return null;
            }
            String label = line.substring(0, width).strip();
            String printed = i == 0 ? Printf.left(label, width) : Printf.right(label, width);
            String field = fields.get(i);
            boolean named = label.startsWith(field)
                    && SUFFIX.matcher(label.substring(field.length())).matches();
            if (!named || !line.startsWith(printed)) {
                return null;
            }
            longest = Math.max(longest, label.length());
            record.put(field, line.substring(width + 2));
        }
        return width == longest + INDENT ? Collections.unmodifiableMap(record) : null;
    }

    private static List<Block> blocks(String stdout) {
        List<Block> blocks = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        int gap = 0;
        for (Line line : Line.of(stdout)) {
            boolean empty = line.text().isEmpty();
            if (!empty && gap > 0) {
                blocks.add(new Block(List.copyOf(lines), gap));
                lines.clear();
                gap = 0;
            }
            if (empty) {
                gap++;
            } else {
                lines.add(line);
            }
        }
        if (!lines.isEmpty() || gap > 0) {
            blocks.add(new Block(List.copyOf(lines), gap));
        }
        return blocks;
    }

    /**
     * @param lines without the empty ones
     * @param gap the empty lines behind it
     */
    private record Block(List<Line> lines, int gap) {
        /** What it calls a uuid, whether it is a record or not, so that a forged record meets the real one. */
        List<String> uuids() {
            return lines.stream()
                    .map(line -> UUID_LINE.matcher(line.text()))
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .toList();
        }

        boolean wellSpaced() {
            return !lines.isEmpty() && gap == GAP && lines.getLast().ended();
        }

        Unparseable not(String reason) {
            int first = lines.isEmpty() ? 1 : lines.getFirst().number();
            String text = lines.stream().map(Line::text).collect(Collectors.joining("\n"));
            return Unparseable.of(TOOL, first, reason, text);
        }
    }
}
