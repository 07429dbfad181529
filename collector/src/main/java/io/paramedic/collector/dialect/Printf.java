package io.paramedic.collector.dialect;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What C's {@code printf} does with column widths: a longer value is not cut, it shifts what follows. */
final class Printf {
    /** What the bytes of a name that is not UTF-8 were replaced by when they were decoded. */
    private static final char REPLACED = '\uFFFD';

    private Printf() {}

    /** {@code %<width>s}. */
    static String right(Object value, int width) {
        String text = value.toString();
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    /** {@code %-<width>s}. */
    static String left(Object value, int width) {
        String text = value.toString();
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /**
     * The name that {@code %-<width>s} printed as {@code cell}. Absent where it did not: the padding is not what the
     * name needs, or a name that fills the column holds two blanks in a row, which cannot be told from two rows that
     * ran together.
     *
     * <p>The width counts bytes. A character that replaced undecodable bytes may stand for one to three of them.
     */
    static @Nullable String nameOf(String cell, int width) {
        int length = cell.length();
        while (length > 0 && cell.charAt(length - 1) == ' ') {
            length--;
        }
        String name = cell.substring(0, length);
        int padding = cell.length() - length;
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        int atLeast = bytes - 2 * (int) name.chars().filter(c -> c == REPLACED).count();
        boolean fits = padding == 0 ? bytes >= width : atLeast + padding <= width && width <= bytes + padding;
        return !fits || (padding == 0 && name.contains("  ")) ? null : name;
    }
}
