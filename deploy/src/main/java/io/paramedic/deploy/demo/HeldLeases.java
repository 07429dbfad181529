package io.paramedic.deploy.demo;

import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The leases that are in force, for a screen. It follows the book as an actuator does, from where it began to read, but no
 * act rests on it.
 *
 * @param held in the order in which they began
 */
public record HeldLeases(List<Held> held) {
    static final HeldLeases NONE = new HeldLeases(List.of());

    /**
     * @param by the actuator, or the person of a hold
     * @param until in append time; absent where it lasts until it is released
     */
    public record Held(
            UUID lease,
            Scope scope,
            String by,
            Instant since,
            @Nullable Instant until) {
        private boolean over(Instant now) {
            return until != null && until.isBefore(now);
        }
    }

    public HeldLeases {
        held = List.copyOf(held);
    }

    /** After the next record, which was appended at {@code at}. */
    HeldLeases after(LeaseRecord record, Instant at) {
        List<Held> now = new ArrayList<>(held);
        now.removeIf(one -> one.over(at));
        switch (record) {
            case LeaseRecord.Claim claim -> {
                if (now.stream().noneMatch(one -> one.scope.overlaps(claim.scope()))) {
                    now.add(new Held(claim.lease(), claim.scope(), claim.claimant(), at, at.plus(claim.length())));
                }
            }
            case LeaseRecord.Renewal renewal ->
                now.replaceAll(one -> one.lease.equals(renewal.lease())
                        ? new Held(one.lease, one.scope, one.by, one.since, at.plus(renewal.length()))
                        : one);
            case LeaseRecord.Release release -> now.removeIf(one -> one.lease.equals(release.lease()));
            case LeaseRecord.Hold hold -> now.add(new Held(hold.lease(), hold.scope(), hold.by(), at, hold.until()));
        }
        return new HeldLeases(now);
    }

    /** Without those that ended before {@code now}. */
    HeldLeases at(Instant now) {
        return new HeldLeases(held.stream().filter(one -> !one.over(now)).toList());
    }
}
