package io.paramedic.actuator.lease;

import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The laws once more, as plainly as they can be said: everything that ever was in lists that only grow. For small histories. */
final class PlainBook {
    private static final class Entry {
        final UUID id;
        final Scope scope;
        final String by;
        final boolean hold;

        @Nullable
        Instant until;

        boolean ended;

        Entry(UUID id, Scope scope, String by, boolean hold, @Nullable Instant until) {
            this.id = id;
            this.scope = scope;
            this.by = by;
            this.hold = hold;
            this.until = until;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final Set<UUID> usedIds = new HashSet<>();
    private final Set<UUID> burnt = new HashSet<>();
    private Instant now = Instant.EPOCH;
    private @Nullable Instant blindUntil;
    int ranOut;

    /** Whether the last claim met a lease in force. */
    boolean contended;

    /** What the record does, in one word. */
    String read(Instant appended, @Nullable LeaseRecord record) {
        if (appended.isAfter(now)) {
            now = appended;
        }
        for (Entry entry : entries) {
            Instant until = entry.until;
            if (!entry.ended && until != null && now.isAfter(until)) {
                entry.ended = true;
                ranOut += entry.hold ? 0 : 1;
            }
        }
        if (blindUntil != null && now.isAfter(blindUntil)) {
            blindUntil = null;
        }
        return switch (record) {
            case null -> {
                blindUntil = now.plus(LeaseBook.LONGEST_LEASE);
                yield "Unreadable";
            }
            case LeaseRecord.Claim claim -> claim(claim);
            case LeaseRecord.Renewal renewal -> renewal(renewal);
            case LeaseRecord.Release release -> release(release);
            case LeaseRecord.Hold hold -> hold(hold);
        };
    }

    private String claim(LeaseRecord.Claim claim) {
        contended = isTaken(claim.scope(), false);
        boolean first = burnt.add(claim.command());
        if (!usedIds.add(claim.lease())) {
            return "ID_USED";
        }
        if (claim.length().compareTo(LeaseBook.LONGEST_LEASE) > 0) {
            return "TOO_LONG";
        }
        if (!first) {
            return "COMMAND_BURNT";
        }
        if (blindUntil != null) {
            return "UNREADABLE_BEFORE";
        }
        if (isTaken(claim.scope(), true)) {
            return "HOLD_IN_FORCE";
        }
        if (isTaken(claim.scope(), false)) {
            return "LEASE_IN_FORCE";
        }
        entries.add(new Entry(claim.lease(), claim.scope(), claim.claimant(), false, now.plus(claim.length())));
        return "Granted";
    }

    private boolean isTaken(Scope scope, boolean byHold) {
        return entries.stream().anyMatch(entry -> !entry.ended && entry.hold == byHold && entry.scope.overlaps(scope));
    }

    private String renewal(LeaseRecord.Renewal renewal) {
        for (Entry entry : entries) {
            Instant until = entry.until;
            if (!entry.ended
                    && !entry.hold
                    && until != null
                    && entry.id.equals(renewal.lease())
                    && entry.by.equals(renewal.claimant())
                    && entry.scope.equals(renewal.scope())
                    && renewal.length().compareTo(LeaseBook.LONGEST_LEASE) <= 0) {
                Instant later = now.plus(renewal.length());
                entry.until = later.isAfter(until) ? later : until;
                return "Renewed";
            }
        }
        return "Void";
    }

    private String release(LeaseRecord.Release release) {
        for (Entry entry : entries) {
            if (!entry.ended
                    && entry.id.equals(release.lease())
                    && entry.scope.equals(release.scope())
                    && (entry.hold || entry.by.equals(release.by()))) {
                entry.ended = true;
                return entry.hold ? "HoldEnded" : "Released";
            }
        }
        return "Void";
    }

    private String hold(LeaseRecord.Hold hold) {
        boolean again = entries.stream()
                .anyMatch(entry -> entry.hold
                        && !entry.ended
                        && entry.id.equals(hold.lease())
                        && entry.scope.equals(hold.scope()));
        if (again) {
            return "Held";
        }
        if (!usedIds.add(hold.lease())) {
            return "Void";
        }
        if (hold.until() != null && now.isAfter(hold.until())) {
            return "Void";
        }
        entries.add(new Entry(hold.lease(), hold.scope(), hold.by(), true, hold.until()));
        return "Held";
    }
}
