package io.paramedic.deploy.ring;

import io.paramedic.actuator.rung.GuardedRunner;
import io.paramedic.actuator.service.ActuatorService;
import io.paramedic.actuator.service.ActuatorSettings;
import io.paramedic.analyzer.service.AnalyzerService;
import io.paramedic.analyzer.service.AnalyzerSettings;
import io.paramedic.collector.access.HostConnector;
import io.paramedic.collector.service.CollectorService;
import io.paramedic.collector.service.CollectorSettings;
import io.paramedic.schemas.log.Log;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
        COLLECTOR;

        public static final Set<Part> ALL = EnumSet.allOf(Part.class);
    }

    /** The settings of every part, used or not. */
    public record Settings(CollectorSettings collector, AnalyzerSettings analyzer, ActuatorSettings actuator) {}

    private record Running(String name, AutoCloseable closing) {}

    private final List<Running> running = new ArrayList<>();
    private final CompletableFuture<String> failure = new CompletableFuture<>();

    private Ring() {}

    /**
     * Starts the parts.
     *
     * @param connector makes the ways to hosts; the caller closes it after the ring
     * @param id of this process among all that share the log
     */
    public static Ring start(Log log, Set<Part> parts, Settings settings, HostConnector connector, String id)
            throws InterruptedException {
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
            return ring;
        } catch (InterruptedException | RuntimeException failed) {
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
        service.start();
    }

    private void analyzer(Log log, AnalyzerSettings settings, String id) throws InterruptedException {
        AnalyzerService service = new AnalyzerService(log, settings, id);
        started("analyzer", service, service.failure());
        service.start();
    }

    private void collector(Log log, CollectorSettings settings, HostConnector connector, String id) {
        CollectorService service = new CollectorService(log, connector, settings, id);
        started("collector", service, service.failure());
        service.start();
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
