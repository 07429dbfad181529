package io.paramedic.deploy.broker;

import io.paramedic.deploy.broker.BrokerCannotStart.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Kafka's start, which can hang for minutes after a fault, in a thread that can be given up.
 *
 * @param faults where Kafka's fatal faults arrive
 */
record NodeStart(BrokerConfig config, DataDirectory directory, NodeFaults faults) {
    private static final Logger LOG = LoggerFactory.getLogger(NodeStart.class);
    private static final Duration GIVE_UP_LIMIT = Duration.ofSeconds(20);

    KafkaNode start(KafkaNode.Sockets sockets) throws BrokerCannotStart, InterruptedException {
        CompletableFuture<KafkaNode> started = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().daemon().name("broker-start").start(() -> run(sockets, started));
        CompletableFuture<Object> fault = faults.first().thenCompose(CompletableFuture::failedFuture);
        try {
            CompletableFuture.anyOf(started, fault).get(config.startLimit().toNanos(), TimeUnit.NANOSECONDS);
            return started.join();
        } catch (ExecutionException failed) {
            throw failed(failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException late) {
            throw failed(late);
        } finally {
            if (!started.isDone() || started.isCompletedExceptionally()) {
                giveUp(thread, started);
            }
        }
    }

    /** The directory is free for another start only when this one has let go of it. */
    private static void giveUp(Thread thread, CompletableFuture<KafkaNode> started) throws InterruptedException {
        started.cancel(false);
        thread.interrupt();
        if (!thread.join(GIVE_UP_LIMIT)) {
            LOG.warn("The broker's start does not end after it failed; a new start on its directory may be refused");
        }
    }

    private void run(KafkaNode.Sockets sockets, CompletableFuture<KafkaNode> started) {
        KafkaNode node = null;
        try {
            node = KafkaNode.assemble(directory.kafka(), sockets, faults);
            node.start();
            if (!started.complete(node)) {
                // It was given up meanwhile, so this broker is nobody's.
                stopQuietly(node);
            }
        } catch (Throwable failed) {
            if (node != null) {
                stopQuietly(node);
            }
            started.completeExceptionally(failed);
        }
    }

    private static void stopQuietly(KafkaNode node) {
        try {
            node.stop();
        } catch (RuntimeException alsoFailed) {
            LOG.debug("A broker that could not start could not stop either", alsoFailed);
        }
    }

    private BrokerCannotStart failed(Throwable failure) {
        if (DirectoryFailures.isDiskFull(failure)) {
            return DirectoryFailures.translated(directory.path(), new IOException(cause(failure), failure));
        }
        String why = failure instanceof TimeoutException
                ? "it was not ready within " + config.startLimit().toSeconds() + " s"
                : cause(failure);
        return new BrokerCannotStart(
                Reason.FAILED,
                "The embedded broker with its data in %s could not start: %s. The log above has Kafka's own words."
                        .formatted(directory.path(), why),
                failure);
    }

    static String cause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String outer = String.valueOf(failure.getMessage());
        return root == failure ? outer : outer + " (" + root + ")";
    }
}
