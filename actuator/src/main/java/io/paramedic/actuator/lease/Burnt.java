package io.paramedic.actuator.lease;

import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.lease.Scope;
import java.time.Instant;
import java.util.UUID;

/**
 * A command that no claim is ever granted for again.
 *
 * @param command its id
 * @param lease of the claim that burnt it
 * @param scope of that claim
 * @param claimant who made that claim
 * @param token of that claim
 * @param fate what the book knows of the act
 */
public record Burnt(UUID command, UUID lease, Scope scope, String claimant, FencingToken token, Fate fate) {
    /** What the book knows of what became of a burnt command. */
    public sealed interface Fate {
        /** @param until fold time after which the first record ends the lease */
        record InForce(Instant until) implements Fate {}

        /** The holder released the lease, which it does only after its outcome is on the log. */
        record Released() implements Fate {}

        /** The lease ran out without a release: whether there is an outcome, only the host can tell. */
        record RanOut() implements Fate {}

        /** The claim was denied here because a record before it could not be read; others may have read and granted it. */
        record InDoubt() implements Fate {}

        /**
         * The claim was denied, so that nothing was begun.
         *
         * @param sentence why, for people
         */
        record Denied(String sentence) implements Fate {}
    }
}
