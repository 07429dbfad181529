package io.paramedic.collector.dialect;

/**
 * A piece of output that is not what its program prints.
 *
 * @param tool the program, for example {@code xl list}
 * @param line the line number, from 1; 0 is the output as a whole
 * @param reason the rule that it broke
 * @param quote its start, control characters made visible, at most {@value #QUOTE_LENGTH} characters
 */
public record Unparseable(String tool, int line, String reason, String quote) {
    public static final int QUOTE_LENGTH = 120;

    /** Quotes the start of {@code text}. */
    public static Unparseable of(String tool, int line, String reason, String text) {
        StringBuilder quote = new StringBuilder();
        text.codePoints().limit(QUOTE_LENGTH).forEach(c -> {
            if (c == '\t') {
                quote.append("\\t");
            } else if (c == '\n') {
                quote.append("\\n");
            } else if (Character.isISOControl(c)) {
                quote.append("\\x%02x".formatted(c));
            } else {
                quote.appendCodePoint(c);
            }
        });
        return new Unparseable(tool, line, reason, quote.toString());
    }
}
