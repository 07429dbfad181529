package io.paramedic.deploy.broker;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the embedded broker needs to know.
 *
 * @param directory where its data lives; created when missing, and used by one process at a time
 * @param port on 127.0.0.1; 0 takes any free one
 * @param leastFreeBytes how much must be free on the directory's file system for a start: a broker whose disk fills up
 *     refuses every write, and the first of them would be during its own start
 * @param startLimit how long a start may take; a large log after a power failure is read again before it serves
 */
public record BrokerConfig(Path directory, int port, long leastFreeBytes, Duration startLimit) {
    private static final long LEAST_FREE_BYTES = 64L << 20;
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    public BrokerConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("The port is " + port + "; it must be 0 to 65535");
        }
    }

    /** Data in this directory, on any free port. */
    public static BrokerConfig in(Path directory) {
        return new BrokerConfig(directory, 0, LEAST_FREE_BYTES, START_LIMIT);
    }

    public BrokerConfig withPort(int port) {
        return new BrokerConfig(directory, port, leastFreeBytes, startLimit);
    }

    public BrokerConfig withLeastFreeBytes(long bytes) {
        return new BrokerConfig(directory, port, bytes, startLimit);
    }
}
