package io.paramedic.analyzer.incidents;

import io.paramedic.schemas.lease.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person ordered, kept so that an order that is sent twice is taken once.
 *
 * @param id of the order
 * @param kind what it does while it lasts
 * @param scope that it covers; absent where it covers none
 * @param by who ordered it
 * @param why for people
 * @param until append time; absent where it lasts until it is ended
 * @param taken append time at which it was taken
 * @param told hosts that were told of it and are idle
 */
public record HeldControl(
        UUID id,
        Kind kind,
        @Nullable Scope scope,
        String by,
        String why,
        @Nullable Instant until,
        Instant taken,
        List<String> told) {
    public enum Kind {
        PAUSE,
        HOLD,
        /** Ended, or of a kind that does not last. */
        OVER
    }

    public HeldControl {
        told = List.copyOf(told);
    }

    public boolean inForce(Instant now) {
        return kind != Kind.OVER && (until == null || now.isBefore(until));
    }

    /** Whether a step in that scope must not be ordered. */
    public boolean covers(Scope step, Instant now) {
        return inForce(now) && scope != null && scope.overlaps(step);
    }

    public HeldControl over() {
        return new HeldControl(id, Kind.OVER, scope, by, why, until, taken, told);
    }

    /** It ends later by so much; one that has no end stays so. */
    public HeldControl longer(Duration by) {
        return new HeldControl(id, kind, scope, this.by, why, until == null ? null : until.plus(by), taken, told);
    }

    public HeldControl toldTo(List<String> hosts) {
        return new HeldControl(id, kind, scope, by, why, until, taken, hosts);
    }

    /** For people. */
    public String sentence() {
        return (kind == Kind.HOLD ? "hold" : "pause") + " by " + by + (why.isBlank() ? "" : " (" + why + ")")
                + (until == null ? "" : " until " + until);
    }
}
