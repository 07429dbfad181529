package io.paramedic.actuator.lease;

import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A random interleaving of what some actuators and people send: each record is sent at one moment and appended at a later one,
 * in any order. The same seed gives the same history.
 */
final class History {
    private static final List<Scope> SCOPES = List.of(
            new Scope.Pool("p"),
            new Scope.Host("p", "h1"),
            new Scope.Host("p", "h2"),
            new Scope.Vm("p", "h1", new VmId.ByName("a")),
            new Scope.Vm("p", "h1", new VmId.ByName("b")),
            new Scope.Vm("p", "h2", new VmId.ByName("a")),
            new Scope.Pool("q"));
    private static final List<String> CLAIMANTS = List.of("x", "y", "z");
    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
    private static final int LENGTH_MS = 100;

    /**
     * A record on the log.
     *
     * @param record absent where nobody can read it
     * @param delayed whether others were appended between its sending and its append, or half a lease went by
     */
    record Appended(long offset, Instant at, @Nullable LeaseRecord record, boolean delayed) {}

    private record Sent(@Nullable LeaseRecord record, int after, long at) {}

    private final SplittableRandom chance;
    private final List<Sent> underWay = new ArrayList<>();
    private final List<LeaseRecord> known = new ArrayList<>();
    private final List<Appended> log = new ArrayList<>();
    private long now;
    private long ids;

    private History(long seed) {
        this.chance = new SplittableRandom(seed);
    }

    static List<Appended> random(long seed) {
        History history = new History(seed);
        int steps = history.chance.nextInt(5, 14);
        for (int i = 0; i < steps; i++) {
            history.step();
        }
        while (!history.underWay.isEmpty()) {
            history.append();
        }
        return history.log;
    }

    private void step() {
        int what = chance.nextInt(100);
        if (what < 40) {
            send(claim());
        } else if (what < 48) {
            send(ofKnown(true));
        } else if (what < 54) {
            send(ofKnown(false));
        } else if (what < 57) {
            send(hold());
        } else if (what < 58) {
            underWay.add(new Sent(null, log.size(), now));
        } else if (what < 72) {
            // Now and then the brokers' clock goes back.
            now += chance.nextInt(20) == 0 ? -chance.nextInt(50) : chance.nextInt(LENGTH_MS + 50);
        } else if (!underWay.isEmpty()) {
            append();
        }
    }

    private void send(@Nullable LeaseRecord record) {
        if (record != null) {
            known.add(record);
            underWay.add(new Sent(record, log.size(), now));
        }
    }

    private void append() {
        // Mostly in the order of sending, as a network does.
        Sent next = underWay.remove(chance.nextInt(3) == 0 ? chance.nextInt(underWay.size()) : 0);
        boolean delayed = log.size() > next.after || now - next.at > LENGTH_MS / 2;
        log.add(new Appended(log.size(), START.plusMillis(now), next.record, delayed));
    }

    private LeaseRecord claim() {
        UUID lease = !known.isEmpty() && chance.nextInt(40) == 0
                ? known.get(chance.nextInt(known.size())).lease()
                : new UUID(1, ids++);
        Duration length = chance.nextInt(60) == 0
                ? LeaseBook.LONGEST_LEASE.plusMillis(1)
                : Duration.ofMillis(chance.nextInt(10, LENGTH_MS));
        return new LeaseRecord.Claim(lease, scope(), new UUID(2, chance.nextInt(5)), claimant(), length);
    }

    /** A renewal or a release of something that was sent before, sometimes by a stranger or for another scope. */
    private @Nullable LeaseRecord ofKnown(boolean renewal) {
        if (known.isEmpty()) {
            return null;
        }
        LeaseRecord of = known.get(chance.nextInt(known.size()));
        String by = of instanceof LeaseRecord.Claim claim && chance.nextInt(5) > 0 ? claim.claimant() : claimant();
        Scope scope = chance.nextInt(8) > 0 ? of.scope() : scope();
        return renewal
                ? new LeaseRecord.Renewal(of.lease(), scope, by, Duration.ofMillis(chance.nextInt(1, LENGTH_MS)))
                : new LeaseRecord.Release(of.lease(), scope, by);
    }

    private LeaseRecord hold() {
        Instant until = chance.nextBoolean() ? null : START.plusMillis(now + chance.nextInt(-20, LENGTH_MS));
        UUID id = !known.isEmpty() && chance.nextInt(5) == 0
                ? known.get(chance.nextInt(known.size())).lease()
                : new UUID(3, ids++);
        return new LeaseRecord.Hold(id, scope(), "ann", "", until);
    }

    private Scope scope() {
        return SCOPES.get(chance.nextInt(SCOPES.size()));
    }

    private String claimant() {
        return CLAIMANTS.get(chance.nextInt(CLAIMANTS.size()));
    }
}
