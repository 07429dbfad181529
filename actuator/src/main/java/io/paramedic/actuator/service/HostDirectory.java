package io.paramedic.actuator.service;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Decoded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the inventory, to know which hosts a pool has. */
final class HostDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostDirectory.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final SharedLog log;
    private final int partitions;
    private final Consumer<String> failed;
    private final Map<String, String> poolByHost = new ConcurrentHashMap<>();
    private final Thread thread =
            Thread.ofPlatform().name("paramedic-hosts").daemon().unstarted(this::follow);
    private volatile boolean closed;
    private volatile SharedLog.@Nullable Pages pages;

    HostDirectory(SharedLog log, int partitions, Consumer<String> failed) {
        this.log = log;
        this.partitions = partitions;
        this.failed = failed;
    }

    void start() {
        thread.start();
    }

    Set<String> hosts(String pool) {
        return poolByHost.entrySet().stream()
                .filter(entry -> entry.getValue().equals(pool))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private void follow() {
        try (SharedLog.Pages reading =
                log.read(Topic.INVENTORY, IntStream.range(0, partitions).boxed().toList())) {
            pages = reading;
            while (!closed) {
                reading.poll(POLL).forEach(this::take);
            }
        } catch (RuntimeException broken) {
            if (!closed) {
                LOG.error("The inventory cannot be read any further", broken);
                failed.accept("the inventory cannot be read any further (" + broken
                        + "), so hosts could not be told of holds. Check the broker, then start the actuator again.");
            }
        }
    }

    private void take(Line line) {
        byte[] key = line.key();
        if (line.value() == null) {
            if (key != null) {
                poolByHost.remove(new String(key, StandardCharsets.UTF_8));
            }
            return;
        }
        switch (Contract.INVENTORY.decode(line.bytes())) {
            case Decoded.Ok<HostRecord>(HostRecord host) -> poolByHost.put(host.host(), host.pool());
            // The collectors put it into quarantine; what was known of the host before still counts here.
            case Decoded.Undecodable<HostRecord>(String reason, String _) ->
                LOG.warn(
                        "A record of the inventory cannot be read (partition {}, offset {}): {}",
                        line.partition(),
                        line.offset(),
                        reason);
        }
    }

    @Override
    public void close() {
        closed = true;
        SharedLog.Pages reading = pages;
        if (reading != null) {
            reading.wake();
        }
        try {
            thread.join(CLOSING.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
