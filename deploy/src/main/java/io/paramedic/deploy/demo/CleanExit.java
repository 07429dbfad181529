package io.paramedic.deploy.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a thread clean up when the process is told to end, as by Ctrl-C: it is interrupted, and the process waits until it has
 * closed this, but not for long.
 */
final class CleanExit implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final CountDownLatch clean = new CountDownLatch(1);
    private final Thread hook;

    private CleanExit(Thread worker) {
        this.hook = Thread.ofPlatform().name("clean-exit").unstarted(() -> waitFor(worker));
    }

    static CleanExit ofThisThread() {
        CleanExit exit = new CleanExit(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(exit.hook);
        return exit;
    }

    private void waitFor(Thread worker) {
        worker.interrupt();
        try {
            // Where it does not come in time the process ends all the same; it was asked to.
            var _ = clean.await(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        clean.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, which is what the hook was for.
            return;
        }
    }
}
