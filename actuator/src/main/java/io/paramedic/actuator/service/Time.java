package io.paramedic.actuator.service;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The actuator's own time: it measures and waits, and tells nobody what time it is. */
interface Time {
    /** A clock that only goes forward, of which only differences mean anything. */
    long nanos();

    void pause(Duration length) throws InterruptedException;

    /** Waits until the future is done in whatever way; what it holds is asked of itself. False if it is not by then. */
    boolean await(CompletableFuture<?> future, Duration atMost) throws InterruptedException;

    /** How long ago. */
    default Duration since(long nanos) {
        return Duration.ofNanos(nanos() - nanos);
    }

    /** What a future holds that is done; empty where it failed or is not done. */
    static <T> Optional<T> result(CompletableFuture<T> future) {
        return future.state() == Future.State.SUCCESS ? Optional.ofNullable(future.resultNow()) : Optional.empty();
    }

    /** The machine's. */
    Time REAL = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration length) throws InterruptedException {
            Thread.sleep(length);
        }

        @Override
        public boolean await(CompletableFuture<?> future, Duration atMost) throws InterruptedException {
            try {
                future.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
                return true;
            } catch (ExecutionException failed) {
                return true;
            } catch (TimeoutException notYet) {
                return false;
            }
        }
    };
}
