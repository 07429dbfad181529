package io.paramedic.actuator.lease;

import io.paramedic.actuator.lease.Burnt.Fate;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.LeaseRecord.Claim;
import io.paramedic.schemas.lease.LeaseRecord.Release;
import io.paramedic.schemas.lease.LeaseRecord.Renewal;
import io.paramedic.schemas.lease.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The book of leases of one partition after some offset: an immutable value, the same for all who folded up to there.
 *
 * <ul>
 *   <li>Fold time is the greatest append time so far. It alone ends what runs out: at the first record at which it is past the
 *       expiry, before that record itself is judged. A length counts from the fold time at its record, which is the record's
 *       append time unless the brokers' clock has gone back; then the lease lasts longer for others than its holder believes,
 *       never shorter.
 *   <li>A claim that overlaps a lease or a hold in force is denied for ever.
 *   <li>A claim burns its command, granted or denied: no second claim for it is ever granted, whoever asks. A denial is told as
 *       the end of the command, and what has ended must not run when it is delivered again.
 *   <li>Only the claimant renews or releases, for exactly the scope that it claimed; anything else is void, and so is what
 *       comes after the end. A renewal never shortens.
 *   <li>A hold takes away no lease that is in force: the act goes on, and may be renewed. Anybody may end a hold, because who
 *       took it may have gone home; who did is on the log. It counts for exactly the scope that it names.
 *   <li>After a record that cannot be read, every claim is denied until fold time is past it by {@link #LONGEST_LEASE}: it may
 *       have been a claim or a renewal. Who can read it may have granted what is denied here, so such a denial counts as burning
 *       too, {@linkplain Fate.InDoubt in doubt}. A command whose claim it was has expired by then.
 * </ul>
 *
 * <p>The lengths here are constants and no settings, because readers with different ones would disagree.
 */
public final class LeaseBook {
    /** No lease is granted or renewed for longer; retention of the topic is far beyond it. */
    public static final Duration LONGEST_LEASE = Duration.ofMinutes(10);

    /** How long a burnt command is remembered: as long as commands are kept, so that one that comes again is known. */
    public static final Duration BURNT_KEPT = Duration.ofDays(30);

    /**
     * How long an id stays used after the claim of a lease or after the release of a hold. Who repeats a hold may have been stopped
     * for long before it does so, and does not know that it was released.
     */
    public static final Duration IDS_KEPT = BURNT_KEPT;

    private enum Mark {
        GRANTED,
        RELEASED,
        IN_DOUBT,
        DENIED
    }

    /** @param sentence why it was denied, for people; empty where it was not */
    private record Burn(Lease lease, Mark mark, String sentence) {
        Burn(Lease lease, Mark mark) {
            this(lease, mark, "");
        }
    }

    private final LeaseLog log;
    private final long next;
    private final Instant now;
    private final @Nullable Instant unreadableUntil;
    private final List<Lease> leases;
    private final List<Hold> holds;
    private final Remembered<Burn> burns;
    private final Remembered<Boolean> ids;

    private LeaseBook(
            LeaseLog log,
            long next,
            Instant now,
            @Nullable Instant unreadableUntil,
            List<Lease> leases,
            List<Hold> holds,
            Remembered<Burn> burns,
            Remembered<Boolean> ids) {
        this.log = log;
        this.next = next;
        this.now = now;
        this.unreadableUntil = unreadableUntil;
        this.leases = leases;
        this.holds = holds;
        this.burns = burns;
        this.ids = ids;
    }

    /** Before the first record. */
    public static LeaseBook empty(LeaseLog log) {
        return new LeaseBook(
                log, 0, Instant.EPOCH, null, List.of(), List.of(), Remembered.nothing(), Remembered.nothing());
    }

    /** The book after a record, and what the record did. */
    public record Folded(LeaseBook book, Ruling ruling) {}

    /**
     * Takes the next record.
     *
     * @param offset above those of all records so far; gaps are allowed
     * @param appended the record's append time
     */
    public Folded fold(long offset, Instant appended, LeaseRecord record) {
        LeaseBook book = reached(offset, appended);
        return switch (record) {
            case Claim claim -> book.judged(offset, claim);
            case Renewal renewal -> book.renewed(renewal);
            case Release release -> book.released(offset, release);
            case LeaseRecord.Hold hold -> book.held(offset, hold);
        };
    }

    /** Takes the next record, which nobody here can read. */
    public Folded foldUnreadable(long offset, Instant appended) {
        LeaseBook book = reached(offset, appended);
        Instant until = book.now.plus(LONGEST_LEASE);
        return new Folded(
                new LeaseBook(log, book.next, book.now, until, book.leases, book.holds, book.burns, book.ids),
                new Ruling.Unreadable());
    }

    public LeaseLog log() {
        return log;
    }

    /** The offset after the last record. */
    public long next() {
        return next;
    }

    /** Fold time. */
    public Instant now() {
        return now;
    }

    /** Leases in force, oldest first. */
    public List<Lease> leases() {
        return leases;
    }

    /** Holds in force, oldest first. */
    public List<Hold> holds() {
        return holds;
    }

    /** Leases in force that have something in common with the scope. */
    public List<Lease> leases(Scope scope) {
        return leases.stream().filter(lease -> lease.scope().overlaps(scope)).toList();
    }

    /** Holds in force that have something in common with the scope. */
    public List<Hold> holds(Scope scope) {
        return holds.stream().filter(hold -> hold.scope().overlaps(scope)).toList();
    }

    /** The lease of this id, while it is in force. */
    public Optional<Lease> lease(UUID id) {
        return leases.stream().filter(lease -> lease.id().equals(id)).findFirst();
    }

    /** Whether there was a claim for this command, and what became of it; empty where there was none. */
    public Optional<Burnt> burnt(UUID command) {
        Burn burn = burns.get(command);
        if (burn == null) {
            return Optional.empty();
        }
        Lease lease = burn.lease;
        Fate fate = switch (burn.mark) {
            case RELEASED -> new Fate.Released();
            case IN_DOUBT -> new Fate.InDoubt();
            case DENIED -> new Fate.Denied(burn.sentence);
            case GRANTED ->
                lease(lease.id())
                        .<Fate>map(held -> new Fate.InForce(held.until()))
                        .orElseGet(Fate.RanOut::new);
        };
        return Optional.of(new Burnt(command, lease.id(), lease.scope(), lease.claimant(), lease.token(), fate));
    }

    /** Fold time up to which every claim is denied because a record could not be read; empty where all could. */
    public Optional<Instant> unreadableUntil() {
        return Optional.ofNullable(unreadableUntil);
    }

    /** How many commands and lease ids are remembered. */
    int remembered() {
        return burns.size() + ids.size();
    }

    /** Time has come to a record: what is over ends before the record is judged. */
    private LeaseBook reached(long offset, Instant appended) {
        if (offset < next) {
            throw new IllegalArgumentException("offset " + offset + " comes after " + (next - 1));
        }
        Instant time = appended.isAfter(now) ? appended : now;
        return new LeaseBook(
                log,
                offset + 1,
                time,
                unreadableUntil == null || time.isAfter(unreadableUntil) ? null : unreadableUntil,
                kept(leases, lease -> !time.isAfter(lease.until())),
                kept(holds, hold -> !hold.isOver(time)),
                burns.without(time.minus(BURNT_KEPT)),
                ids.without(time.minus(IDS_KEPT)));
    }

    private Folded judged(long offset, Claim claim) {
        Lease asked = new Lease(
                claim.lease(),
                claim.scope(),
                claim.command(),
                claim.claimant(),
                log.token(claim.scope().pool(), offset),
                now);
        if (isUsed(claim.lease())) {
            return denied(asked, Denial.ID_USED, "an earlier record has the same lease id " + claim.lease());
        }
        LeaseBook book = using(claim.lease(), offset);
        if (claim.length().compareTo(LONGEST_LEASE) > 0) {
            return book.denied(asked, Denial.TOO_LONG, "a lease of " + claim.length() + " is longer than any may be");
        }
        Burn burn = burns.get(claim.command());
        if (burn != null) {
            return book.denied(asked, Denial.COMMAND_BURNT, burntSentence(burn.lease));
        }
        if (unreadableUntil != null) {
            return book.denied(asked, Denial.UNREADABLE_BEFORE, unreadableSentence(unreadableUntil));
        }
        for (Hold hold : holds) {
            if (hold.scope().overlaps(claim.scope())) {
                return book.denied(asked, Denial.HOLD_IN_FORCE, holdSentence(hold));
            }
        }
        for (Lease lease : leases) {
            if (lease.scope().overlaps(claim.scope())) {
                return book.denied(asked, Denial.LEASE_IN_FORCE, leaseSentence(lease));
            }
        }
        Lease granted = asked.until(now.plus(claim.length()));
        return new Folded(
                book.with(
                        plus(leases, granted),
                        holds,
                        burns.plus(claim.command(), offset, now, new Burn(granted, Mark.GRANTED))),
                new Ruling.Granted(granted));
    }

    private Folded renewed(Renewal renewal) {
        Optional<Lease> own = lease(renewal.lease())
                .filter(lease -> isOf(lease, renewal.claimant(), renewal.scope())
                        && renewal.length().compareTo(LONGEST_LEASE) <= 0);
        if (own.isEmpty()) {
            return nothing(renewal.lease(), "no lease in force that " + renewal.claimant() + " may renew so");
        }
        Instant asked = now.plus(renewal.length());
        Lease longer = asked.isAfter(own.get().until()) ? own.get().until(asked) : own.get();
        return new Folded(with(replaced(leases, own.get(), longer), holds, burns), new Ruling.Renewed(longer));
    }

    private Folded released(long offset, Release release) {
        Optional<Hold> hold = hold(release.lease()).filter(held -> held.scope().equals(release.scope()));
        if (hold.isPresent()) {
            return new Folded(
                    using(release.lease(), offset).with(leases, kept(holds, held -> held != hold.get()), burns),
                    new Ruling.HoldEnded(hold.get()));
        }
        Optional<Lease> own = lease(release.lease()).filter(lease -> isOf(lease, release.by(), release.scope()));
        if (own.isEmpty()) {
            return nothing(release.lease(), "no lease or hold in force that " + release.by() + " may release so");
        }
        return new Folded(
                with(
                        kept(leases, lease -> lease != own.get()),
                        holds,
                        burns.changed(own.get().command(), new Burn(own.get(), Mark.RELEASED))),
                new Ruling.Released(own.get()));
    }

    private Folded held(long offset, LeaseRecord.Hold hold) {
        Optional<Hold> known = hold(hold.lease());
        if (known.isPresent() && known.get().scope().equals(hold.scope())) {
            Hold again = known.get().recordedAt(now);
            return new Folded(with(leases, replaced(holds, known.get(), again), burns), new Ruling.Held(again));
        }
        if (known.isPresent() || isUsed(hold.lease())) {
            return nothing(hold.lease(), "an earlier record has the same id");
        }
        Hold taken = new Hold(
                hold.lease(),
                hold.scope(),
                hold.by(),
                hold.why(),
                hold.until(),
                log.token(hold.scope().pool(), offset),
                now);
        LeaseBook book = using(hold.lease(), offset);
        if (taken.isOver(now)) {
            return book.nothing(hold.lease(), "the hold was over before it was on the log");
        }
        return new Folded(book.with(leases, plus(holds, taken), burns), new Ruling.Held(taken));
    }

    private Optional<Hold> hold(UUID id) {
        return holds.stream().filter(hold -> hold.id().equals(id)).findFirst();
    }

    private boolean isUsed(UUID id) {
        return ids.contains(id) || lease(id).isPresent() || hold(id).isPresent();
    }

    private static boolean isOf(Lease lease, String claimant, Scope scope) {
        return lease.claimant().equals(claimant) && lease.scope().equals(scope);
    }

    private Folded denied(Lease asked, Denial reason, String sentence) {
        Ruling ruling = new Ruling.Denied(asked.id(), reason, sentence);
        if (burns.contains(asked.command())) {
            return new Folded(this, ruling);
        }
        Burn burn = reason == Denial.UNREADABLE_BEFORE
                ? new Burn(asked, Mark.IN_DOUBT)
                : new Burn(asked, Mark.DENIED, sentence);
        return new Folded(
                with(leases, holds, burns.plus(asked.command(), asked.token().offset(), now, burn)), ruling);
    }

    private Folded nothing(UUID id, String sentence) {
        return new Folded(this, new Ruling.Void(id, sentence));
    }

    private LeaseBook using(UUID id, long offset) {
        return new LeaseBook(
                log, next, now, unreadableUntil, leases, holds, burns, ids.anew(id, offset, now, Boolean.TRUE));
    }

    private LeaseBook with(List<Lease> leases, List<Hold> holds, Remembered<Burn> burns) {
        return new LeaseBook(log, next, now, unreadableUntil, leases, holds, burns, ids);
    }

    private static String burntSentence(Lease lease) {
        return "the command was claimed before, by " + lease.claimant() + " at offset "
                + lease.token().offset() + ", and is never run a second time";
    }

    private static String unreadableSentence(Instant until) {
        return "a record of the leases could not be read, so nobody knows who holds what; claims are denied until "
                + until + " and the record is in quarantine";
    }

    private static String holdSentence(Hold hold) {
        return hold.by() + " holds " + hold.scope() + (hold.until() == null ? "" : " until " + hold.until())
                + (hold.why().isEmpty() ? "" : ": " + hold.why());
    }

    private static String leaseSentence(Lease lease) {
        return lease.claimant() + " holds a lease on " + lease.scope() + " until " + lease.until() + " for command "
                + lease.command();
    }

    private static <T> List<T> kept(List<T> all, Predicate<T> rule) {
        for (T one : all) {
            if (!rule.test(one)) {
                return all.stream().filter(rule).toList();
            }
        }
        return all;
    }

    private static <T> List<T> plus(List<T> all, T one) {
        List<T> more = new ArrayList<>(all);
        more.add(one);
        return List.copyOf(more);
    }

    private static <T> List<T> replaced(List<T> all, T old, T now) {
        return all.stream().map(one -> one == old ? now : one).toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LeaseBook that
                && log.equals(that.log)
                && next == that.next
                && now.equals(that.now)
                && Objects.equals(unreadableUntil, that.unreadableUntil)
                && leases.equals(that.leases)
                && holds.equals(that.holds)
                && burns.equals(that.burns)
                && ids.equals(that.ids);
    }

    @Override
    public int hashCode() {
        return Objects.hash(log, next, now, leases, holds);
    }

    @Override
    public String toString() {
        return "LeaseBook[" + log + ", next " + next + ", now " + now + ", leases " + leases + ", holds " + holds + "]";
    }
}
