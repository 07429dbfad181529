package io.paramedic.collector.sampling;

import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import io.paramedic.schemas.observation.HostObservation;
import org.jspecify.annotations.Nullable;

/** Whether anything is odd enough to watch a host for longer; a healthy one is not kept waiting. */
final class Curiosity {
    private static final String BEING_DESTROYED = "deadbeef-dead-beef-";

    private Curiosity() {}

    static boolean wantsMore(HostObservation observation) {
        return observation.domains().stream().anyMatch(Curiosity::odd);
    }

    private static boolean odd(DomainObservation domain) {
        return switch (domain.condition()) {
            case Condition.Running running ->
                running.activity() == Activity.STUCK_IN_XEN
                        || domain.signals().pendingRequest() != null
                        || standsStill(domain.signals().heartbeat());
            case Condition.Paused _ ->
                domain.name() == null || domain.handle().toString().startsWith(BEING_DESTROYED);
            // What ended a moment ago is being cleared away, and looks the same as what nobody clears away.
            case Condition.ShutDown _, Condition.Dying _ -> true;
            case Condition.Gone _ -> false;
        };
    }

    private static boolean standsStill(@Nullable Heartbeat beat) {
        return beat != null && !beat.moved();
    }
}
