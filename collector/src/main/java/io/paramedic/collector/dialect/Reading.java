package io.paramedic.collector.dialect;

/** What came of reading one output as a whole: its meaning, or why it is not what its program prints. */
public sealed interface Reading<T> {
    /** It is what its program prints. */
    record Read<T>(T value) implements Reading<T> {}

    /** It is not, and nothing is concluded from it. */
    record Unreadable<T>(Unparseable why) implements Reading<T> {}

    static <T> Reading<T> of(T value) {
        return new Read<>(value);
    }

    static <T> Reading<T> unreadable(String tool, int line, String reason, String text) {
        return new Unreadable<>(Unparseable.of(tool, line, reason, text));
    }
}
