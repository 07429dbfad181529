package io.paramedic.actuator.lease;

import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.lease.Scope;
import java.time.Instant;
import java.util.UUID;

/**
 * A granted claim.
 *
 * @param id drawn by the claimant
 * @param scope on which nobody else is granted anything while it is in force
 * @param command that it burnt
 * @param claimant the actuator that holds it
 * @param token its proof
 * @param until fold time after which the first record ends it
 */
public record Lease(UUID id, Scope scope, UUID command, String claimant, FencingToken token, Instant until) {
    Lease until(Instant later) {
        return new Lease(id, scope, command, claimant, token, later);
    }
}
