package io.paramedic.analyzer.feed;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Whether the feed lives, and whether it can be asked. */
record Health(Tail tail, Board board, CompletableFuture<String> failure) {
    /** What is wrong with it for good. */
    Optional<String> dead() {
        return Optional.ofNullable(failure.getNow(null));
    }

    /** Why it should not be asked now. */
    Optional<String> unready() {
        if (failure.isDone()) {
            return dead();
        }
        if (!tail.caughtUp() || !board.caughtUp()) {
            return Optional.of("The log is being read.");
        }
        return Optional.empty();
    }
}
