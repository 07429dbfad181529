package io.paramedic.actuator.lease;

import java.util.UUID;

/** What one record did to the book. */
public sealed interface Ruling {
    /** Of a claim. */
    sealed interface OfClaim extends Ruling {
        /** Of the claim. */
        UUID id();
    }

    /** The claim has become a lease, and its command is burnt. */
    record Granted(Lease lease) implements OfClaim {
        @Override
        public UUID id() {
            return lease.id();
        }
    }

    /**
     * The claim came to nothing, for ever.
     *
     * @param id of the lease that it asked for
     * @param sentence for people
     */
    record Denied(UUID id, Denial reason, String sentence) implements OfClaim {}

    /** The lease lasts longer now. */
    record Renewed(Lease lease) implements Ruling {}

    /** Its holder ended the lease. */
    record Released(Lease lease) implements Ruling {}

    /** The hold is in the book, newly or again. */
    record Held(Hold hold) implements Ruling {}

    /** Somebody ended the hold. */
    record HoldEnded(Hold hold) implements Ruling {}

    /** The record changed nothing; why not is said for people. */
    record Void(UUID id, String sentence) implements Ruling {}

    /** Nobody knows what the record said. */
    record Unreadable() implements Ruling {}
}
