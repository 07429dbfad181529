package io.paramedic.collector.service;

import io.paramedic.collector.access.HostConnector;
import io.paramedic.schemas.log.KafkaConnection.Sending;
import io.paramedic.schemas.log.Log;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the hosts that Kafka assigns to this process, and tells the log. Any number of collectors share the hosts of the
 * inventory: they are one consumer group on it. One that gives a host up has ended its work on it before another begins, and
 * should it ever be late the stream of the higher generation counts.
 */
public final class CollectorService implements AutoCloseable {
    /** The consumer group of all collectors. */
    public static final String GROUP = "paramedic-collectors";

    private static final Logger LOG = LoggerFactory.getLogger(CollectorService.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Meters meters = new Meters();
    private final Assignments assignments;
    private final Outlet outlet;
    private final CollectorSettings settings;
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final Thread thread;

    /**
     * A service that is not started yet.
     *
     * @param connector ways to hosts; closed by whoever made it, after this service
     * @param id of this instance among all parts of Paramedic on the log
     */
    public CollectorService(Log log, HostConnector connector, CollectorSettings settings, String id) {
        this(
                new KafkaConsumer<>(member(log, id), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                new KafkaConsumer<>(
                        log.connection().reader(id + "-requests"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                Outlet.of(log.writer(id, Sending.GATHERED)),
                connector,
                settings,
                new NetworkAsker());
    }

    CollectorService(
            Consumer<byte[], byte[]> inventory,
            Consumer<byte[], byte[]> requests,
            Outlet outlet,
            HostConnector connector,
            CollectorSettings settings,
            Asker asker) {
        this.outlet = outlet;
        this.settings = settings;
        HostKeeper.World world = new HostKeeper.World(
                connector, settings, outlet, asker, new Semaphore(settings.probesAtOnce()), meters, new SecureRandom());
        this.assignments = new Assignments(inventory, requests, world);
        this.thread = Thread.ofPlatform().name("paramedic-collector").unstarted(this::run);
    }

    private static Map<String, Object> member(Log log, String id) {
        Map<String, Object> properties = new HashMap<>(log.connection().member(id, GROUP));
        // Who stays the owner of a host goes on watching it while others join and leave.
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return properties;
    }

    /** Joins the group; hosts come as Kafka assigns them. */
    public void start() {
        LOG.info("collector with {}", settings);
        thread.start();
    }

    private void run() {
        try {
            assignments.run();
        } catch (RuntimeException e) {
            LOG.error("the collector cannot go on", e);
            failure.complete("the collector cannot go on: " + e + ". See its log; start it again once Kafka is well.");
        }
    }

    /** Completes with a sentence when the service can no longer do its work; never, while it can or was closed. */
    public CompletableFuture<String> failure() {
        return failure;
    }

    /** How it fares. */
    public CollectorMetrics metrics() {
        return meters.metrics();
    }

    /** Gives up all hosts, leaves the group and closes everything, in a bounded time. */
    @Override
    public void close() {
        assignments.close();
        if (thread.getState() == Thread.State.NEW) {
            assignments.closeUnused();
        }
        try {
            if (thread.isAlive() && !thread.join(settings.stopping().plus(CLOSING))) {
                LOG.warn(
                        "the collector did not end within {}",
                        settings.stopping().plus(CLOSING));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            outlet.close();
        }
    }
}
