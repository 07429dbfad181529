package io.paramedic.collector.dialect;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code xl uptime}. It leaves zombies out and says so on standard error alone (lab facts 7), and it reckons from the
 * start time in xenstore and dom0's wall clock, so it is for people, not for decisions.
 */
public final class XlUptime {
    private static final String TOOL = "xl uptime";
    private static final String HEADER = "Name                                ID Uptime";
    private static final int NAME_WIDTH = 33;
    private static final Pattern CLOCK = Pattern.compile("([0-9]|1[0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])");

    private XlUptime() {}

    /**
     * @param name as for {@link XlListRow}
     * @param domid Xen's number for the domain
     * @param uptime since it was started
     */
    public record Row(@Nullable String name, int domid, Duration uptime) {}

    public static Table<Row> parse(String stdout) {
        List<Line> lines = Line.of(stdout);
        if (lines.isEmpty()
                || !lines.getFirst().ended()
                || !lines.getFirst().text().equals(HEADER)) {
            return Rows.withoutHeader(TOOL, lines);
        }
        return Rows.<Row>read(TOOL, lines.subList(1, lines.size()), XlUptime::row)
                .ascending(Row::domid);
    }

    private static Reading<Row> row(Line line) {
        FromRight words = new FromRight(line.text());
        String clock = words.word();
        String word = words.word();
        boolean manyDays = "days,".equals(word);
        boolean dated = manyDays || "day,".equals(word);
        Integer days = dated ? count(words.word()) : Integer.valueOf(0);
        String domid = dated ? words.word() : word;
        Integer id = domid == null ? null : Words.domid(domid);
        Matcher time = CLOCK.matcher(clock == null ? "" : clock);
        if (id == null || days == null || !time.matches() || dated && manyDays == (days < 2)) {
            return line.not(TOOL, "a column does not hold what it should");
        }
        String since = dated ? days + (manyDays ? " days, " : " day, ") : "";
        String printed = since + Printf.right(time.group(), "hh:mm:ss".length());
        String cell = words.before(" " + Printf.right(id, 4) + " " + printed);
        String name = cell == null ? null : Printf.nameOf(cell, NAME_WIDTH);
        if (name == null) {
            return line.not(TOOL, "not spaced as a row is");
        }
        Duration uptime = Duration.ofDays(days)
                .plusHours(Integer.parseInt(time.group(1)))
                .plusMinutes(Integer.parseInt(time.group(2)))
                .plusSeconds(Integer.parseInt(time.group(3)));
        return Reading.of(new Row(Words.name(name), id, uptime));
    }

    private static @Nullable Integer count(@Nullable String word) {
        return word == null ? null : Words.count(word);
    }
}
