package io.paramedic.deploy.broker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Drops the few warnings that a single embedded node and its clients print in every orderly run. Their loggers stay open,
 * because their other warnings (a broker that went away, a TLS port spoken to in plain) are what a person needs.
 */
public final class KnownNoise extends TurboFilter {
    private static final List<String> NOISE = List.of(
            // The node's only controller takes over from nobody, at each start.
            "Performing controller activation.",
            // Kafka closes the same client twice when it stops.
            "Attempting to close NetworkClient that has already been closed.",
            // We have no global table whose exceptions could be handled.
            "Processing exception handler is not enabled for the GlobalThread.",
            // The answer to a transaction that begins while the one before it is being committed; the client tries
            // again.
            "Error: CONCURRENT_TRANSACTIONS");

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable thrown) {
        if (format == null || level.levelInt != Level.WARN_INT) {
            return FilterReply.NEUTRAL;
        }
        return NOISE.stream().anyMatch(format::contains) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
