package io.paramedic.collector.sampling;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * For which domain a background process of xl waits. Its command line names a configuration file, which may be called
 * anything; its standard output is the log {@code xl-NAME.log}, renamed with a number when a later one took its place.
 */
final class XlLogs {
    private static final Pattern LINK = Pattern.compile(
            ".* /proc/([0-9]+)/fd/1 -> .*/xl-(.+?)(?:--incoming)?\\.log(?:\\.[0-9]+)?(?: \\(deleted\\))?");

    private XlLogs() {}

    /**
     * @param listing what {@code ls -l /proc/PID/fd/1 ...} printed
     * @return the names, or null unless every one of these processes is told
     */
    static @Nullable Set<String> domains(String listing, List<Integer> pids) {
        Map<Integer, String> names = new HashMap<>();
        for (String line : listing.split("\n")) {
            Matcher link = LINK.matcher(line);
            if (link.matches() && link.group(1).length() < 10) {
                names.put(Integer.valueOf(link.group(1)), link.group(2));
            }
        }
        return names.keySet().containsAll(pids) ? new HashSet<>(names.values()) : null;
    }
}
