package io.paramedic.analyzer.pool;

import java.util.List;
import java.util.Set;

/** The analyzer of one pool as a pure function. */
public final class PoolCore {
    /** Names the deciding code in every journal entry; changes whenever the same log could lead to another decision. */
    public static final String VERSION = "1";

    private PoolCore() {}

    /**
     * What follows from one event.
     *
     * @param policies reads the documents of policies; pure
     */
    public static Step decide(PoolState state, Input input, PolicyReader policies) {
        return new Step(state, Set.of(), List.of());
    }
}
