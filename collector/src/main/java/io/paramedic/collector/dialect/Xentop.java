package io.paramedic.collector.dialect;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code xentop -b -f -i N -d S}. It prints names and no domids, leaves zombies out, and hangs for ever without
 * xenstored (lab facts 5 and 7). The first round has no CPU percentages. Two rows of one name in one round cannot be
 * attributed, so both are dropped. What cannot be seen is what {@link XlList} names, and whole lines that moved from
 * one round to another.
 */
public final class Xentop {
    private static final String TOOL = "xentop";
    private static final Pattern HEADER =
            Pattern.compile("( *+NAME)  STATE   CPU\\(sec\\) CPU\\(%\\)     MEM\\(k\\) MEM\\(%\\)  MAXMEM\\(k\\)"
                + " MAXMEM\\(%\\) VCPUS NETS ++NETTX\\(k\\) ++NETRX\\(k\\) VBDS   VBD_OO ++VBD_RD ++VBD_WR ++VBD_RSECT"
                + " ++VBD_WSECT SSID");
    private static final Pattern COLUMN = Pattern.compile(" *+[^ ]++");
    private static final Pattern STATE = Pattern.compile("[d-][s-][b-][c-][p-][r-]");
    private static final Pattern TENTHS = Pattern.compile("[0-9]{1,12}\\.[0-9]");
    private static final int NAME_LIMIT = 10;

    private Xentop() {}

    /**
     * @param round from 1
     * @param name the domain's name; cut to 10 bytes without {@code -f}
     * @param letters dying, shut down, blocked, crashed, paused, running
     * @param cpuSeconds CPU time used since it was started, whole seconds
     * @param cpuPercent of one CPU since the round before
     * @param memoryKib memory that it holds, KiB
     * @param vcpus online vCPUs
     * @param netTxKib sent over all its network devices, KiB
     * @param netRxKib received, KiB
     * @param vbdReads requests of all its block devices; absent where the backend keeps no count
     * @param vbdWrites the same for writing
     */
    public record Row(
            int round,
            String name,
            String letters,
            long cpuSeconds,
            BigDecimal cpuPercent,
            long memoryKib,
            int vcpus,
            long netTxKib,
            long netRxKib,
            @Nullable Long vbdReads,
            @Nullable Long vbdWrites) {}

    private record Key(int round, String name) {}

    public static Table<Row> parse(String stdout) {
        List<Line> lines = Line.of(stdout);
        if (lines.isEmpty() || !HEADER.matcher(lines.getFirst().text()).matches()) {
            return Rows.withoutHeader(TOOL, lines);
        }
        Rows<Row> rows = new Rows<>(TOOL);
        List<Integer> ends = List.of();
        int round = 0;
        for (Line line : lines) {
            if (rows.hopeless(line)) {
                break;
            }
            if (!line.ended()) {
                rows.add(line, line.not(TOOL, Line.CUT_OFF));
            } else if (HEADER.matcher(line.text()).matches()) {
                ends = ends(line.text());
                round++;
            } else if (ends.isEmpty()) {
                rows.add(line, line.not(TOOL, "after a line that may have been the header of the next round"));
            } else {
                Reading<Row> row = row(line, ends, round);
                rows.add(line, row);
                ends = row instanceof Reading.Read<Row> ? ends : List.of();
            }
        }
        return rows.unique(row -> new Key(row.round(), row.name()));
    }

    private static List<Integer> ends(String header) {
        List<Integer> ends = new ArrayList<>();
        Matcher column = COLUMN.matcher(header);
        while (column.find()) {
            ends.add(column.end());
        }
        return ends;
    }

    private static Reading<Row> row(Line line, List<Integer> ends, int round) {
        int tail = ends.getLast() - ends.getFirst();
        String text = line.text();
        if (text.length() < tail) {
            return line.not(TOOL, "too short");
        }
        String padded = text.substring(0, text.length() - tail);
        String name = padded.stripLeading();
        int width = padded.getBytes(StandardCharsets.UTF_8).length;
        boolean fits = width == Math.max(NAME_LIMIT, ends.getFirst()) && !name.isEmpty();
        List<String> cells = new ArrayList<>();
        int start = padded.length();
        for (int i = 1; i < ends.size(); i++) {
            int end = padded.length() + ends.get(i) - ends.getFirst();
            String cell = text.substring(start, end);
            fits &= cell.startsWith(" ") && !cell.endsWith(" ");
            cells.add(cell.stripLeading());
            start = end;
        }
        return fits ? row(line, round, name, cells) : line.not(TOOL, "not spaced as its header says");
    }

    private static Reading<Row> row(Line line, int round, String name, List<String> cells) {
        Long seconds = Words.whole(cells.get(1));
        Long memory = Words.whole(cells.get(3));
        Integer vcpus = Words.count(cells.get(7));
        Long sent = Words.whole(cells.get(9));
        Long received = Words.whole(cells.get(10));
        boolean sound = STATE.matcher(cells.get(0)).matches()
                && TENTHS.matcher(cells.get(2)).matches()
                && TENTHS.matcher(cells.get(4)).matches()
                && (Words.whole(cells.get(5)) != null || cells.get(5).equals("no limit"))
                && (TENTHS.matcher(cells.get(6)).matches() || cells.get(6).equals("n/a"))
                && Words.count(cells.get(8)) != null
                && cells.subList(11, cells.size()).stream().allMatch(c -> c.equals("-") || Words.whole(c) != null);
        if (seconds == null || memory == null || vcpus == null || sent == null || received == null || !sound) {
            return line.not(TOOL, "a column does not hold what it should");
        }
        return Reading.of(new Row(
                round,
                name,
                cells.get(0),
                seconds,
                new BigDecimal(cells.get(2)),
                memory,
                vcpus,
                sent,
                received,
                Words.whole(cells.get(13)),
                Words.whole(cells.get(14))));
    }
}
