package io.paramedic.schemas.event;

import io.paramedic.schemas.observation.HostObservation.HostFacts;
import io.paramedic.schemas.observation.HostObservation.Unread;
import io.paramedic.schemas.wire.Codec;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The digest of all that a stream has said of its host: the last facts and the last published form of each domain that is
 * there. Collector and analyzer keep it up to date as they go, so that a beat costs the same for one domain and for a
 * thousand; hence the exclusive or of the parts' SHA-256, which knows no order and lets a part be taken out again. It guards
 * against loss and mistakes, not against forgery.
 *
 * <p>The parts are hashed as this release writes them. A reader of an older release that does not know a new field comes to
 * another digest, distrusts the host and acts on nothing, so analyzers are upgraded before collectors.
 */
public record StateDigest(long a, long b, long c, long d) {
    /** Of a stream that has said nothing yet. */
    public static final StateDigest NOTHING = new StateDigest(0, 0, 0, 0);

    private static final Codec<WatchedDomain> DOMAIN = Codec.ofDocument(WatchedDomain.class);
    private static final Codec<Whole> WHOLE = Codec.ofDocument(Whole.class);

    private record Whole(HostFacts facts, List<Unread> unread) {}

    /** Adds a domain that the digest does not hold yet. */
    public StateDigest with(WatchedDomain domain) {
        return toggled(DOMAIN.encode(domain));
    }

    /** Takes out a domain exactly as it was added. */
    public StateDigest without(WatchedDomain domain) {
        return toggled(DOMAIN.encode(domain));
    }

    /** Adds what the host says of itself. */
    public StateDigest with(HostFacts facts, List<Unread> unread) {
        return toggled(WHOLE.encode(new Whole(facts, unread)));
    }

    /** Takes out what the host said of itself exactly as it was added. */
    public StateDigest without(HostFacts facts, List<Unread> unread) {
        return toggled(WHOLE.encode(new Whole(facts, unread)));
    }

    /** The form on the wire: 64 lower-case hexadecimal digits. */
    public String hex() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(a) + hex.toHexDigits(b) + hex.toHexDigits(c) + hex.toHexDigits(d);
    }

    private StateDigest toggled(byte[] part) {
        try {
            ByteBuffer hash =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(part));
            return new StateDigest(a ^ hash.getLong(), b ^ hash.getLong(), c ^ hash.getLong(), d ^ hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
