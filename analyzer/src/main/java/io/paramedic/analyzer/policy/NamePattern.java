package io.paramedic.analyzer.policy;

import java.util.Locale;
import java.util.regex.Pattern;

/** A name in which {@code *} stands for any characters, also for none. */
final class NamePattern {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private NamePattern() {}

    /** Whether the pattern means this text. Two uuids are the same whatever the case of their letters. */
    static boolean matches(String pattern, String text) {
        if (UUID.matcher(pattern).matches() && UUID.matcher(text).matches()) {
            return pattern.toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT));
        }
        return globMatches(pattern, text);
    }

    /** Goes back to the last star alone, so that no pattern takes more than length times length. */
    private static boolean globMatches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
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
