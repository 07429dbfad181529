package io.paramedic.analyzer.feed;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;

/** What is shown at {@code /metrics} beside what others add. */
final class Meters {
    private Meters() {}

    static void ofProcess(MeterRegistry registry) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    static void of(MeterRegistry registry, Feed feed, Tail tail, Board board) {
        Gauge.builder("paramedic.feed.clients", feed, Feed::clients)
                .description("Clients that are connected to the feed")
                .register(registry);
        Gauge.builder("paramedic.feed.recent", tail, one -> one.ring().size())
                .description("Decisions that are kept in memory")
                .register(registry);
        Gauge.builder("paramedic.feed.incidents.open", board, Board::open)
                .description("Incidents that are open")
                .register(registry);
        Gauge.builder("paramedic.feed.hosts", board, one -> one.hosts().size())
                .description("Hosts of which something is known")
                .register(registry);
        FunctionCounter.builder("paramedic.feed.undecodable", tail, one -> one.undecodable() + board.undecodable())
                .description("Records that this release could not read and left out")
                .register(registry);
    }
}
