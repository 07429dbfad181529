package io.paramedic.analyzer.sightings;

import io.paramedic.schemas.inventory.HostRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one host, its domains apart.
 *
 * @param host its name
 * @param listed its record in the inventory; absent where it was only heard of
 * @param feed how far its stream was read
 * @param pulse how regularly it is seen
 * @param trust whether what is known is complete
 * @param word what it says of itself; absent until it did
 * @param health what the last diagnosis made of it
 * @param block absent where nothing blocks it
 * @param dirty whether its overview is to be written
 * @param shown append time at which that was last done; absent where it never was
 * @param wake when it is to be looked at though nothing is heard of it; absent where it is not
 */
public record HostState(
        String host,
        @Nullable HostRecord listed,
        Feed feed,
        Pulse pulse,
        Trust trust,
        @Nullable Word word,
        Health health,
        @Nullable Block block,
        boolean dirty,
        @Nullable Instant shown,
        @Nullable Instant wake) {
    public static HostState unheard(String host) {
        return new HostState(
                host, null, Feed.NONE, Pulse.NONE, Trust.NONE, null, Health.UNKNOWN, null, true, null, null);
    }

    /** Whether it is in no inventory and was not heard of since: all that is left of it is its block. */
    public boolean left() {
        return listed == null && feed.stream() == null;
    }

    public HostState listedAs(@Nullable HostRecord now) {
        return new HostState(host, now, feed, pulse, trust, word, health, block, true, shown, wake);
    }

    public HostState with(Feed now) {
        return new HostState(host, listed, now, pulse, trust, word, health, block, dirty, shown, wake);
    }

    public HostState with(Pulse now) {
        return new HostState(host, listed, feed, now, trust, word, health, block, dirty, shown, wake);
    }

    public HostState with(Trust now) {
        return new HostState(host, listed, feed, pulse, now, word, health, block, true, shown, wake);
    }

    public HostState with(Word now) {
        return new HostState(host, listed, feed, pulse, trust, now, health, block, true, shown, wake);
    }

    public HostState with(Health now) {
        return new HostState(host, listed, feed, pulse, trust, word, now, block, dirty, shown, wake);
    }

    public HostState blockedBy(@Nullable Block now) {
        return new HostState(host, listed, feed, pulse, trust, word, health, now, true, shown, wake);
    }

    public HostState toBeShown() {
        return new HostState(host, listed, feed, pulse, trust, word, health, block, true, shown, wake);
    }

    public HostState shownAt(Instant now) {
        return new HostState(host, listed, feed, pulse, trust, word, health, block, false, now, wake);
    }

    public HostState wakingAt(@Nullable Instant due) {
        return new HostState(host, listed, feed, pulse, trust, word, health, block, dirty, shown, due);
    }

    /** Whether what is known of it is complete and was confirmed by a sample of this live time of the analyzer. */
    public boolean reliable(long epoch) {
        return trust.trusted() && pulse.unreachable() == null && pulse.floor() != null && pulse.epoch() == epoch;
    }
}
