package io.paramedic.analyzer.guards;

/** Names in a policy, where {@code *} stands for any characters. */
final class Patterns {
    private Patterns() {}

    /** Whether the whole name matches; upper and lower case are different, as they are to a toolstack. */
    static boolean matches(String pattern, String name) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(name);
        }
        if (!name.startsWith(pattern.substring(0, star))) {
            return false;
        }
        String rest = pattern.substring(star + 1);
        int at = star;
        while (true) {
            int next = rest.indexOf('*');
            if (next < 0) {
                return name.length() - at >= rest.length() && name.endsWith(rest);
            }
            int found = name.indexOf(rest.substring(0, next), at);
            if (found < 0) {
                return false;
            }
            at = found + next;
            rest = rest.substring(next + 1);
        }
    }
}
