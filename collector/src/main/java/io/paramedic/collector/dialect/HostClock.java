package io.paramedic.collector.dialect;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host's own clock and load, as {@code cat /proc/sys/kernel/random/boot_id /proc/uptime /proc/loadavg} prints them.
 *
 * @param bootId the kernel's random id of this boot
 * @param uptime time since that boot, to the hundredth of a second
 * @param load1 dom0's load average over one minute
 */
public record HostClock(UUID bootId, Duration uptime, double load1) {
    static final String TOOL = "host clock";
    /** Lines that the three files hold together. */
    static final int LINES = 3;

    private static final Pattern UPTIME = Pattern.compile("(\\d{1,10})\\.(\\d\\d) \\d{1,12}\\.\\d\\d");
    private static final Pattern LOAD =
            Pattern.compile("(\\d{1,6}\\.\\d\\d) \\d{1,6}\\.\\d\\d \\d{1,6}\\.\\d\\d \\d{1,7}/\\d{1,7} \\d{1,10}");

    /** Reads those three lines and nothing more. */
    public static Reading<HostClock> parse(String firstLines) {
        List<Line> lines = Line.of(firstLines);
        if (lines.size() != LINES || !lines.getLast().ended()) {
            return Reading.unreadable(TOOL, 0, "not the " + LINES + " lines of boot id, uptime and load", firstLines);
        }
        UUID bootId = Words.uuid(lines.get(0).text());
        if (bootId == null) {
            return lines.get(0).not(TOOL, "no boot id");
        }
        Matcher uptime = UPTIME.matcher(lines.get(1).text());
        if (!uptime.matches()) {
            return lines.get(1).not(TOOL, "no uptime");
        }
        Matcher load = LOAD.matcher(lines.get(2).text());
        if (!load.matches()) {
            return lines.get(2).not(TOOL, "no load average");
        }
        Duration sinceBoot =
                Duration.ofSeconds(Long.parseLong(uptime.group(1))).plusMillis(10 * Long.parseLong(uptime.group(2)));
        return Reading.of(new HostClock(bootId, sinceBoot, Double.parseDouble(load.group(1))));
    }
}
