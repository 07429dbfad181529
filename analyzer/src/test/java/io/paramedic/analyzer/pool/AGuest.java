package io.paramedic.analyzer.pool;

import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals;
import io.paramedic.schemas.observation.DomainSignals.Configuration;
import io.paramedic.schemas.observation.DomainSignals.DeviceModel;
import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult.Answer;
import io.paramedic.schemas.observation.DomainSignals.XapiRecord;
import io.paramedic.schemas.observation.DomainType;
import io.paramedic.schemas.observation.ShutdownReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A guest as a collector publishes it; healthy and at work until said otherwise. Each call gives another one. */
record AGuest(
        int domid,
        UUID handle,
        @Nullable String name,
        Condition condition,
        List<String> flags,
        @Nullable Heartbeat heartbeat,
        @Nullable String request,
        @Nullable DeviceModel model,
        @Nullable Boolean reaper,
        @Nullable XapiRecord record,
        List<ProbeResult> probes,
        @Nullable Configuration configuration,
        @Nullable VmId vm,
        long memory) {
    static WatchedDomain dom0() {
        return new AGuest(
                        0,
                        new UUID(0, 0),
                        "Domain-0",
                        new Condition.Running(Activity.ACTIVE),
                        List.of("r-----", "r-----", "r-----", "r-----"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        1024)
                .seen();
    }

    /** On plain xl: a heartbeat that moves, a probe that answers, a configuration that is known. */
    static AGuest named(String name, int domid) {
        return new AGuest(
                domid,
                UUID.nameUUIDFromBytes((name + domid).getBytes(StandardCharsets.UTF_8)),
                name,
                new Condition.Running(Activity.ACTIVE),
                List.of("-b----", "r-----", "-b----", "r-----"),
                new Heartbeat("data/heartbeat", "1", "2", Duration.ofSeconds(10)),
                null,
                null,
                false,
                null,
                List.of(new ProbeResult("tcp 10.0.0.1:22", false, Answer.ANSWERS, "connected")),
                new Configuration("/etc/xen/" + name + ".cfg", "ab".repeat(32), name, null, List.of("/dev/vg/" + name)),
                new VmId.ByName(name),
                512);
    }

    static AGuest of(WatchedDomain domain) {
        DomainObservation seen = domain.observation();
        DomainSignals signals = seen.signals();
        return new AGuest(
                seen.domid(),
                seen.handle(),
                seen.name(),
                seen.condition(),
                seen.flags(),
                signals.heartbeat(),
                signals.pendingRequest(),
                signals.deviceModel(),
                signals.reaperRunning(),
                signals.record(),
                signals.probes(),
                signals.configuration(),
                domain.vm(),
                seen.memoryMib());
    }

    AGuest is(Condition now) {
        return with(now, flags);
    }

    AGuest with(Condition now, List<String> letters) {
        return new AGuest(
                domid,
                handle,
                name,
                now,
                letters,
                heartbeat,
                request,
                model,
                reaper,
                record,
                probes,
                configuration,
                vm,
                memory);
    }

    AGuest does(Activity activity) {
        return with(
                new Condition.Running(activity),
                switch (activity) {
                    case ACTIVE, UNDETERMINED -> List.of("-b----", "r-----", "-b----", "r-----");
                    case QUIET -> List.of("-b----", "-b----", "-b----", "-b----");
                    case SATURATED -> List.of("r-----", "r-----", "r-----", "r-----");
                    case STUCK_IN_XEN -> List.of("------", "------", "------", "------");
                });
    }

    AGuest paused() {
        return with(new Condition.Paused(), List.of("-b----", "--p---"));
    }

    AGuest stopped(ShutdownReason reason) {
        String letters =
                reason == ShutdownReason.CRASH ? "---sc-" : reason == ShutdownReason.REBOOT ? "---sr-" : "---s--";
        return with(new Condition.ShutDown(reason, false), List.of("-b----", letters))
                .silent()
                .stalled();
    }

    AGuest dying() {
        return new AGuest(
                domid,
                handle,
                null,
                new Condition.Dying(),
                List.of("--ps-d"),
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                vm,
                0);
    }

    AGuest stalled() {
        return beating(new Heartbeat("data/heartbeat", "2", "2", Duration.ofSeconds(10)));
    }

    AGuest moving() {
        return beating(new Heartbeat("data/heartbeat", "2", "3", Duration.ofSeconds(10)));
    }

    AGuest beating(@Nullable Heartbeat beat) {
        return new AGuest(
                domid,
                handle,
                name,
                condition,
                flags,
                beat,
                request,
                model,
                reaper,
                record,
                probes,
                configuration,
                vm,
                memory);
    }

    AGuest silent() {
        return probed(new ProbeResult("tcp 10.0.0.1:22", false, Answer.SILENT, "timeout"));
    }

    AGuest answering(String kind) {
        return probed(new ProbeResult("tcp 10.0.0.1:22", false, Answer.ANSWERS, kind));
    }

    AGuest probed(ProbeResult... results) {
        return new AGuest(
                domid,
                handle,
                name,
                condition,
                flags,
                heartbeat,
                request,
                model,
                reaper,
                record,
                List.of(results),
                configuration,
                vm,
                memory);
    }

    AGuest requested(@Nullable String word) {
        return new AGuest(
                domid,
                handle,
                name,
                condition,
                flags,
                heartbeat,
                word,
                model,
                reaper,
                record,
                probes,
                configuration,
                vm,
                memory);
    }

    AGuest emulated(@Nullable String state) {
        return new AGuest(
                domid,
                handle,
                name,
                condition,
                flags,
                heartbeat,
                request,
                new DeviceModel(4711, state, null),
                reaper,
                record,
                probes,
                configuration,
                vm,
                memory);
    }

    AGuest reaped(@Nullable Boolean running) {
        return new AGuest(
                domid,
                handle,
                name,
                condition,
                flags,
                heartbeat,
                request,
                model,
                running,
                record,
                probes,
                configuration,
                vm,
                memory);
    }

    AGuest recorded(XapiRecord says) {
        return new AGuest(
                domid,
                handle,
                name,
                condition,
                flags,
                heartbeat,
                request,
                model,
                null,
                says,
                probes,
                configuration,
                new VmId.ByUuid(says.uuid()),
                memory);
    }

    AGuest configured(@Nullable Configuration file) {
        return new AGuest(
                domid, handle, name, condition, flags, heartbeat, request, model, reaper, record, probes, file, vm,
                memory);
    }

    WatchedDomain seen() {
        return new WatchedDomain(
                vm,
                new DomainObservation(
                        domid,
                        handle,
                        name,
                        DomainType.PV,
                        "xenstore /libxl/" + domid + "/type",
                        2,
                        memory,
                        0,
                        condition,
                        flags,
                        Duration.ofHours(1),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(100),
                        new DomainSignals(
                                name != null,
                                heartbeat,
                                request,
                                model,
                                reaper,
                                null,
                                null,
                                record,
                                List.of(),
                                probes,
                                configuration)));
    }
}
