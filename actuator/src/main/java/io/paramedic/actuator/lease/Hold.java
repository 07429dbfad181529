package io.paramedic.actuator.lease;

import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.lease.Scope;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Hands off, as long as it is in force.
 *
 * @param id of the hold, which is also the id of the order that took it
 * @param scope in which every claim after it is denied
 * @param by who took it
 * @param why for people
 * @param until fold time after which the first record ends it; absent where it lasts until it is released
 * @param token newer than that of each lease that was granted before it
 * @param recorded fold time at the last record that repeats it
 */
public record Hold(
        UUID id,
        Scope scope,
        String by,
        String why,
        @Nullable Instant until,
        FencingToken token,
        Instant recorded) {
    Hold recordedAt(Instant again) {
        return new Hold(id, scope, by, why, until, token, again);
    }

    boolean isOver(Instant now) {
        return until != null && now.isAfter(until);
    }
}
