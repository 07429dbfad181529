package io.paramedic.analyzer.sightings;

import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals;
import io.paramedic.schemas.observation.DomainSignals.DeviceModel;
import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What counts as a change of a domain: all that collectors publish a change of; times, memory and counters do not. */
final class Essence {
    private Essence() {}

    static boolean same(WatchedDomain a, WatchedDomain b) {
        DomainObservation one = a.observation();
        DomainObservation other = b.observation();
        return Objects.equals(a.vm(), b.vm())
                && one.handle().equals(other.handle())
                && Objects.equals(one.name(), other.name())
                && one.type() == other.type()
                && one.condition().equals(other.condition())
                && same(one.signals(), other.signals());
    }

    private static boolean same(DomainSignals one, DomainSignals other) {
        return moving(one.heartbeat()) == moving(other.heartbeat())
                && Objects.equals(one.pendingRequest(), other.pendingRequest())
                && dead(one.deviceModel()) == dead(other.deviceModel())
                && Objects.equals(one.reaperRunning(), other.reaperRunning())
                && Objects.equals(one.inXenstore(), other.inXenstore())
                && Objects.equals(one.record(), other.record())
                && Objects.equals(one.configuration(), other.configuration())
                && one.processes().equals(other.processes())
                && one.probes().equals(other.probes());
    }

    private static int moving(@Nullable Heartbeat beat) {
        return beat == null ? 0 : beat.moved() ? 1 : 2;
    }

    private static int dead(@Nullable DeviceModel model) {
        return model == null ? 0 : model.dead() ? 1 : model.blocked() ? 2 : 3;
    }
}
