package io.paramedic.collector.dialect;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code xl vcpu-list}, of all domains (toolstack facts §2.3). What cannot be seen is what {@link XlList} names, and
 * digits in the affinity, which is not kept.
 */
public final class XlVcpuList {
    private static final String TOOL = "xl vcpu-list";
    private static final String HEADER =
            "Name                                ID  VCPU   CPU State   Time(s) Affinity (Hard / Soft)";
    private static final int NAME_WIDTH = 32;
    private static final Pattern STATE = Pattern.compile("[r-][b-]-|--p");
    private static final Pattern AFFINITY = Pattern.compile("all|none|[0-9][-0-9,^]*+");
    /** Xen allows fewer; with this a domid and a vCPU fit into one number. */
    private static final int VCPUS = 1 << 16;

    private XlVcpuList() {}

    /**
     * @param name as for {@link XlListRow}
     * @param domid Xen's number for the domain
     * @param vcpu the vCPU's number in its domain
     * @param cpu the physical CPU on which it ran last; absent where it is offline, the letter {@code p} here
     * @param running on a physical CPU at that instant
     * @param blocked waiting for an event
     * @param cpuTime in tenths of a second
     */
    public record Row(
            @Nullable String name,
            int domid,
            int vcpu,
            @Nullable Integer cpu,
            boolean running,
            boolean blocked,
            Duration cpuTime) {
        public boolean online() {
            return cpu != null;
        }
    }

    public static Table<Row> parse(String stdout) {
        List<Line> lines = Line.of(stdout);
        if (lines.isEmpty()
                || !lines.getFirst().ended()
                || !lines.getFirst().text().equals(HEADER)) {
            return Rows.withoutHeader(TOOL, lines);
        }
        return Rows.<Row>read(TOOL, lines.subList(1, lines.size()), XlVcpuList::row)
                .ascending(row -> row.domid() * VCPUS + row.vcpu());
    }

    private static Reading<Row> row(Line line) {
        FromRight words = new FromRight(line.text());
        String soft = words.word();
        String slash = words.word();
        String hard = words.word();
        String time = words.word();
        String state = words.word();
        String cpu = words.word();
        String vcpu = words.word();
        String domid = words.word();
        if (soft == null
                || slash == null
                || hard == null
                || time == null
                || state == null
                || cpu == null
                || vcpu == null
                || domid == null) {
            return line.not(TOOL, "too few columns");
        }
        Integer id = Words.domid(domid);
        Integer number = Words.count(vcpu);
        Integer on = Words.count(cpu);
        Duration cpuTime = Words.tenths(time);
        boolean offline = state.equals("--p") && cpu.equals("-");
        boolean sound = STATE.matcher(state).matches()
                && (offline || on != null && !state.equals("--p"))
                && slash.equals("/")
                && AFFINITY.matcher(hard).matches()
                && AFFINITY.matcher(soft).matches();
        if (id == null || number == null || number >= VCPUS || cpuTime == null || !sound) {
            return line.not(TOOL, "a column does not hold what it should");
        }
        String cell = words.before(" " + Printf.right(id, 5) + " " + Printf.right(number, 5) + Printf.right(cpu, 5)
                + "   " + state + " " + Printf.right(time, 9) + "  " + hard + " / " + soft);
        String name = cell == null ? null : Printf.nameOf(cell, NAME_WIDTH);
        if (name == null) {
            return line.not(TOOL, "not spaced as a row is");
        }
        return Reading.of(
                new Row(Words.name(name), id, number, on, state.charAt(0) == 'r', state.charAt(1) == 'b', cpuTime));
    }
}
