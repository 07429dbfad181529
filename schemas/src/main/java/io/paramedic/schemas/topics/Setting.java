package io.paramedic.schemas.topics;

import org.jspecify.annotations.Nullable;

/**
 * One topic setting: what it is created with, and what a check accepts.
 *
 * @param name Kafka's name for it
 * @param value what Paramedic sets when it creates the topic, and what the correcting command sets
 * @param rule how an actual value is compared
 * @param least the smallest accepted number under {@link Rule#AT_LEAST}; otherwise the value
 * @param gravity what follows when it is violated
 */
public record Setting(String name, String value, Rule rule, String least, Gravity gravity) {
    /** How an actual value is compared with the wanted one. */
    public enum Rule {
        EXACTLY,
        /** A number that may be larger; {@code -1} is Kafka's word for unlimited. */
        AT_LEAST
    }

    static Setting exactly(String name, String value, Gravity gravity) {
        return new Setting(name, value, Rule.EXACTLY, value, gravity);
    }

    static Setting atLeast(String name, long value, long least, Gravity gravity) {
        return new Setting(name, Long.toString(value), Rule.AT_LEAST, Long.toString(least), gravity);
    }

    /** Whether the value that the topic really has is acceptable; a setting that Kafka does not report is not. */
    public boolean accepts(@Nullable String actual) {
        if (actual == null) {
            return false;
        }
        return switch (rule) {
            case EXACTLY -> actual.equalsIgnoreCase(value);
            case AT_LEAST -> isAtLeast(actual);
        };
    }

    private boolean isAtLeast(String actual) {
        try {
            long number = Long.parseLong(actual);
            return number == -1 || number >= Long.parseLong(least);
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    /** The rule in words, for a sentence: {@code LogAppendTime}, or {@code at least 604800000}. */
    public String wanted() {
        return switch (rule) {
            case EXACTLY -> value;
            case AT_LEAST -> "at least " + least;
        };
    }
}
