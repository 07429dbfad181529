package io.paramedic.deploy.ring;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for what several processes and a busy machine bring about. */
final class Patiently {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private Patiently() {}

    /** Fails with what is told then, at the limit. */
    static void until(String what, Callable<Boolean> reached, Supplier<String> tail) {
        try {
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(reached);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(
                    "Waited " + LIMIT.toSeconds() + " s in vain until " + what + ". " + tail.get(), late);
        }
    }
}
