package io.paramedic.actuator.rung;

import io.paramedic.actuator.guard.GuardAct;
import io.paramedic.schemas.event.Refusal;
import java.time.Duration;

/** How a step is done under one toolstack, or why it is not. */
public sealed interface Plan {
    /**
     * @param act what the guard is asked to do
     * @param verification what must be seen afterwards; the act's exit status is none (toolstack facts §2.3)
     * @param patience how long after the act's end its effect may take to show
     */
    record Possible(GuardAct act, Verification verification, Duration patience) implements Plan {}

    /** Nothing is done. */
    record Impossible(Refusal reason, String sentence) implements Plan {}
}
