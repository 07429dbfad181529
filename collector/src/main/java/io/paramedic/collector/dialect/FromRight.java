package io.paramedic.collector.dialect;

import org.jspecify.annotations.Nullable;

/**
 * Takes the words of a printed row off its end, because the name in front of them is free text that may hold anything.
 * What was taken is then printed again as the tool prints it and must give the same characters, blanks included. Each
 * step looks at each character once.
 */
final class FromRight {
    private final String line;
    private int end;

    FromRight(String line) {
        this.line = line;
        this.end = line.length();
    }

    /** The last word that was not taken yet; absent where there is none with a blank in front of it. */
    @Nullable
    String word() {
        int stop = end;
        while (stop > 0 && line.charAt(stop - 1) == ' ') {
            stop--;
        }
        int start = line.lastIndexOf(' ', stop - 1) + 1;
        if (start == 0 || start >= stop) {
            return null;
        }
        end = start;
        return line.substring(start, stop);
    }

    /** What is in front of {@code tail}, where the line ends exactly so. */
    @Nullable
    String before(String tail) {
        return line.endsWith(tail) ? line.substring(0, line.length() - tail.length()) : null;
    }
}
