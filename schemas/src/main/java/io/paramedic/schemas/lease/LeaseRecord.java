package io.paramedic.schemas.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line in the book of leases. It grants nothing by itself: every reader folds the records in the order of the log and so
 * comes to the same holder. The only clock is the append time of the log.
 */
public sealed interface LeaseRecord {
    /** The lease that this record makes, keeps or ends. */
    UUID lease();

    /** Every record repeats the scope, so that it tells a reader what it is about without what came before. */
    Scope scope();

    /**
     * Asks for a lease. A claim that overlaps a lease in force is denied for ever.
     *
     * @param lease drawn at random by the claimant
     * @param scope what it wants to act on
     * @param command the one command for which it asks; a granted claim burns it
     * @param claimant the actuator
     * @param length from the claim's append time; above zero
     */
    record Claim(UUID lease, Scope scope, UUID command, String claimant, Duration length) implements LeaseRecord {
        public Claim {
            requirePositive(length);
        }
    }

    /**
     * Extends a lease that is still in force; a late one is void.
     *
     * @param length from the renewal's append time; above zero
     */
    record Renewal(UUID lease, Scope scope, String claimant, Duration length) implements LeaseRecord {
        public Renewal {
            requirePositive(length);
        }
    }

    /**
     * Ends a lease or a hold.
     *
     * @param by the claimant, or the person who ends a hold
     */
    record Release(UUID lease, Scope scope, String by) implements LeaseRecord {}

    /**
     * Hands off: a person's hold, or a pause. It is in force on a host only when that host has been told and is idle.
     *
     * @param by who wants it
     * @param why for people
     * @param until in append time; absent where it lasts until it is released
     */
    record Hold(
            UUID lease,
            Scope scope,
            String by,
            String why,
            @Nullable Instant until) implements LeaseRecord {}

    private static void requirePositive(Duration length) {
        if (!length.isPositive()) {
            throw new IllegalArgumentException("a lease has a length above zero, not " + length);
        }
    }
}
