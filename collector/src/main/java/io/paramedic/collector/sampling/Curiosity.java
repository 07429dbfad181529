package io.paramedic.collector.sampling;

import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import io.paramedic.schemas.observation.HostObservation;
import org.jspecify.annotations.Nullable;

/** Whether anything is odd enough to watch a host for longer; a healthy one is not kept waiting. */
final class Curiosity {
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
            case Condition.Paused _ -> domain.name() == null;
            case Condition.ShutDown _, Condition.Dying _, Condition.Gone _ -> false;
        };
    }

    private static boolean standsStill(@Nullable Heartbeat beat) {
        return beat != null && !beat.moved();
    }
}
