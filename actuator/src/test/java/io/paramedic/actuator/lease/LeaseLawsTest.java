package io.paramedic.actuator.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.actuator.lease.History.Appended;
import io.paramedic.schemas.lease.LeaseRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The laws over a million random interleavings. A failure names the seed of the one history that broke a law; {@code
 * -Dleases.seed=N} replays it alone.
 */
class LeaseLawsTest {
    private static final int INTERLEAVINGS = 1_000_000;
    private static final int CHUNKS = 100;
    private static final LeaseLog LOG = new LeaseLog("c", "paramedic.leases", 0);

    /** What was in the histories: of claims, and of histories with at least one such claim. */
    private record Tally(
            long claims,
            long contended,
            long ranOut,
            long delayed,
            int withContended,
            int withRanOut,
            int withDelayed) {
        static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0);

        static Tally ofOne(long claims, long contended, long ranOut, long delayed) {
            return new Tally(
                    claims, contended, ranOut, delayed, contended > 0 ? 1 : 0, ranOut > 0 ? 1 : 0, delayed > 0 ? 1 : 0);
        }

        Tally plus(Tally other) {
            return new Tally(
                    claims + other.claims,
                    contended + other.contended,
                    ranOut + other.ranOut,
                    delayed + other.delayed,
                    withContended + other.withContended,
                    withRanOut + other.withRanOut,
                    withDelayed + other.withDelayed);
        }
    }

    /** Has no public constructor, so that a parallel stream passes it on as it is, with its message. */
    private static final class BrokenLaw extends AssertionError {
        private BrokenLaw(String message, Throwable cause) {
            super(message, cause);
        }
    }

    @Test
    void holdInEveryInterleaving() {
        String replay = System.getProperty("leases.seed");
        if (replay != null) {
            assertThat(judge(Long.parseLong(replay)).claims).isNotNegative();
            return;
        }
        long base = new Random().nextLong();
        int each = INTERLEAVINGS / CHUNKS;
        Tally all = IntStream.range(0, CHUNKS)
                .parallel()
                .mapToObj(chunk -> chunk(base + (long) chunk * each, each))
                .reduce(Tally.NOTHING, Tally::plus);
        System.out.printf(
                "%,d interleavings from seed %d, %,d claims: %.1f %% contended, %.1f %% ran out, %.1f %% delayed%n",
                INTERLEAVINGS,
                base,
                all.claims,
                percent(all.contended, all.claims),
                percent(all.ranOut, all.claims),
                percent(all.delayed, all.claims));
        // Of the claims, and of the interleavings, so that neither few rich histories nor many poor ones make up the
        // share.
        assertThat(List.of(all.contended, all.ranOut, all.delayed)).allMatch(count -> percent(count, all.claims) >= 5);
        assertThat(List.of(all.withContended, all.withRanOut, all.withDelayed))
                .allMatch(count -> percent(count, INTERLEAVINGS) >= 5);
    }

    private static Tally chunk(long first, int count) {
        Tally all = Tally.NOTHING;
        for (long seed = first; seed < first + count; seed++) {
            all = all.plus(judge(seed));
        }
        return all;
    }

    private static double percent(long part, long all) {
        return 100.0 * part / all;
    }

    private static Tally judge(long seed) {
        try {
            return judge(History.random(seed));
        } catch (AssertionError | RuntimeException broken) {
            throw new BrokenLaw("replay with -Dleases.seed=" + seed + ": " + broken.getMessage(), broken);
        }
    }

    private static Tally judge(List<Appended> history) {
        PlainBook plain = new PlainBook();
        LeaseBook book = LeaseBook.empty(LOG);
        Map<UUID, Instant> expiries = new HashMap<>();
        Set<UUID> granted = new HashSet<>();
        List<LeaseBook> books = new ArrayList<>(history.size());
        long claims = 0;
        long contended = 0;
        long delayed = 0;
        for (Appended line : history) {
            books.add(book);
            LeaseBook.Folded folded = folded(book, line);
            book = folded.book();
            check(word(folded.ruling()), plain.read(line.at(), line.record()));
            if (line.record() instanceof LeaseRecord.Claim) {
                claims++;
                contended += plain.contended ? 1 : 0;
                delayed += line.delayed() ? 1 : 0;
            }
            checkGrant(folded.ruling(), line, books.getLast(), granted);
            checkNoOverlap(book);
            checkExpiries(book, expiries);
        }
        checkReaders(history, books, book);
        return Tally.ofOne(claims, contended, plain.ranOut, delayed);
    }

    private static LeaseBook.Folded folded(LeaseBook book, Appended line) {
        LeaseRecord record = line.record();
        return record == null
                ? book.foldUnreadable(line.offset(), line.at())
                : book.fold(line.offset(), line.at(), record);
    }

    private static String word(Ruling ruling) {
        return ruling instanceof Ruling.Denied denied
                ? denied.reason().name()
                : ruling.getClass().getSimpleName();
    }

    private static void check(String found, String expected) {
        if (!found.equals(expected)) {
            throw new AssertionError("the book says " + found + ", the laws say " + expected);
        }
    }

    /** Whoever is granted: with its own offset as token, where nothing was in force before, and for a command for once. */
    private static void checkGrant(Ruling ruling, Appended line, LeaseBook before, Set<UUID> granted) {
        if (ruling instanceof Ruling.Granted(Lease lease)) {
            Instant now = line.at().isAfter(before.now()) ? line.at() : before.now();
            require(granted.add(lease.command()), "a burnt command was granted again");
            require(lease.token().offset() == line.offset(), "the token is not the offset of the claim");
            require(
                    before.holds(lease.scope()).stream().allMatch(hold -> hold.isOver(now)),
                    "a claim was granted against a hold");
            require(
                    before.leases(lease.scope()).stream().allMatch(other -> now.isAfter(other.until())),
                    "a claim was granted against a lease");
        }
    }

    private static void checkNoOverlap(LeaseBook book) {
        List<Lease> leases = book.leases();
        for (int i = 0; i < leases.size(); i++) {
            for (int j = 0; j < i; j++) {
                require(!leases.get(i).scope().overlaps(leases.get(j).scope()), "two overlapping leases are in force");
            }
        }
    }

    private static void checkExpiries(LeaseBook book, Map<UUID, Instant> expiries) {
        for (Lease lease : book.leases()) {
            Instant before = expiries.put(lease.id(), lease.until());
            require(before == null || !lease.until().isBefore(before), "an expiry went back");
            require(!book.now().isAfter(lease.until()), "a lease is in force past its expiry");
        }
    }

    /** A second reader agrees at every offset; so does one who goes on from the book of another. */
    private static void checkReaders(List<Appended> history, List<LeaseBook> books, LeaseBook last) {
        LeaseBook second = LeaseBook.empty(LOG);
        int joint = history.size() / 2;
        for (int i = 0; i < history.size(); i++) {
            if (i == joint) {
                require(second.equals(books.get(i)), "two readers disagree");
                second = books.get(i);
            }
            second = folded(second, history.get(i)).book();
        }
        require(second.equals(last), "two readers disagree at the end");
    }

    private static void require(boolean holds, String law) {
        if (!holds) {
            throw new AssertionError(law);
        }
    }
}
