package io.paramedic.deploy.demo;

import java.util.ArrayList;
import java.util.List;

/** One line of a screen: pieces of text, each in a style. It is cut to a width before colour is put on. */
final class Line {
    /** How a piece looks, by what it means. */
    enum Style {
        PLAIN(""),
        HEAD("\033[1m"),
        FAINT("\033[2m"),
        WELL("\033[32m"),
        DOUBT("\033[33m"),
        SICK("\033[1;31m"),
        ACT("\033[36m");

        private final String start;

        Style(String start) {
            this.start = start;
        }
    }

    private static final String END = "\033[0m";

    private record Piece(Style style, String text) {}

    private final List<Piece> pieces = new ArrayList<>();

    static Line of(Style style, String text) {
        return new Line().add(style, text);
    }

    /** Adds a piece, made harmless for terminals. */
    Line add(Style style, String text) {
        pieces.add(new Piece(style, Words.plain(text)));
        return this;
    }

    Line add(String text) {
        return add(Style.PLAIN, text);
    }

    /** Blanks up to this column, at least one. */
    Line to(int column) {
        int length = length();
        return add(" ".repeat(Math.max(1, column - length)));
    }

    /** In characters. */
    int length() {
        return pieces.stream().mapToInt(piece -> points(piece.text)).sum();
    }

    private static int points(String text) {
        return text.codePointCount(0, text.length());
    }

    /** At most {@code width} characters; what is cut off leaves a mark. */
    String render(int width, boolean colour) {
        StringBuilder line = new StringBuilder();
        boolean cut = length() > width;
        int left = cut ? Math.max(0, width - 1) : width;
        for (Piece piece : pieces) {
            String text = piece.text.substring(0, piece.text.offsetByCodePoints(0, Math.min(left, points(piece.text))));
            left -= points(text);
            if (text.isEmpty()) {
                continue;
            }
            boolean painted = colour && piece.style != Style.PLAIN;
            line.append(painted ? piece.style.start + text + END : text);
        }
        return cut && width > 0 ? line.append('…').toString() : line.toString();
    }
}
