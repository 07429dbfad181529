package io.paramedic.schemas.wire;

/** What came of reading a message. */
public sealed interface Decoded<T> {
    record Ok<T>(T value) implements Decoded<T> {}

    /**
     * The bytes are not a message that this release can vouch for.
     *
     * @param reason a sentence that says what is wrong and where
     * @param quote the start of the bytes, printable
     */
    record Undecodable<T>(String reason, String quote) implements Decoded<T> {}
}
