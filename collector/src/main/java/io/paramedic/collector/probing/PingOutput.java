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
     * Reads it.
     *
     * @param output standard output and error together
     * @param onLink whether the address is in a network of ours, where only the guest itself could answer; that it is
     *     unreachable there is its silence, and elsewhere the fault of a route
     */
    public static Attempt read(String output, boolean onLink) {
        Matcher summary = SUMMARY.matcher(output);
        if (!summary.find()) {
            String lower = output.toLowerCase(Locale.ROOT);
            return new Attempt.NotAsked(
                    lower.contains("permitted") || lower.contains("denied")
                            ? "no-permission"
                            : lower.contains("unreachable") ? "no-route" : "ping-failed");
        }
        if (summary.group(1).equals("1")) {
            return new Attempt.Answered("echo");
        }
        boolean unreachable = output.toLowerCase(Locale.ROOT).contains("unreachable");
        return unreachable && !onLink ? new Attempt.NotAsked("no-route") : new Attempt.NoAnswer("timeout");
    }
}
