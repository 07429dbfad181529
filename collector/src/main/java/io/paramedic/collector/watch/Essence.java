package io.paramedic.collector.watch;

import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals;
import io.paramedic.schemas.observation.DomainSignals.Configuration;
import io.paramedic.schemas.observation.DomainSignals.DeviceModel;
import io.paramedic.schemas.observation.DomainSignals.GrantUse;
import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult;
import io.paramedic.schemas.observation.DomainSignals.XapiRecord;
import io.paramedic.schemas.observation.DomainType;
import io.paramedic.schemas.observation.HostObservation.Answer.How;
import io.paramedic.schemas.observation.HostObservation.Daemon;
import io.paramedic.schemas.observation.HostObservation.HostFacts;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What of a domain or a host is worth an event when it changes. Times, CPU time, memory and sampled flags are not. */
sealed interface Essence {
    /** @param tearingDown for a domain that is being destroyed or dead: whether its memory still changes */
    record OfDomain(
            @Nullable VmId vm,
            UUID handle,
            @Nullable String name,
            DomainType type,
            int vcpus,
            Condition condition,
            @Nullable Boolean tearingDown,
            @Nullable Boolean inXenstore,
            @Nullable String heartbeat,
            @Nullable String pendingRequest,
            @Nullable Model deviceModel,
            @Nullable Boolean reaperRunning,
            boolean grantsNearlyUsedUp,
            @Nullable Boolean memoryUncooperative,
            @Nullable XapiRecord record,
            Set<String> processes,
            List<ProbeResult> probes,
            @Nullable Configuration configuration)
            implements Essence {}

    /** A device model runs and sleeps all the time; that it is dead or blocked counts. */
    record Model(
            int pid,
            boolean dead,
            boolean blocked,
            @Nullable String exit) {}

    record OfHost(
            Toolstack toolstack,
            @Nullable String xenVersion,
            @Nullable String scheduler,
            @Nullable Long totalMemoryMib,
            @Nullable String virtCaps,
            @Nullable String commandLine,
            How xenstore,
            How toolstackAnswer,
            int load,
            List<Daemon> daemons,
            @Nullable UUID hostUuid,
            @Nullable Boolean enabled,
            Set<String> unread)
            implements Essence {}

    String BEING_DESTROYED = "deadbeef-dead-beef-";
    int NEARLY_USED_UP_TENTHS = 9;
    double OVERLOADED = 50;

    static OfDomain of(WatchedDomain watched) {
        DomainObservation domain = watched.observation();
        DomainSignals signals = domain.signals();
        GrantUse grants = signals.grants();
        return new OfDomain(
                watched.vm(),
                domain.handle(),
                domain.name(),
                domain.type(),
                domain.vcpusOnline(),
                domain.condition(),
                isBeingDestroyed(domain) ? domain.memoryChangeMib() != 0 : null,
                signals.inXenstore(),
                heartbeat(signals.heartbeat()),
                signals.pendingRequest(),
                model(signals.deviceModel()),
                signals.reaperRunning(),
                grants != null && grants.frames() * 10L >= grants.maxFrames() * (long) NEARLY_USED_UP_TENTHS,
                signals.memoryUncooperative(),
                signals.record(),
                new TreeSet<>(signals.processes()),
                signals.probes(),
                signals.configuration());
    }

    static OfHost of(HostFacts facts, List<Unread> unread) {
        return new OfHost(
                facts.toolstack(),
                facts.xenVersion(),
                facts.scheduler(),
                facts.totalMemoryMib(),
                facts.virtCaps(),
                facts.commandLine(),
                facts.xenstore().how(),
                facts.toolstackAnswer().how(),
                load(facts.load()),
                facts.daemons().stream().map(Essence::coarse).toList(),
                facts.hostUuid(),
                facts.enabled(),
                // How long something took stands in the reason, and what it printed may differ each time.
                unread.stream()
                        .map(piece -> piece.what() + ": " + piece.why().replaceAll("[0-9]+", "#"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static boolean isBeingDestroyed(DomainObservation domain) {
        return switch (domain.condition()) {
            case Condition.Dying _ -> true;
            case Condition.Paused _ ->
                domain.name() == null || domain.handle().toString().startsWith(BEING_DESTROYED);
            case Condition.Running _, Condition.ShutDown _, Condition.Gone _ -> false;
        };
    }

    private static @Nullable String heartbeat(@Nullable Heartbeat beat) {
        return beat == null ? null : beat.path() + (beat.moved() ? " moves" : " stands");
    }

    private static @Nullable Model model(@Nullable DeviceModel model) {
        return model == null ? null : new Model(model.pid(), model.dead(), model.blocked(), model.exit());
    }

    /** Zero for a dom0 that is not overloaded, one more for each doubling from there. */
    private static int load(@Nullable Double load) {
        return load == null ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros((int) (load / OVERLOADED));
    }

    /** A daemon runs and sleeps all the time; that it is gone, a zombie or stopped counts. */
    private static Daemon coarse(Daemon daemon) {
        String state = daemon.state();
        boolean well = state != null && !state.isEmpty() && "RSDI".indexOf(state.charAt(0)) >= 0;
        return well ? new Daemon(daemon.name(), "well") : daemon;
    }
}
