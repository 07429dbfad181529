package io.paramedic.collector.access.ssh;

import java.util.List;
import java.util.Locale;

/** Patterns of OpenSSH for host names: {@code *}, {@code ?}, and {@code !} in front for "but not". */
final class HostPatterns {
    private HostPatterns() {}

    /** Whether one of the patterns matches and none that is negated does. */
    static boolean match(List<String> patterns, String name) {
        boolean matched = false;
        String lower = name.toLowerCase(Locale.ROOT);
        for (String pattern : patterns) {
            boolean negated = pattern.startsWith("!");
            String glob = (negated ? pattern.substring(1) : pattern).toLowerCase(Locale.ROOT);
            if (glob(glob, 0, lower, 0)) {
                if (negated) {
                    return false;
                }
                matched = true;
            }
        }
        return matched;
    }

    /**
     * The usual two-pointer match: on a mismatch the last star takes one character more, so it is never exponential.
     */
    private static boolean glob(String pattern, int p, String text, int t) {
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
