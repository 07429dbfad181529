package io.paramedic.collector.dialect;

import io.paramedic.schemas.observation.ShutdownReason;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code xl list} and {@code xl list -v} (toolstack facts §2.1, lab facts 1, 2 and 8).
 *
 * <p>A row is taken only if printing it again gives the same characters, and only if domids ascend. What that cannot
 * see:
 * <ul>
 *   <li>whole lines that are missing, the last ones included: nothing is printed after them;
 *   <li>one character replaced by another that fits the same place, such as a digit by a digit;
 *   <li>two rows joined at the same column, and digits lost or doubled where a number fills or overflows its column
 *       (memory from 10,000 MiB, CPU time from 100,000 s);
 *   <li>damage inside a name of 40 bytes or more, which is free text of any length;
 *   <li>a name that holds a newline and, around it, two complete rows: it forges a domain. The table alone cannot show
 *       that; {@code xenstore-ls}, which escapes names, or a list that comes from the hypervisor alone does. A forged
 *       domid that exists, or that is out of order, makes all rows involved unparseable, and so a name can hide a row,
 *       but not change it.
 * </ul>
 * Only the output of a command that came to its end is given to this parser: behind a cut there may be the row that
 * shows another one to be forged. And nothing destructive rests on one table: the domid and the handle are read again
 * before an act.
 */
public final class XlList {
    static final String HEADER = "Name                                        ID   Mem VCPUs\tState\tTime(s)";
    static final String HEADER_V =
            HEADER + "   UUID                            " + "Reason-Code" + "\t" + "Security Label";

    private static final String TOOL = "xl list";
    private static final int NAME_WIDTH = 40;
    private static final Pattern STATE = Pattern.compile("[r-][b-][p-][s-][-rscwS?][d-]");
    private static final Pattern CODE = Pattern.compile("0|[1-9a-f][0-9a-f]{0,7}");
    private static final String REASON_LETTERS = "-rscwS";

    private XlList() {}

    /** Reads the table; whether it is the plain or the verbose one is told by its header. */
    public static Table<XlListRow> parse(String stdout) {
        List<Line> lines = Line.of(stdout);
        String header = lines.isEmpty() || !lines.getFirst().ended()
                ? ""
                : lines.getFirst().text();
        if (!header.equals(HEADER) && !header.equals(HEADER_V)) {
            return Rows.withoutHeader(TOOL, lines);
        }
        boolean verbose = header.equals(HEADER_V);
        Set<Integer> claimed = new HashSet<>();
        return Rows.<XlListRow>read(TOOL, lines.subList(1, lines.size()), line -> row(line, verbose, claimed))
                .ascending(XlListRow::domid, claimed);
    }

    private static Reading<XlListRow> row(Line line, boolean verbose, Set<Integer> claimed) {
        FromRight words = new FromRight(line.text());
        Verbose extra = verbose ? Verbose.take(words) : Verbose.NONE;
        String time = words.word();
        String state = words.word();
        String vcpus = words.word();
        String memory = words.word();
        String domid = words.word();
        if (extra == null || time == null || state == null || vcpus == null || memory == null || domid == null) {
            return line.not(TOOL, "too few columns");
        }
        Integer id = Words.domid(domid);
        Long mib = Words.whole(memory);
        Integer online = Words.count(vcpus);
        Duration cpuTime = Words.tenths(time);
        XenState flags = state(state, extra.code());
        if (id == null || mib == null || online == null || cpuTime == null || flags == null) {
            return line.not(TOOL, "a column does not hold what it should");
        }
        String tail = " " + Printf.right(id, 5) + " " + Printf.right(mib, 5) + " " + Printf.right(online, 5) + "     "
                + state + "  " + Printf.right(time, 8) + extra.printed();
        String cell = words.before(tail);
        String name = cell == null ? null : Printf.nameOf(cell, NAME_WIDTH);
        if (name == null) {
            claimed.add(id);
            return line.not(TOOL, "not spaced as a row is");
        }
        Integer code = flags.shutdown() ? extra.number() : null;
        return Reading.of(new XlListRow(Words.name(name), id, mib, online, flags, cpuTime, extra.uuid(), code));
    }

    /** The flags, where they agree with the reason code beside them. Position 5 is the reason's letter, not only c. */
    private static @Nullable XenState state(String letters, @Nullable String code) {
        if (!STATE.matcher(letters).matches()) {
            return null;
        }
        boolean shutdown = letters.charAt(3) == 's';
        char letter = letters.charAt(4);
        if (!shutdown && letter != '-' || code != null && !agrees(shutdown, letter, code)) {
            return null;
        }
        return new XenState(
                letters.charAt(0) == 'r',
                letters.charAt(1) == 'b',
                letters.charAt(2) == 'p',
                shutdown,
                shutdown ? ShutdownReason.ofCode(REASON_LETTERS.indexOf(letter)) : null,
                letters.charAt(5) == 'd',
                letters);
    }

    private static boolean agrees(boolean shutdown, char letter, String code) {
        if (!shutdown || code.equals("-")) {
            return !shutdown && code.equals("-");
        }
        int number = Integer.parseUnsignedInt(code, 16);
        char expected = number >= 0 && number < REASON_LETTERS.length() ? REASON_LETTERS.charAt(number) : '?';
        return letter == expected;
    }

    /** What {@code -v} appends: handle, reason code in hexadecimal or {@code -}, security label. */
    private record Verbose(@Nullable UUID uuid, @Nullable String code, String printed) {
        static final Verbose NONE = new Verbose(null, null, "");

        static @Nullable Verbose take(FromRight words) {
            String label = words.word();
            String code = words.word();
            String uuid = words.word();
            UUID handle = uuid == null ? null : Words.uuid(uuid);
            if (handle == null
                    || code == null
                    || !(code.equals("-") || CODE.matcher(code).matches())) {
                return null;
            }
            String tail =
                    " " + handle + " " + Printf.right(code, 8) + " " + Printf.right(Objects.requireNonNull(label), 16);
            return new Verbose(handle, code, tail);
        }

        @Nullable
        Integer number() {
            return code == null || code.equals("-") ? null : Integer.valueOf(Integer.parseUnsignedInt(code, 16));
        }
    }
}
