package io.paramedic.analyzer.sightings;

import io.paramedic.schemas.event.StateDigest;
import io.paramedic.schemas.identity.HostStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far one stream has been read.
 *
 * @param stream that counts; absent while none was heard
 * @param next sequence number that it must have next
 * @param digest of all that it has said; absent while something of it is missing
 * @param gathering the snapshot whose parts are coming in; absent while there is none
 */
public record Feed(
        @Nullable HostStream stream,
        long next,
        @Nullable StateDigest digest,
        @Nullable Gathering gathering) {
    static final Feed NONE = new Feed(null, 0, null, null);

    /**
     * A snapshot that is not yet complete.
     *
     * @param snapshot its id
     * @param parts how many there are
     * @param got how many have come in, without a gap from the first on
     */
    public record Gathering(UUID snapshot, int parts, int got) {}

    Feed with(@Nullable StateDigest now) {
        return new Feed(stream, next, now, gathering);
    }

    Feed with(@Nullable Gathering now) {
        return new Feed(stream, next, digest, now);
    }

    Feed expecting(long number) {
        return new Feed(stream, number, digest, gathering);
    }
}
