package io.paramedic.deploy.ring;

import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostConnector;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.log.LogReader;
import io.paramedic.schemas.topics.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways to the hosts of the inventory, for those who act: follows the topic, and connects a host anew when its record
 * changes. A host that was taken out has no way any more.
 */
final class InventoryHosts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InventoryHosts.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final HostConnector connector;
    private final LogReader<HostRecord> reader;
    private final Thread thread;
    private final Map<String, Way> ways = new ConcurrentHashMap<>();
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private volatile boolean closed;

    private record Way(HostRecord record, HostAccess access) {}

    private InventoryHosts(Log log, HostConnector connector) {
        this.connector = connector;
        this.reader = LogReader.of(log, "paramedic-hosts", Topic.INVENTORY, Contract.INVENTORY);
        this.thread = Thread.ofPlatform().daemon().name("paramedic-hosts").unstarted(this::follow);
    }

    /** Returns when all that stands on the topic now is known. */
    static InventoryHosts start(Log log, HostConnector connector) {
        InventoryHosts hosts = new InventoryHosts(log, connector);
        hosts.reader.fromBeginning();
        hosts.reader.toEnd(hosts::take);
        hosts.thread.start();
        return hosts;
    }

    /** The way to a host by its name. */
    Optional<HostAccess> access(String host) {
        return Optional.ofNullable(ways.get(host)).map(Way::access);
    }

    CompletableFuture<String> failure() {
        return failure;
    }

    private void follow() {
        try {
            while (!closed) {
                reader.poll(POLL).forEach(this::take);
            }
        } catch (RuntimeException failed) {
            if (!closed) {
                LOG.error("Reading the inventory failed", failed);
                failure.complete("The inventory can no longer be read: " + failed);
            }
        } finally {
            reader.close();
        }
    }

    private void take(LogReader.Entry<HostRecord> entry) {
        HostRecord record = entry.message();
        Way before = record == null ? ways.remove(entry.key()) : ways.get(record.host());
        if (record != null && (before == null || !before.record().equals(record))) {
            ways.put(record.host(), new Way(record, connector.connect(record)));
        } else if (record != null) {
            return;
        }
        if (before != null) {
            before.access().close();
        }
    }

    @Override
    public void close() {
        closed = true;
        reader.wakeUp();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ways.values().forEach(way -> way.access().close());
        ways.clear();
    }
}
