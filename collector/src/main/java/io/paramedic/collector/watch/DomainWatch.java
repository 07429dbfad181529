package io.paramedic.collector.watch;

import io.paramedic.collector.sampling.Glance.Guest;
import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals;
import io.paramedic.schemas.observation.DomainSignals.Configuration;
import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Follows one domain from look to look. */
final class DomainWatch {
    private static final String USUAL_HEARTBEAT = "data/heartbeat";

    private final WatchSettings settings;
    private final Settling settling;
    private @Nullable SignOfLife life;
    private UUID handle;

    DomainWatch(WatchSettings settings, UUID handle) {
        this.settings = settings;
        this.settling = new Settling(settings);
        this.handle = handle;
    }

    /** Whether a domain with this handle under the same number can be the one that is followed. */
    boolean follows(UUID now, int domid) {
        return Identities.isSameDomain(handle, now, domid);
    }

    /**
     * What is to be said of the domain now.
     *
     * @param told what was said last; absent where nothing was
     * @param guest what it wrote into xenstore; absent where it wrote nothing or nothing was read
     * @param keys configured for its sign of life, the most wanted first
     */
    WatchedDomain watch(
            @Nullable WatchedDomain told,
            DomainObservation seen,
            @Nullable VmId vm,
            @Nullable Guest guest,
            List<String> keys,
            Duration uptime,
            List<ProbeResult> probes,
            @Nullable Configuration configuration) {
        handle = seen.handle();
        DomainSignals signals = seen.signals();
        Heartbeat heartbeat = follow(guest, keys, seen.condition() instanceof Condition.Running, uptime)
                .orElse(null);
        Condition condition =
                settling.condition(told == null ? null : told.observation().condition(), seen.condition(), uptime);
        DomainSignals all = new DomainSignals(
                signals.inXenstore(),
                heartbeat,
                signals.pendingRequest(),
                settling.deviceModel(signals.deviceModel()),
                signals.reaperRunning(),
                signals.grants(),
                signals.memoryUncooperative(),
                Trimmed.record(signals.record()),
                Trimmed.processes(signals.processes()),
                probes,
                configuration);
        return new WatchedDomain(vm, withCondition(Trimmed.domain(seen, all), condition));
    }

    private Optional<Heartbeat> follow(@Nullable Guest guest, List<String> keys, boolean running, Duration uptime) {
        if (guest == null) {
            return Optional.empty();
        }
        String path =
                keys.stream().filter(guest.values()::containsKey).findFirst().orElse(USUAL_HEARTBEAT);
        String value = guest.values().get(path);
        if (value == null) {
            return Optional.empty();
        }
        String text = Trimmed.cut(value);
        SignOfLife followed = life;
        if (followed == null || !followed.path().equals(path)) {
            followed = new SignOfLife(settings, path, keys.contains(path), text, uptime);
            life = followed;
        } else if (running) {
            followed.sample(text, uptime);
        } else {
            followed.rest(text, uptime);
        }
        return followed.told();
    }

    static DomainObservation withCondition(DomainObservation domain, Condition condition) {
        return new DomainObservation(
                domain.domid(),
                domain.handle(),
                domain.name(),
                domain.type(),
                domain.typeSource(),
                domain.vcpusOnline(),
                domain.memoryMib(),
                domain.memoryChangeMib(),
                condition,
                domain.flags(),
                domain.cpuTime(),
                domain.cpuUsed(),
                domain.cpuResolution(),
                domain.signals());
    }
}
