package io.paramedic.collector.sampling;

import io.paramedic.collector.dialect.ProcessRow;
import io.paramedic.collector.dialect.XlInfo;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals;
import io.paramedic.schemas.observation.HostObservation;
import io.paramedic.schemas.observation.HostObservation.Daemon;
import io.paramedic.schemas.observation.HostObservation.HostFacts;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Joins what the tools said into one observation. Pure: the same answers give the same observation. */
final class Assembly {
    private static final List<String> XL_DAEMONS = List.of("xenstored", "xenconsoled");
    private static final List<String> XAPI_DAEMONS = List.of("xenstored", "xenconsoled", "xapi", "xenopsd");

    private Assembly() {}

    /** @param all at least one sample in it */
    static HostObservation observation(Gathered all) {
        List<Sample> samples = sameBoot(all.samples());
        Sample last = samples.getLast();
        Duration window = last.time().uptime().minus(samples.getFirst().time().uptime());
        return new HostObservation(
                all.host(), last.time(), window, facts(all, last.load()), domains(all, samples, window), all.unread());
    }

    /** What can be said of a host whose domains could not be listed at all. */
    static HostObservation withoutDomains(Gathered all, HostTime time, double load) {
        return new HostObservation(all.host(), time, Duration.ZERO, facts(all, load), List.of(), all.unread());
    }

    /** A host that rebooted during the look has other domains under the same numbers: only its last boot counts. */
    private static List<Sample> sameBoot(List<Sample> samples) {
        var boot = samples.getLast().time().bootId();
        return samples.stream().filter(s -> s.time().bootId().equals(boot)).toList();
    }

    private static List<DomainObservation> domains(Gathered all, List<Sample> samples, Duration window) {
        List<DomainObservation> result = new ArrayList<>();
        Sample last = samples.getLast();
        for (DomainSample domain : last.domains()) {
            List<DomainSample> own = own(samples, domain);
            Duration watched = own.size() == samples.size() ? window : watched(samples, domain);
            result.add(observe(all, own, Conditions.reduce(own, watched)));
        }
        for (DomainSample domain : absent(samples)) {
            List<DomainSample> own = own(samples, domain);
            // A row that nobody could read may be this domain's: then it is as it was, and not gone.
            Condition condition = last.complete() ? new Condition.Gone() : Conditions.reduce(own, Duration.ZERO);
            result.add(observe(all, own, condition));
        }
        result.sort((a, b) -> Integer.compare(a.domid(), b.domid()));
        return result;
    }

    private static List<DomainSample> own(List<Sample> samples, DomainSample domain) {
        return samples.stream()
                .map(s -> s.domain(domain.domid()))
                .filter(Objects::nonNull)
                .filter(s -> s.handle().equals(domain.handle()))
                .toList();
    }

    /** Domains of earlier samples that the last one does not have, each as it was last seen. */
    private static List<DomainSample> absent(List<Sample> samples) {
        Map<Integer, DomainSample> seen = new TreeMap<>();
        samples.forEach(s -> s.domains().forEach(d -> seen.put(d.domid(), d)));
        samples.getLast().domains().forEach(d -> seen.remove(d.domid()));
        return List.copyOf(seen.values());
    }

    private static Duration watched(List<Sample> samples, DomainSample domain) {
        HostTime first = samples.stream()
                .filter(s -> {
                    DomainSample same = s.domain(domain.domid());
                    return same != null && same.handle().equals(domain.handle());
                })
                .findFirst()
                .orElseThrow()
                .time();
        return samples.getLast().time().uptime().minus(first.uptime());
    }

    private static DomainObservation observe(Gathered all, List<DomainSample> samples, Condition condition) {
        DomainSample first = samples.getFirst();
        DomainSample last = samples.getLast();
        DomainSignals signals = Signals.of(all, last);
        Kind kind = Kind.of(all, last);
        Duration used = last.cpuTime().minus(first.cpuTime());
        return new DomainObservation(
                last.domid(),
                last.handle(),
                name(all, samples),
                kind.type(),
                kind.source(),
                last.vcpus(),
                last.memoryMib(),
                last.memoryMib() - first.memoryMib(),
                condition,
                samples.stream().map(s -> s.state().letters()).toList(),
                last.cpuTime(),
                used.isNegative() ? Duration.ZERO : used,
                last.resolution(),
                signals);
    }

    /** A name that went away during the look is still its name: then it is being destroyed, and not nameless. */
    private static @Nullable String name(Gathered all, List<DomainSample> samples) {
        String now = Signals.name(all, samples.getLast());
        return now != null
                ? now
                : samples.reversed().stream()
                        .map(DomainSample::name)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private static HostFacts facts(Gathered all, double load) {
        XlInfo info = all.info();
        return new HostFacts(
                all.toolstack(),
                info == null ? null : info.xenVersion(),
                info == null ? null : info.scheduler(),
                info == null ? null : info.totalMemoryMib(),
                info == null ? null : info.freeMemoryMib(),
                info == null ? null : info.virtCaps(),
                info == null ? null : info.commandLine(),
                all.xenstore(),
                all.list(),
                load,
                all.processes().isEmpty() || all.toolstack() == Toolstack.UNKNOWN ? List.of() : daemons(all),
                all.hostUuid(),
                null);
    }

    private static List<Daemon> daemons(Gathered all) {
        List<String> wanted = all.toolstack() == Toolstack.XAPI ? XAPI_DAEMONS : XL_DAEMONS;
        return wanted.stream()
                .map(name -> new Daemon(name, state(name, all.processes())))
                .filter(daemon ->
                        daemon.state() != null || !daemon.name().equals("xenopsd") || expectsXenopsd(all.info()))
                .toList();
    }

    /** XenServer before 6.2 has no xenopsd; all that have a Xen from 4.2 on do (toolstack facts §4). */
    private static boolean expectsXenopsd(@Nullable XlInfo info) {
        String version = info == null ? null : info.xenVersion();
        return version != null && !version.matches("[0-3]\\..*|4\\.[01](\\..*)?");
    }

    /** oxenstored and xenopsd-xc do the work of xenstored and xenopsd under names of their own. */
    private static @Nullable String state(String daemon, List<ProcessRow> processes) {
        return processes.stream()
                .filter(p -> {
                    String program = Processes.program(p);
                    return program.equals(daemon)
                            || program.equals("o" + daemon)
                            || (daemon.equals("xenopsd") && program.startsWith("xenopsd"));
                })
                .map(ProcessRow::stat)
                .findFirst()
                .orElse(null);
    }
}
