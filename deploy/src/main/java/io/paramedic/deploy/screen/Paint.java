package io.paramedic.deploy.screen;

import io.paramedic.schemas.diagnosis.Verdict.Severity;

/** Colour for terminals. Everything that a host wrote goes through {@link #plain}, so that no name can move the cursor. */
public enum Paint {
    ON("\033[1m", "\033[2m", "\033[32m", "\033[33m", "\033[1;31m", "\033[0m"),
    OFF("", "", "", "", "", "");

    private final String bold;
    private final String dim;
    private final String green;
    private final String yellow;
    private final String red;
    private final String end;

    Paint(String bold, String dim, String green, String yellow, String red, String end) {
        this.bold = bold;
        this.dim = dim;
        this.green = green;
        this.yellow = yellow;
        this.red = red;
        this.end = end;
    }

    public String bold(String text) {
        return bold + text + end;
    }

    public String dim(String text) {
        return dim + text + end;
    }

    public String by(Severity severity, String text) {
        return switch (severity) {
            case OK -> green + text + end;
            case SUSPECT -> yellow + text + end;
            case SICK -> red + text + end;
        };
    }

    /** Control characters, those that turn the direction of writing and line ends made visible. */
    public static String plain(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean unprintable = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE;
            if (unprintable) {
                result.append("\\u%04x".formatted(c));
            } else {
                result.appendCodePoint(c);
            }
        });
        return result.toString();
    }
}
