package io.paramedic.collector.dialect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Collects the rows of one output, and drops those of which the others prove that one of them is false. */
final class Rows<T> {
    /** More lines than a name of the longest kind can hold, so that one name cannot end the reading of a list. */
    private static final int MOST = 10_000;

    private final String tool;
    private final List<Kept<T>> kept = new ArrayList<>();
    private final List<Unparseable> unparseable = new ArrayList<>();

    private record Kept<T>(Line line, T row) {}

    Rows(String tool) {
        this.tool = tool;
    }

    /** Reads the lines after a header that was recognized; gives up on an output that is mostly something else. */
    static <T> Rows<T> read(String tool, List<Line> lines, Function<Line, Reading<T>> reader) {
        Rows<T> rows = new Rows<>(tool);
        for (Line line : lines) {
            if (rows.hopeless(line)) {
                break;
            }
            rows.add(line, line.ended() ? reader.apply(line) : line.not(tool, Line.CUT_OFF));
        }
        return rows;
    }

    /**
     * Whether so much was not recognized that the rest is not read; says so once. Then no row is believed: the line
     * that would have contradicted a forged one may be among those that were not read.
     */
    boolean hopeless(Line line) {
        if (unparseable.size() == MOST) {
            unparseable.add(
                    Unparseable.of(tool, line.number(), "too much before this is no row; not read from here on", ""));
        }
        return unparseable.size() > MOST;
    }

    /** A table whose header is missing: nothing in it is believed. */
    static <T> Table<T> withoutHeader(String tool, List<Line> lines) {
        Unparseable why = lines.isEmpty()
                ? Unparseable.of(tool, 0, "it printed nothing", "")
                : Unparseable.of(tool, 1, "not the header", lines.getFirst().text());
        return new Table<>(List.of(), List.of(why));
    }

    void add(Line line, Reading<T> reading) {
        switch (reading) {
            case Reading.Read<T>(T row) -> kept.add(new Kept<>(line, row));
            case Reading.Unreadable<T>(Unparseable why) -> unparseable.add(why);
        }
    }

    void add(Unparseable why) {
        unparseable.add(why);
    }

    /**
     * The hypervisor lists domains in ascending order, each once. Where two rows contradict that, one of them is forged
     * or damaged and it cannot be told which: both are dropped.
     */
    Table<T> ascending(ToIntFunction<T> domid) {
        return ascending(domid, Set.of());
    }

    /**
     * The same; {@code claimed} are domids in lines that could not be read. One of them may be the true row of that
     * domain, so the row that could be read is not believed either.
     */
    Table<T> ascending(ToIntFunction<T> domid, Set<Integer> claimed) {
        int size = kept.size();
        int[] lowestAfter = new int[size + 1];
        lowestAfter[size] = Integer.MAX_VALUE;
        for (int i = size - 1; i >= 0; i--) {
            lowestAfter[i] =
                    Math.min(lowestAfter[i + 1], domid.applyAsInt(kept.get(i).row()));
        }
        int highestBefore = Integer.MIN_VALUE;
        List<T> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int id = domid.applyAsInt(kept.get(i).row());
            if (highestBefore >= id || lowestAfter[i + 1] <= id) {
                contradicted(kept.get(i), "out of order, or a domid seen twice");
            } else if (claimed.contains(id)) {
                contradicted(kept.get(i), "a line that could not be read has the same domid");
            } else {
                rows.add(kept.get(i).row());
            }
            highestBefore = Math.max(highestBefore, id);
        }
        return table(rows);
    }

    /** Drops all rows that share their key with another one. */
    Table<T> unique(Function<T, Object> key) {
        Map<Object, Integer> seen = new HashMap<>();
        kept.forEach(k -> seen.merge(key.apply(k.row()), 1, Integer::sum));
        List<T> rows = new ArrayList<>();
        for (Kept<T> k : kept) {
            if (seen.getOrDefault(key.apply(k.row()), 0) > 1) {
                contradicted(k, "seen twice");
            } else {
                rows.add(k.row());
            }
        }
        return table(rows);
    }

    /** All rows, where the tool promises neither order nor uniqueness. */
    Table<T> all() {
        return table(kept.stream().map(Kept::row).toList());
    }

    private void contradicted(Kept<T> k, String reason) {
        unparseable.add(Unparseable.of(tool, k.line().number(), reason, k.line().text()));
    }

    private Table<T> table(List<T> rows) {
        unparseable.sort(Comparator.comparingInt(Unparseable::line));
        return new Table<>(unparseable.size() > MOST ? List.of() : rows, unparseable);
    }
}
