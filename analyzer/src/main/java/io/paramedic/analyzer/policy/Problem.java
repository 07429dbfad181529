package io.paramedic.analyzer.policy;

/**
 * One rule that a policy document breaks.
 *
 * @param path of the key, for example {@code patience.hung}; empty where the document as a whole is meant
 * @param line of the document, from 1; 0 where none can be named
 * @param value as it was written; empty where there is none
 * @param rule what is wrong and what would be right, a sentence
 */
public record Problem(String path, int line, String value, String rule) {
    /** All of it on one line. */
    public String text() {
        StringBuilder text = new StringBuilder();
        if (line > 0) {
            text.append("line ").append(line).append(": ");
        }
        if (!path.isEmpty()) {
            text.append(path);
            if (!value.isEmpty()) {
                text.append(": ").append(value);
            }
            text.append(": ");
        }
        return text.append(rule).toString();
    }
}
