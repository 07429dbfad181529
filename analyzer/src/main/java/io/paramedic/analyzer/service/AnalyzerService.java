package io.paramedic.analyzer.service;

import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Permission;
import io.paramedic.schemas.topics.Topic;
import java.time.Instant;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The analyzer of the partitions of {@code events} that Kafka gives it. Any number may run on one log; each pool is decided
 * upon by exactly one. Once started and closed it is not started again.
 */
public final class AnalyzerService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnalyzerService.class);

    private final Log log;
    private final AnalyzerSettings settings;
    private final String clientId;
    private final Core<?> core;
    private final Partitions partitions;
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final Setbacks setbacks = new Setbacks();

    private @Nullable KafkaStreams streams;
    private @Nullable Ticker ticker;
    private boolean closed;

    /**
     * @param log once its topics are established
     * @param id of this instance among all analyzers, for logs and Kafka's quotas
     */
    public AnalyzerService(Log log, AnalyzerSettings settings, String id) {
        this(log, settings, id, Core.ofPools());
    }

    AnalyzerService(Log log, AnalyzerSettings settings, String id, Core<?> core) {
        this.log = log;
        this.settings = settings;
        this.clientId = settings.group() + "-" + id;
        this.core = core;
        this.partitions = new Partitions(UUID.randomUUID());
    }

    /**
     * Begins to read. Returns before the first partition is assigned.
     *
     * @throws IllegalStateException where the topics do not permit running, Kafka does not answer, or it was started before
     */
    public synchronized void start() throws InterruptedException {
        if (streams != null || closed) {
            throw new IllegalStateException("an analyzer is started once");
        }
        if (log.permission() instanceof Permission.MayNotRun(var problems)) {
            throw new IllegalStateException("The analyzer does not start on these topics: " + problems);
        }
        StreamsSettings.Safety safety = EventsTopic.safety(log.connection(), clientId + "-look");
        Properties properties = StreamsSettings.of(log.connection(), settings, safety, clientId);
        LOG.info("Analyzer {} starts, run {}, {}", clientId, partitions.run(), settings);
        KafkaStreams started = new KafkaStreams(
                AnalyzerTopology.of(log, core, partitions),
                properties,
                new HoldingClients(Topic.EVENTS.topicName(), partitions));
        started.setUncaughtExceptionHandler(this::afterFailure);
        started.setStateListener(this::stateChanged);
        streams = started;
        started.start();
        ticker = Ticker.on(log, partitions, settings.tick(), clientId + "-ticks");
    }

    /** Completes, with a sentence for people, when this analyzer can no longer do its work. */
    public CompletableFuture<String> failure() {
        return failure;
    }

    /** How it stands now. */
    public AnalyzerMetrics metrics() {
        KafkaStreams running;
        synchronized (this) {
            running = streams;
        }
        ConsumerLag lag = running == null ? ConsumerLag.NONE : ConsumerLag.of(running, Topic.EVENTS.topicName());
        SortedMap<Integer, AnalyzerMetrics.Partition> each = new TreeMap<>();
        partitions.byNumber().forEach((number, watch) -> each.put(number, watch.metrics(lag.of(number))));
        return new AnalyzerMetrics(
                partitions.run().toString(),
                running == null ? "not started" : running.state().name(),
                each);
    }

    private StreamThreadExceptionResponse afterFailure(Throwable failed) {
        if (setbacks.tryAgain(Instant.now())) {
            LOG.warn("A thread of analyzer {} failed and is replaced", clientId, failed);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        LOG.error("Analyzer {} failed again and again and stops", clientId, failed);
        failure.complete("The analyzer stopped because its threads fail again and again, at last with: " + cause(failed)
                + ". Nothing is lost; start it again when Kafka is well.");
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static Throwable cause(Throwable failed) {
        Throwable cause = failed;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    private void stateChanged(State now, State before) {
        LOG.info("Analyzer {} is {}, was {}", clientId, now, before);
        if (now == State.ERROR) {
            failure.complete("The analyzer's Kafka Streams client has failed; its log says why.");
        }
    }

    /** Commits what was decided, gives its partitions back and returns within the set time. */
    @Override
    public void close() {
        KafkaStreams running;
        Ticker ticking;
        synchronized (this) {
            closed = true;
            running = streams;
            ticking = ticker;
            ticker = null;
        }
        if (ticking != null) {
            ticking.close();
        }
        if (running != null) {
            boolean orderly = running.close(CloseOptions.timeout(settings.closing())
                    .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
            LOG.info("Analyzer {} is closed{}", clientId, orderly ? "" : ", though not all of its threads had ended");
        }
    }
}
