package io.paramedic.analyzer.service;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.PoolEvent.Tick;
import io.paramedic.schemas.log.KafkaConnection.Sending;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.log.LogPlace;
import io.paramedic.schemas.log.LogWriter;
import io.paramedic.schemas.topics.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells each partition that this run owns that time passes. Its producer is none of the transactions': a tick shows that the
 * run reads the log as it grows, and so it must stand on the log before anything that the run has written because of it.
 */
final class Ticker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private final Partitions partitions;
    private final Function<Tick, CompletableFuture<LogPlace>> append;
    private final Runnable closeWriter;
    private final ScheduledExecutorService clock;
    private boolean failing;

    Ticker(Partitions partitions, Function<Tick, CompletableFuture<LogPlace>> append, Runnable closeWriter) {
        this.partitions = partitions;
        this.append = append;
        this.closeWriter = closeWriter;
        this.clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("analyzer-ticker").factory());
    }

    /** With a writer of its own. */
    static Ticker on(Log log, Partitions partitions, Duration period, String clientId) {
        Map<String, Object> properties = log.connection().producer(clientId, Sending.AT_ONCE);
        // A tick that waits in the producer says that the run was live then, and not that it is when the tick arrives.
        int patience = Math.toIntExact(Math.max(500, 2 * period.toMillis()));
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, patience);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patience);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience);
        LogWriter writer = new LogWriter(properties, log::partitions);
        Ticker ticker = new Ticker(partitions, tick -> append(writer, tick), writer::close);
        ticker.start(period);
        return ticker;
    }

    private static CompletableFuture<LogPlace> append(LogWriter writer, PoolEvent.Tick tick) {
        String key = tick.analyzer().toString();
        return writer.appendTo(Topic.EVENTS, tick.partition(), key, Contract.EVENTS, tick);
    }

    private void start(Duration period) {
        ScheduledFuture<?> _ = clock.scheduleAtFixedRate(this::tick, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One round over all partitions. */
    void tick() {
        for (PartitionWatch watch : partitions.all()) {
            watch.tick().ifPresent(tick -> send(watch, tick));
        }
    }

    private void send(PartitionWatch watch, Tick tick) {
        CompletableFuture<LogPlace> written;
        try {
            written = append.apply(tick);
        } catch (RuntimeException failed) {
            written = CompletableFuture.failedFuture(failed);
        }
        var _ = written.whenComplete((_, failure) -> {
            watch.tickWritten();
            note(tick.partition(), failure);
        });
    }

    /** Told when it begins and when it is over: without ticks nothing is decided, which is safe and must not stay unseen. */
    private synchronized void note(int partition, @Nullable Throwable failure) {
        if (failure != null && !failing) {
            LOG.warn(
                    "Ticks cannot be written (partition {}); while that lasts nothing is decided: {}",
                    partition,
                    failure.toString());
        } else if (failure == null && failing) {
            LOG.info("Ticks are written again");
        }
        failing = failure != null;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        closeWriter.run();
    }
}
