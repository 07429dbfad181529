package io.paramedic.collector.dialect;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ps axo pid,ppid,stat,wchan:20,etime,args}. A row is taken only if its columns stand where the header says.
 *
 * <p>A command line is free text: damage inside it cannot be seen, and it may pretend to be any program. {@code ps}
 * prints control characters in it as question marks, so that it cannot forge a row.
 */
public final class Ps {
    private static final String TOOL = "ps";
    private static final Pattern HEADER = Pattern.compile("( *+PID)( *+PPID) STAT WCHAN {15}( *+ELAPSED) COMMAND");
    private static final Pattern REST = Pattern.compile(
            "([DIRSTtWXZKPU][<NLsl+]{0,5}+)( ++)([^ ]++)( ++)((?:[0-9]{1,6}-)?+(?:[0-9]{2}:){1,2}+[0-9]{2}) ([^ ].*+)");

    private Ps() {}

    public static Table<ProcessRow> parse(String stdout) {
        List<Line> lines = Line.of(stdout);
        Matcher header = HEADER.matcher(lines.isEmpty() ? "" : lines.getFirst().text());
        if (lines.isEmpty() || !lines.getFirst().ended() || !header.matches()) {
            return Rows.withoutHeader(TOOL, lines);
        }
        int pid = header.end(1);
        int ppid = header.end(2);
        int command = header.end(3) + 1;
        return Rows.<ProcessRow>read(TOOL, lines.subList(1, lines.size()), line -> row(line, pid, ppid, command))
                .unique(ProcessRow::pid);
    }

    private static Reading<ProcessRow> row(Line line, int pidEnd, int ppidEnd, int command) {
        String text = line.text();
        if (text.length() <= ppidEnd || text.charAt(ppidEnd) != ' ') {
            return line.not(TOOL, "not spaced as its header says");
        }
        Integer pid = Words.count(text.substring(0, pidEnd).stripLeading());
        Integer ppid = text.charAt(pidEnd) == ' '
                ? Words.count(text.substring(pidEnd, ppidEnd).stripLeading())
                : null;
        Matcher rest = REST.matcher(text).region(ppidEnd + 1, text.length());
        if (pid == null || ppid == null || pid == 0 || !rest.matches()) {
            return line.not(TOOL, "a column does not hold what it should");
        }
        String stat = rest.group(1);
        // A value that is wider than its column takes the blanks of the next one, and only a last one shifts the
        // command.
        int shift = Math.max(0, rest.group(5).length() - 11);
        boolean placed =
                rest.start(3) == rest.start(1) + Math.max(4, stat.length()) + 1 && rest.start(6) == command + shift;
        return placed
                ? Reading.of(new ProcessRow(pid, ppid, stat, rest.group(6)))
                : line.not(TOOL, "not spaced as its header says");
    }
}
