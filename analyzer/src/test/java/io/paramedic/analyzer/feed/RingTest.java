package io.paramedic.analyzer.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.analyzer.feed.Ring.Frame;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.journal.Chain;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ring knows how far back it reaches, and never says that it does where it does not. */
class RingTest {
    private final Ring ring = new Ring(2, new long[] {10, 20});

    @Test
    void reachesBackToWhereItBegan() {
        assertThat(ring.reachesBackTo(new long[] {10, 20})).isTrue();
        assertThat(ring.reachesBackTo(new long[] {9, 20})).isFalse();
        assertThat(ring.reachesBackTo(new long[] {10, 19})).isFalse();
    }

    @Test
    void whatItForgetsItNoLongerReaches() {
        ring.add(List.of(frame(0, 10), frame(1, 20), frame(0, 12)), new long[] {13, 21});
        assertThat(ring.reachesBackTo(new long[] {10, 20})).isFalse();
        assertThat(ring.reachesBackTo(new long[] {11, 20})).isTrue();
        assertThat(ring.get(0)).isNull();
        assertThat(ring.get(1)).isNotNull();
        assertThat(ring.get(3)).isNull();
    }

    @Test
    void aPlaceBeyondWhatWasReadIsNotReached() {
        assertThat(ring.hasReached(new long[] {10, 20})).isTrue();
        assertThat(ring.hasReached(new long[] {10, 21})).isFalse();
    }

    @Test
    void afterAGapNothingBeforeItIsReached() {
        ring.add(List.of(frame(0, 10)), new long[] {11, 20});
        ring.restart(new long[] {50, 20});
        assertThat(ring.reachesBackTo(new long[] {11, 20})).isFalse();
        assertThat(ring.reachesBackTo(new long[] {50, 20})).isTrue();
        assertThat(ring.size()).isZero();
    }

    @Test
    void theNewestAreGivenOldestFirst() {
        ring.add(List.of(frame(0, 10), frame(1, 20), frame(0, 12)), new long[] {13, 21});
        assertThat(ring.newest(5, null)).extracting(Decided::offset).containsExactly(20L, 12L);
        assertThat(ring.newest(5, "p1")).extracting(Decided::offset).containsExactly(20L);
        assertThat(ring.newest(1, null)).extracting(Decided::offset).containsExactly(12L);
    }

    private static Frame frame(int partition, long offset) {
        JournalEntry entry = new JournalEntry(
                "p" + partition,
                offset,
                Chain.START,
                Instant.EPOCH,
                new JournalEntry.Cause(0, 0),
                "0",
                0,
                Mode.ACT,
                new Decision.HostTrusted("xen-a"),
                "",
                List.of(),
                Chain.START);
        return Frame.of(new Decided(partition, offset, entry, new byte[] {'{', '}'}));
    }
}
