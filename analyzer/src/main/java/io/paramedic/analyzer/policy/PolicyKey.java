package io.paramedic.analyzer.policy;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** One key of a policy document with its rule. */
sealed interface PolicyKey {
    /** From the root, with a dot between section and key. */
    String path();

    /** For people; the document that is written carries it as a comment. */
    String meaning();

    /** The last word of the path. */
    default String name() {
        return path().substring(path().lastIndexOf('.') + 1);
    }

    /** How far Paramedic goes. */
    record Choice(String path, String meaning) implements PolicyKey {}

    /**
     * @param floor under {@code unsafe_times}
     * @param least otherwise
     */
    record Time(
            String path, String meaning, Duration floor, Duration least, Duration most, Function<Policy, Duration> of)
            implements PolicyKey {}

    record Count(String path, String meaning, int least, int most, ToIntFunction<Policy> of) implements PolicyKey {}

    record Flag(String path, String meaning, Predicate<Policy> of) implements PolicyKey {}

    /** Names of VMs, with {@code *} for any characters. */
    record Names(String path, String meaning) implements PolicyKey {
        static final int MOST = 5_000;
        static final int LONGEST = 200;
    }
}
