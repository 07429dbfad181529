package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.policy.Policy;

/** Turns the text of a policy into the policy; a pure function. */
@FunctionalInterface
public interface PolicyReader {
    Read read(String document);

    /** What came of it. */
    sealed interface Read {
        record Taken(Policy policy) implements Read {}

        /** @param why all that is wrong with it, in one sentence for people */
        record Refused(String why) implements Read {}
    }
}
