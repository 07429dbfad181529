package io.paramedic.collector.dialect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code xenstore-ls -f}, of the whole store or of one subtree.
 *
 * <p>It is read as a whole. A node comes before its children and exactly once, so most lost, doubled or mixed lines are
 * seen; what is not: lost leaves, output cut off at the end of a line, and damage inside a value. A subtree that is not
 * there, and a directory that goes away while it is listed, end the program with status 1: only output of status 0 is
 * complete. A node that went away between its listing and its reading is left out.
 */
public final class XenstoreLs {
    private static final String TOOL = "xenstore-ls";
    private static final String IS = " = \"";
    private static final Pattern NAME = Pattern.compile("[-A-Za-z0-9_@.+:,]++");
    private static final Pattern PATH = Pattern.compile("(?:/[-A-Za-z0-9_@.+:,]++)++");
    private static final Pattern VANISHED = Pattern.compile("(?:/[-A-Za-z0-9_@.+,]++)++:(?: \\([^()]++\\))?+");

    private XenstoreLs() {}

    public static Reading<XenstoreTree> parse(String stdout) {
        Map<String, String> values = new HashMap<>();
        Deque<String> open = new ArrayDeque<>();
        boolean vanished = false;
        for (Line line : Line.of(stdout)) {
            String text = line.text();
            if (!line.ended()) {
                return line.not(TOOL, Line.CUT_OFF);
            }
            // Older versions print an empty line after a node whose value was gone.
            if (vanished && text.isEmpty()) {
                vanished = false;
                continue;
            }
            vanished = VANISHED.matcher(text).matches();
            if (vanished) {
                continue;
            }
            int at = text.indexOf(IS);
            String path = at < 0 ? "" : text.substring(0, at);
            if (!PATH.matcher(path).matches() || text.length() < at + IS.length() + 1 || !text.endsWith("\"")) {
                return line.not(TOOL, "not a path and a quoted value");
            }
            String value = XenstoreValue.decode(text.substring(at + IS.length(), text.length() - 1));
            if (value == null) {
                return line.not(TOOL, "a value that it would have printed otherwise");
            }
            if (!descends(open, path) || values.putIfAbsent(path, value) != null) {
                return line.not(TOOL, "a node that is not below the one before it, or is there twice");
            }
        }
        return Reading.of(new XenstoreTree(values));
    }

    /** Whether {@code path} is next to one of the nodes that are open, or below the last one; opens it. */
    private static boolean descends(Deque<String> open, String path) {
        String parent = path.substring(0, path.lastIndexOf('/'));
        if (open.isEmpty()) {
            open.push(parent);
        }
        while (!open.isEmpty() && !open.getFirst().equals(parent)) {
            open.pop();
        }
        if (open.isEmpty()) {
            return false;
        }
        open.push(path);
        return true;
    }

    /** Reads {@code xenstore-list PATH}: the names below one node. */
    public static Table<String> names(String stdout) {
        return Rows.<String>read(
                        TOOL,
                        Line.of(stdout),
                        line -> NAME.matcher(line.text()).matches()
                                ? Reading.of(line.text())
                                : line.not("xenstore-list", "not the name of a node"))
                .unique(name -> name);
    }

    /**
     * Reads {@code xenstore-read PATH...}: the values, in the order asked. Exactly {@code count} lines, else it is
     * unreadable: the program prints the values before the first path that is missing and ends with status 1.
     */
    public static Reading<List<String>> values(String stdout, int count) {
        String tool = "xenstore-read";
        List<Line> lines = Line.of(stdout);
        if (lines.size() != count || !lines.isEmpty() && !lines.getLast().ended()) {
            return Reading.unreadable(tool, 0, "not the " + count + " values that were asked for", stdout);
        }
        Table<String> values = Rows.<String>read(tool, lines, line -> {
                    String value = XenstoreValue.decode(line.text());
                    return value == null
                            ? line.not(tool, "a value that it would have printed otherwise")
                            : Reading.of(value);
                })
                .all();
        return values.complete()
                ? Reading.of(values.rows())
                : new Reading.Unreadable<>(values.unparseable().getFirst());
    }
}
