package io.paramedic.collector.dialect;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code xl info} (toolstack facts §7). It is read as a whole: its last line is always the same one, so output that was
 * cut off is seen. Values are free text; damage inside one cannot be seen.
 *
 * @param values by name, in the order printed, blanks at the end kept
 */
public record XlInfo(Map<String, String> values) {
    private static final String TOOL = "xl info";
    private static final int NAME_WIDTH = 23;
    private static final String LAST = "xend_config_format";
    private static final Pattern LINE = Pattern.compile("([a-z][a-z0-9_]*+)( *+): ?(.*+)");

    public XlInfo {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Reads what {@code xl info} prints without options; with {@code -n} there are tables in it, and it is unreadable.
     */
    public static Reading<XlInfo> parse(String stdout) {
        List<Line> lines = Line.of(stdout);
        Map<String, String> values = new LinkedHashMap<>();
        for (Line line : lines) {
            Matcher pair = LINE.matcher(line.text());
            if (!line.ended() || !pair.matches()) {
                return line.not(TOOL, line.ended() ? "not a name and a value" : Line.CUT_OFF);
            }
            String name = pair.group(1);
            if (name.length() + pair.group(2).length() != Math.max(NAME_WIDTH, name.length())) {
                return line.not(TOOL, "not spaced as a line of it is");
            }
            if (values.putIfAbsent(name, pair.group(3)) != null) {
                return line.not(TOOL, "the same name twice");
            }
        }
        return values.containsKey("xen_version") && lines.getLast().text().startsWith(LAST)
                ? Reading.of(new XlInfo(values))
                : Reading.unreadable(TOOL, 0, "it does not go on to its last line, " + LAST, stdout);
    }

    /** For example {@code 4.17.7}. */
    public @Nullable String xenVersion() {
        return text("xen_version");
    }

    /** For example {@code credit2}. */
    public @Nullable String scheduler() {
        return text("xen_scheduler");
    }

    /** Memory of the machine, MiB. */
    public @Nullable Long totalMemoryMib() {
        return Words.whole(values.getOrDefault("total_memory", ""));
    }

    /** Memory that Xen could still give to domains, MiB. */
    public @Nullable Long freeMemoryMib() {
        return Words.whole(values.getOrDefault("free_memory", ""));
    }

    /** What the processor offers to guests, for example {@code pv hvm}. */
    public @Nullable String virtCaps() {
        return text("virt_caps");
    }

    /** Xen's boot options. */
    public @Nullable String commandLine() {
        return text("xen_commandline");
    }

    /** The kernel of dom0. */
    public @Nullable String release() {
        return text("release");
    }

    private @Nullable String text(String name) {
        String value = values.getOrDefault(name, "").strip();
        return value.isEmpty() ? null : value;
    }
}
