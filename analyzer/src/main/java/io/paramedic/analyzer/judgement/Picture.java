package io.paramedic.analyzer.judgement;

import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.analyzer.sightings.Word;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals;
import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import io.paramedic.schemas.observation.HostObservation;
import io.paramedic.schemas.observation.HostObservation.Answer;
import io.paramedic.schemas.observation.HostObservation.HostFacts;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * A host as one look would have shown it, put together from what its stream has published and its beats have confirmed: what
 * did not change since it was published has been so in each sample since.
 */
final class Picture {
    /** What has stood for this long is settled: the diagnosis calls nothing unchanging before. */
    static final Duration SETTLED = Duration.ofSeconds(8);

    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int SAMPLES = 4;

    private Picture() {}

    static HostObservation of(HostState host, HostTime time, Word word, Collection<DomainState> domains) {
        int samples = Math.max(
                SAMPLES,
                domains.stream()
                        .mapToInt(d -> d.watched().observation().flags().size())
                        .max()
                        .orElse(0));
        Duration watched = watched(host);
        Duration window = watched.compareTo(WINDOW) < 0 ? watched : WINDOW;
        List<DomainObservation> seen = domains.stream()
                .map(domain -> settled(host, domain, samples, window))
                .toList();
        return new HostObservation(host.host(), time, window, facts(host, word), seen, word.unread());
    }

    /** How long the host has been watched without a gap. */
    static Duration watched(HostState host) {
        Duration floor = host.pulse().floor();
        return floor == null ? Duration.ZERO : host.pulse().uptime().minus(floor);
    }

    static boolean settled(HostState host, DomainState domain) {
        return watched(host).compareTo(SETTLED) >= 0
                && host.pulse().uptime().minus(domain.changed()).compareTo(SETTLED) >= 0;
    }

    private static DomainObservation settled(HostState host, DomainState domain, int samples, Duration window) {
        DomainObservation seen = domain.watched().observation();
        return new DomainObservation(
                seen.domid(),
                seen.handle(),
                seen.name(),
                seen.type(),
                seen.typeSource(),
                seen.vcpusOnline(),
                seen.memoryMib(),
                seen.memoryChangeMib(),
                seen.condition(),
                flags(host, domain, samples),
                seen.cpuTime(),
                atTheSamePace(seen.cpuUsed(), domain.window(), window),
                seen.cpuResolution(),
                signals(host, domain));
    }

    /** Of a running domain the real ones; of one that stands still the last, in as many samples as it has stood. */
    private static List<String> flags(HostState host, DomainState domain, int samples) {
        List<String> real = domain.watched().observation().flags();
        boolean running = domain.watched().observation().condition() instanceof Condition.Running;
        if (running || real.isEmpty()) {
            return real;
        }
        return Collections.nCopies(settled(host, domain) ? samples : 1, real.getLast());
    }

    private static Duration atTheSamePace(Duration used, Duration over, Duration window) {
        return over.isPositive()
                ? Duration.ofNanos((long) ((double) used.toNanos() * window.toNanos() / over.toNanos()))
                : used;
    }

    /** A heartbeat that was stalled when it was published has stood still since then. */
    private static DomainSignals signals(HostState host, DomainState domain) {
        DomainSignals seen = domain.watched().observation().signals();
        Heartbeat beat = seen.heartbeat();
        Duration stalled = domain.vitals().heartbeatStalledSince();
        if (beat == null || beat.moved() || stalled == null) {
            return seen;
        }
        Duration stood = beat.watched().plus(host.pulse().uptime().minus(stalled));
        return new DomainSignals(
                seen.inXenstore(),
                new Heartbeat(beat.path(), beat.last(), beat.last(), stood),
                seen.pendingRequest(),
                seen.deviceModel(),
                seen.reaperRunning(),
                seen.grants(),
                seen.memoryUncooperative(),
                seen.record(),
                seen.processes(),
                seen.probes(),
                seen.configuration());
    }

    /** The tool that lists domains is as slow as the last beat says, if that was slower than what was published. */
    private static HostFacts facts(HostState host, Word word) {
        HostFacts facts = word.facts();
        Answer answer = facts.toolstackAnswer();
        if (answer.how() != Answer.How.ANSWERED || host.pulse().took().compareTo(answer.took()) <= 0) {
            return facts;
        }
        return new HostFacts(
                facts.toolstack(),
                facts.xenVersion(),
                facts.scheduler(),
                facts.totalMemoryMib(),
                facts.freeMemoryMib(),
                facts.virtCaps(),
                facts.commandLine(),
                facts.xenstore(),
                new Answer(Answer.How.ANSWERED, host.pulse().took()),
                facts.load(),
                facts.daemons(),
                facts.hostUuid(),
                facts.enabled());
    }
}
