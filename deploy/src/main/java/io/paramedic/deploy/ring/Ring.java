package io.paramedic.deploy.ring;

import io.micrometer.core.instrument.MeterRegistry;
import io.paramedic.actuator.rung.GuardedRunner;
import io.paramedic.actuator.service.ActuatorService;
import io.paramedic.actuator.service.ActuatorSettings;
import io.paramedic.analyzer.feed.FeedCannotStart;
import io.paramedic.analyzer.feed.FeedServer;
import io.paramedic.analyzer.feed.FeedSettings;
import io.paramedic.analyzer.service.AnalyzerService;
import io.paramedic.analyzer.service.AnalyzerSettings;
import io.paramedic.collector.access.HostConnector;
import io.paramedic.collector.service.CollectorService;
import io.paramedic.collector.service.CollectorSettings;
import io.paramedic.schemas.log.Log;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of Paramedic that run in this process. Those who listen start before those who speak, and stop after them, so
 * that nothing which is said at a start waits for the next one.
 */
public final class Ring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ring.class);

    /** What can run by itself, any number of each on one log. */
    public enum Part {
        ACTUATOR,
        ANALYZER,
        COLLECTOR,
        /** The page, the event feed and the webhook. */
        PAGE;

        public static final Set<Part> ALL = EnumSet.allOf(Part.class);
    }

    /** The settings of every part, used or not. */
    public record Settings(
            CollectorSettings collector, AnalyzerSettings analyzer, ActuatorSettings actuator, FeedSettings page) {}

    private record Running(String name, AutoCloseable closing) {}

    private final List<Running> running = new ArrayList<>();
    private final CompletableFuture<String> failure = new CompletableFuture<>();

    private final List<Consumer<MeterRegistry>> meters = new ArrayList<>();
    private OptionalInt pagePort = OptionalInt.empty();

    private Ring() {}

    /**
     * Starts the parts.
     *
     * @param connector makes the ways to hosts; the caller closes it after the ring
     * @param id of this process among all that share the log
     */
    public static Ring start(Log log, Set<Part> parts, Settings settings, HostConnector connector, String id)
            throws LogUnavailable, InterruptedException {
        Ring ring = new Ring();
        try {
            if (parts.contains(Part.ACTUATOR)) {
                ring.actuator(log, settings.actuator(), connector, id);
            }
            if (parts.contains(Part.ANALYZER)) {
                ring.analyzer(log, settings.analyzer(), id);
            }
            if (parts.contains(Part.COLLECTOR)) {
                ring.collector(log, settings.collector(), connector, id);
            }
            if (parts.contains(Part.PAGE)) {
                ring.page(log, settings.page(), id);
            }
            return ring;
        } catch (InterruptedException | LogUnavailable | RuntimeException failed) {
            ring.close();
            throw failed;
        }
    }

    private void actuator(Log log, ActuatorSettings settings, HostConnector connector, String id) {
        InventoryHosts hosts = InventoryHosts.start(log, connector);
        started("hosts", hosts, hosts.failure());
        ActuatorService service =
                new ActuatorService(log, new GuardedRunner(hosts::access, Thread::sleep), settings, id);
        started("actuator", service, service.failure());
        meters.add(registry -> ServiceMeters.of(service, registry));
        service.start();
    }

    private void analyzer(Log log, AnalyzerSettings settings, String id) throws InterruptedException {
        AnalyzerService service = new AnalyzerService(log, settings, id);
        started("analyzer", service, service.failure());
        meters.add(registry -> ServiceMeters.of(service, registry));
        service.start();
    }

    private void collector(Log log, CollectorSettings settings, HostConnector connector, String id) {
        CollectorService service = new CollectorService(log, connector, settings, id);
        started("collector", service, service.failure());
        meters.add(registry -> ServiceMeters.of(service, registry));
        service.start();
    }

    /** Last, because it counts what the others do; whoever opens it before has nothing to see. */
    private void page(Log log, FeedSettings settings, String id) throws LogUnavailable, InterruptedException {
        FeedServer server =
                new FeedServer(log, settings, id, registry -> meters.forEach(meter -> meter.accept(registry)));
        started("page", server, server.failure());
        try {
            server.start();
        } catch (FeedCannotStart failed) {
            throw new LogUnavailable(String.valueOf(failed.getMessage()), failed);
        }
        pagePort = OptionalInt.of(server.port());
    }

    /** The port of the page on 127.0.0.1, where it runs here. */
    public OptionalInt pagePort() {
        return pagePort;
    }

    private void started(String name, AutoCloseable closing, CompletableFuture<String> failed) {
        running.add(new Running(name, closing));
        var _ = failed.thenAccept(sentence -> failure.complete("The " + name + " cannot go on: " + sentence));
    }

    /** Completes with a sentence when a part can no longer do its work. */
    public CompletableFuture<String> failure() {
        return failure;
    }

    @Override
    public void close() {
        for (Running one : running.reversed()) {
            try {
                one.closing().close();
            } catch (Exception failed) {
                LOG.error("Stopping the {} failed", one.name(), failed);
            }
        }
        running.clear();
    }
}
