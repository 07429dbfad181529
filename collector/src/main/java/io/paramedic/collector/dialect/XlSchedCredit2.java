package io.paramedic.collector.dialect;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code xl sched-credit2}: per cpupool a line, a header and the domains in it (toolstack facts §7). */
public final class XlSchedCredit2 {
    private static final String TOOL = "xl sched-credit2";
    private static final String HEADER = "Name                                ID Weight  Cap";
    private static final int NAME_WIDTH = 33;
    private static final Pattern POOL =
            Pattern.compile("Cpupool (.++)(?<=: (?:ratelimit=[0-9]{1,9}us|\\[sched params unavailable\\]))");

    private XlSchedCredit2() {}

    /**
     * @param pool the cpupool
     * @param name as for {@link XlListRow}
     * @param domid Xen's number for the domain
     * @param weight its share against the others
     * @param cap percent of one CPU that it may use; 0 is no limit
     */
    public record Row(String pool, @Nullable String name, int domid, int weight, int cap) {}

    public static Table<Row> parse(String stdout) {
        List<Line> lines = Line.of(stdout);
        Rows<Row> rows = new Rows<>(TOOL);
        String pool = null;
        boolean headed = false;
        for (Line line : lines) {
            Matcher opens = POOL.matcher(line.text());
            if (!line.ended()) {
                rows.add(line, line.not(TOOL, Line.CUT_OFF));
            } else if (opens.matches()) {
                pool = opens.group(1).substring(0, opens.group(1).lastIndexOf(": "));
                headed = false;
            } else if (line.text().equals(HEADER)) {
                headed = true;
            } else if (pool == null || !headed) {
                rows.add(line, line.not(TOOL, "not the name of a pool or the header"));
            } else {
                rows.add(line, row(line, pool));
            }
        }
        return lines.isEmpty() ? Rows.withoutHeader(TOOL, lines) : rows.unique(Row::domid);
    }

    private static Reading<Row> row(Line line, String pool) {
        FromRight words = new FromRight(line.text());
        String cap = words.word();
        String weight = words.word();
        String domid = words.word();
        if (cap == null || weight == null || domid == null) {
            return line.not(TOOL, "too few columns");
        }
        Integer limit = Words.count(cap);
        Integer share = Words.count(weight);
        Integer id = Words.domid(domid);
        if (limit == null || share == null || id == null) {
            return line.not(TOOL, "a column does not hold what it should");
        }
        String cell =
                words.before(" " + Printf.right(id, 4) + " " + Printf.right(share, 6) + " " + Printf.right(limit, 4));
        String name = cell == null ? null : Printf.nameOf(cell, NAME_WIDTH);
        return name == null
                ? line.not(TOOL, "not spaced as a row is")
                : Reading.of(new Row(pool, Words.name(name), id, share, limit));
    }
}
