package io.paramedic.collector.probing;

/** What came of asking once. */
public sealed interface Attempt {
    /** One word or words joined by hyphens. */
    String kind();

    /** The guest, or its kernel, gave an answer. */
    record Answered(String kind) implements Attempt {}

    /** It was asked, and no answer came. */
    record NoAnswer(String kind) implements Attempt {}

    /** It could not be asked, for a reason on our side; nothing is known of the guest. */
    record NotAsked(String kind) implements Attempt {}
}
