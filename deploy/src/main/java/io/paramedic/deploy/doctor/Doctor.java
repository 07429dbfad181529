package io.paramedic.deploy.doctor;

import io.paramedic.analyzer.diagnosis.Diagnosis;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.sampling.HostLook;
import io.paramedic.collector.sampling.Look;
import io.paramedic.collector.sampling.LookPlan;
import io.paramedic.schemas.doctor.HostReport;
import io.paramedic.schemas.doctor.HostReport.DomainFinding;
import io.paramedic.schemas.observation.HostObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Examines hosts, all at the same time; none waits for another. */
public final class Doctor {
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
                    HostReport report = examine(host);
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
