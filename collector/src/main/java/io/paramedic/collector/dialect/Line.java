package io.paramedic.collector.dialect;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of an output.
 *
 * @param number from 1
 * @param text without its line end
 * @param ended whether a line end was there; where not, the output was cut off and the line may be a piece of a longer
 *     one
 */
record Line(int number, String text, boolean ended) {
    static final String CUT_OFF = "the output ends in the middle of a line";

    /** Splits at newlines alone: every other control character may be part of a name. */
    static List<Line> of(String output) {
        List<Line> lines = new ArrayList<>();
        int start = 0;
        while (start < output.length()) {
            int end = output.indexOf('\n', start);
            boolean ended = end >= 0;
            lines.add(new Line(lines.size() + 1, output.substring(start, ended ? end : output.length()), ended));
            start = ended ? end + 1 : output.length();
        }
        return lines;
    }

    /** This line, control characters made visible, for people. */
    String quote() {
        return Unparseable.of("", number, "", text).quote();
    }

    /** This line as something that {@code tool} does not print. */
    <T> Reading<T> not(String tool, String reason) {
        return Reading.unreadable(tool, number, reason, text);
    }
}
