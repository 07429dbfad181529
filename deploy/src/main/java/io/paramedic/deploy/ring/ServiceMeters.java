package io.paramedic.deploy.ring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.paramedic.actuator.service.ActuatorService;
import io.paramedic.analyzer.service.AnalyzerMetrics;
import io.paramedic.analyzer.service.AnalyzerService;
import io.paramedic.collector.service.CollectorService;
import java.util.function.ToDoubleFunction;

/** Gives what the services count of themselves to a registry of meters. */
final class ServiceMeters {
    private ServiceMeters() {}

    static void of(CollectorService service, MeterRegistry registry) {
        gauge(
                registry,
                service,
                "paramedic.collector.hosts",
                "hosts that it watches",
                one -> one.metrics().hosts());
        gauge(
                registry,
                service,
                "paramedic.collector.hosts.answering",
                "of them, hosts that answered the last look",
                one -> one.metrics().answering());
        counter(
                registry,
                service,
                "paramedic.collector.looks",
                "looks at hosts",
                one -> one.metrics().looks());
        counter(
                registry,
                service,
                "paramedic.collector.events",
                "sightings of something new",
                one -> one.metrics().events());
        counter(
                registry,
                service,
                "paramedic.collector.beats",
                "sightings of nothing new",
                one -> one.metrics().beats());
        counter(
                registry,
                service,
                "paramedic.collector.unreachable",
                "looks without an answer",
                one -> one.metrics().unreachable());
        counter(
                registry,
                service,
                "paramedic.collector.quarantined",
                "records that could not be read",
                one -> one.metrics().quarantined());
        counter(
                registry,
                service,
                "paramedic.collector.faults",
                "faults of our own",
                one -> one.metrics().faults());
    }

    static void of(AnalyzerService service, MeterRegistry registry) {
        gauge(
                registry,
                service,
                "paramedic.analyzer.partitions",
                "partitions that it decides for",
                one -> count(one, AnalyzerMetrics.Partition::assigned));
        gauge(
                registry,
                service,
                "paramedic.analyzer.partitions.behind",
                "of them, partitions that it reads too late",
                one -> count(one, partition -> partition.assigned() && !partition.live()));
        gauge(
                registry,
                service,
                "paramedic.analyzer.partitions.stopped",
                "partitions that a bug of ours has stopped",
                one -> one.metrics().stopped().size());
        counter(
                registry,
                service,
                "paramedic.analyzer.events",
                "events read",
                one -> sum(one, AnalyzerMetrics.Partition::events));
        counter(
                registry,
                service,
                "paramedic.analyzer.decisions",
                "decisions journalled",
                one -> sum(one, AnalyzerMetrics.Partition::decisions));
        counter(
                registry,
                service,
                "paramedic.analyzer.commands",
                "commands given",
                one -> sum(one, AnalyzerMetrics.Partition::commands));
        counter(
                registry,
                service,
                "paramedic.analyzer.quarantined",
                "events that could not be read",
                one -> sum(one, AnalyzerMetrics.Partition::quarantined));
    }

    static void of(ActuatorService service, MeterRegistry registry) {
        gauge(
                registry,
                service,
                "paramedic.actuator.running",
                "commands that are being carried out",
                one -> one.metrics().running());
        gauge(
                registry,
                service,
                "paramedic.actuator.waiting",
                "commands that have not begun",
                one -> one.metrics().waiting());
        counter(
                registry,
                service,
                "paramedic.actuator.commands",
                "commands delivered",
                one -> one.metrics().commands());
        counter(
                registry,
                service,
                "paramedic.actuator.done",
                "outcomes that are done",
                one -> one.metrics().done());
        counter(
                registry,
                service,
                "paramedic.actuator.refused",
                "outcomes that are refused",
                one -> one.metrics().refused());
        counter(
                registry,
                service,
                "paramedic.actuator.unknown",
                "outcomes that nobody knows",
                one -> one.metrics().unknown());
        counter(
                registry,
                service,
                "paramedic.actuator.quarantined",
                "commands that could not be read",
                one -> one.metrics().quarantined());
    }

    private static long count(AnalyzerService service, java.util.function.Predicate<AnalyzerMetrics.Partition> which) {
        return service.metrics().partitions().values().stream().filter(which).count();
    }

    private static long sum(
            AnalyzerService service, java.util.function.ToLongFunction<AnalyzerMetrics.Partition> what) {
        return service.metrics().partitions().values().stream().mapToLong(what).sum();
    }

    private static <T> void gauge(
            MeterRegistry registry, T service, String name, String what, ToDoubleFunction<T> value) {
        Gauge.builder(name, service, value).description(what).register(registry);
    }

    private static <T> void counter(
            MeterRegistry registry, T service, String name, String what, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, service, value).description(what).register(registry);
    }
}
