package io.paramedic.analyzer.feed;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that reads with one consumer, round after round, until it is closed or something fails for good. */
final class Reading implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String what;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean closed;

    private Reading(String what, KafkaConsumer<byte[], byte[]> consumer, Round round, Consumer<String> failed) {
        this.what = what;
        this.consumer = consumer;
        this.thread =
                Thread.ofPlatform().daemon().name("paramedic-feed-" + what).unstarted(() -> run(round, failed));
    }

    /** One poll and what follows from it. */
    @FunctionalInterface
    interface Round {
        void run(KafkaConsumer<byte[], byte[]> consumer);
    }

    /**
     * @param what is read, for people
     * @param consumer closed by the thread
     * @param failed told with a sentence where reading cannot go on
     */
    static Reading start(String what, KafkaConsumer<byte[], byte[]> consumer, Round round, Consumer<String> failed) {
        Reading reading = new Reading(what, consumer, round, failed);
        reading.thread.start();
        return reading;
    }

    private void run(Round round, Consumer<String> failed) {
        try (consumer) {
            while (!closed) {
                try {
                    round.run(consumer);
                } catch (WakeupException e) {
                    LOG.trace("Somebody waits for the {}", what, e);
                }
            }
        } catch (InterruptException e) {
            LOG.debug("Reading the {} was ended", what, e);
        } catch (RuntimeException e) {
            LOG.error("The feed cannot read the {} any more", what, e);
            failed.accept("The feed cannot read the " + what + " any more: " + e
                    + ". Whatever follows it stands still. The log above has the details; start it again when"
                    + " the cause is removed");
        }
    }

    /** Begins the next round at once. */
    void nudge() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            if (!thread.join(CLOSING)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
