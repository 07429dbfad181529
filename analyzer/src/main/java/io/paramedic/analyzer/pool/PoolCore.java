package io.paramedic.analyzer.pool;

import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.event.HoldTold;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.PoolEvent.HostListed;
import io.paramedic.schemas.event.PoolEvent.HostUnlisted;
import io.paramedic.schemas.event.PoolEvent.PolicyChanged;
import io.paramedic.schemas.event.PoolEvent.Tick;
import io.paramedic.schemas.event.Sighting;
import io.paramedic.schemas.event.StepOutcome;

/**
 * The analyzer of one pool as a pure function. What an event says is taken in at once; what follows from it is decided only
 * while the analyzer is live, by looking again at everything that the event or a timer may have changed.
 */
public final class PoolCore {
    /** Names the deciding code in every journal entry; changes whenever the same log could lead to another decision. */
    public static final String VERSION = "1";

    private PoolCore() {}

    /**
     * What follows from one event.
     *
     * @param policies reads the documents of policies; pure
     * @throws IllegalArgumentException where the event is of another pool, which is a mistake of the caller
     */
    public static Step decide(PoolState state, Input input, PolicyReader policies) {
        if (input.event() instanceof PoolEvent.InPool event && !event.pool().equals(state.pool())) {
            throw new IllegalArgumentException("an event of pool " + event.pool() + " was given to " + state.pool());
        }
        Turn turn = new Turn(state, input, policies);
        Liveness.update(turn);
        take(turn, input.event());
        if (turn.live()) {
            Timers.fire(turn);
            Reviews.run(turn);
            if (input.event() instanceof Tick) {
                Overviews.flush(turn);
            }
        }
        return turn.step();
    }

    private static void take(Turn turn, PoolEvent event) {
        switch (event) {
            case Tick _ -> {}
            case Sighting sighting -> Sightings.take(turn, sighting);
            case StepOutcome outcome -> Outcomes.take(turn, outcome);
            case Control control -> Controls.take(turn, control);
            case HoldTold told -> Controls.told(turn, told);
            case PolicyChanged policy -> Membership.policy(turn, policy);
            case HostListed listed -> Membership.listed(turn, listed);
            case HostUnlisted unlisted -> Membership.unlisted(turn, unlisted);
        }
    }
}
