package io.paramedic.schemas.event;

/** How a command ended, as far as anybody can know. */
public sealed interface Outcome {
    /**
     * The state that the step aims at was seen afterwards.
     *
     * @param proof what was seen; an exit code is none (lab facts 1)
     */
    record Done(String proof) implements Outcome {}

    /**
     * It ran to its end, and the state that it aims at was looked for and is not there: a guest did not take the request, a
     * zombie is still a zombie. What comes next may build on that.
     */
    record Ineffective(String sentence) implements Outcome {}

    /** Nothing was done, on purpose. */
    record Refused(Refusal reason, String sentence) implements Outcome {}

    /** The step did not reach the host, so that nothing was done. */
    record NotReached(String sentence) implements Outcome {}

    /** The act goes on, detached from whoever started it; it is never cut off. */
    record Running(String sentence) implements Outcome {}

    /** It may have run. Never retried blindly. */
    record Unknown(String sentence) implements Outcome {}

    /** The guard answered what nobody understands; treated as {@link Unknown}. */
    record Garbled(String quote, String sentence) implements Outcome {}
}
