package io.paramedic.collector.probing;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code ping} with one request prints; the forms of iputils, busybox and the BSDs, whose exit statuses differ. */
public final class PingOutput {
    private static final Pattern SUMMARY =
            Pattern.compile("(?m)^1 packets? transmitted, ([01])(?: packets?)? received[, ].*$");

    private PingOutput() {}

    /**
     * Reads it. That the address is unreachable is said by this machine or by a router, and never by the guest: nothing is
     * known of it then.
     *
     * @param output standard output and error together
     */
    public static Attempt read(String output) {
        Matcher summary = SUMMARY.matcher(output);
        if (!summary.find()) {
            String lower = output.toLowerCase(Locale.ROOT);
            return new Attempt.NotAsked(
                    lower.contains("permitted") || lower.contains("denied")
                            ? "no-permission"
                            : lower.contains("unreachable") ? "unreachable" : "ping-failed");
        }
        if (summary.group(1).equals("1")) {
            return new Attempt.Answered("echo");
        }
        return output.toLowerCase(Locale.ROOT).contains("unreachable")
                ? new Attempt.NotAsked("unreachable")
                : new Attempt.NoAnswer("timeout");
    }
}
