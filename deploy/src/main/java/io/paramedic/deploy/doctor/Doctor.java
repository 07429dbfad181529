package io.paramedic.deploy.doctor;

import io.paramedic.analyzer.diagnosis.Diagnosis;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.sampling.HostLook;
import io.paramedic.collector.sampling.Look;
import io.paramedic.collector.sampling.LookPlan;
import io.paramedic.schemas.doctor.HostReport;
import io.paramedic.schemas.doctor.HostReport.DomainFinding;
import io.paramedic.schemas.observation.HostObservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Examines hosts, all at the same time; none waits for another. */
public final class Doctor {
    private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);

    private final LookPlan plan;

    public Doctor(LookPlan plan) {
        this.plan = plan;
    }

    /**
     * Looks at each host once.
     *
     * @param ready gets each report when it is there, one at a time, on a thread of ours
     * @return the reports in the order of the hosts
     */
    public List<HostReport> examine(List<? extends HostAccess> hosts, Consumer<HostReport> ready)
            throws InterruptedException {
        Object oneAtATime = new Object();
        List<Future<HostReport>> pending = new ArrayList<>();
        try (ExecutorService parallel = Executors.newVirtualThreadPerTaskExecutor()) {
            for (HostAccess host : hosts) {
                pending.add(parallel.submit(() -> {
                    HostReport report = examineSafely(host);
                    synchronized (oneAtATime) {
                        ready.accept(report);
                    }
                    return report;
                }));
            }
            List<HostReport> reports = new ArrayList<>();
            for (Future<HostReport> report : pending) {
                reports.add(result(report));
            }
            return reports;
        }
    }

    /** A bug of ours on one host loses the report of that host alone, and is told there. */
    private HostReport examineSafely(HostAccess host) throws InterruptedException {
        long started = System.nanoTime();
        try {
            return examine(host);
        } catch (RuntimeException bug) {
            LOG.error("examining {} failed by a fault of our own", host.name(), bug);
            return new HostReport.Unreachable(
                    host.name(),
                    HostReports.FAULT,
                    "%s: a bug of ours ended the look (%s). Please report it with the lines on standard error."
                            .formatted(host.name(), bug),
                    null,
                    Duration.ofNanos(System.nanoTime() - started));
        }
    }

    private HostReport examine(HostAccess host) throws InterruptedException {
        return switch (HostLook.at(host, plan)) {
            case Look.Seen seen -> report(host.name(), seen);
            case Look.NotSeen not ->
                new HostReport.Unreachable(
                        host.name(),
                        not.why().kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        not.why().sentence(),
                        not.why().fingerprint(),
                        not.took());
            case Look.Senseless senseless ->
                new HostReport.Unreachable(
                        host.name(),
                        HostReports.SENSELESS,
                        "%s let us in and its shell did not say what a host says (%s: %s%s). Is it a Linux dom0 with a POSIX shell?"
                                .formatted(
                                        host.name(),
                                        senseless.why().what(),
                                        senseless.why().why(),
                                        senseless.why().quote() == null
                                                ? ""
                                                : ": '" + senseless.why().quote() + "'"),
                        null,
                        senseless.took());
        };
    }

    private static HostReport report(String host, Look.Seen seen) {
        HostObservation observation = seen.observation();
        Diagnosis diagnosis = Diagnosis.of(observation);
        List<DomainFinding> domains = diagnosis.domains().entrySet().stream()
                .map(e -> new DomainFinding(e.getKey(), e.getValue()))
                .toList();
        return new HostReport.Observed(host, observation, diagnosis.host(), domains, seen.took());
    }

    private static HostReport result(Future<HostReport> report) throws InterruptedException {
        try {
            return report.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("examining a host failed by a fault of our own", e.getCause());
        }
    }
}
