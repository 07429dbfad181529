package io.paramedic.schemas.request;

import io.paramedic.schemas.identity.Names;
import java.util.UUID;

/** Something asked of the collector that owns the host. A request that comes twice is answered twice; that does no harm. */
public sealed interface Request {
    UUID id();

    String host();

    /** Who asks: a part of Paramedic, or a person. */
    String by();

    /**
     * Take a sample now instead of at the next poll.
     *
     * @param why for people
     */
    record LookNow(UUID id, String host, String by, String why) implements Request {
        public LookNow {
            Names.requireHost(host);
        }
    }

    /**
     * Publish the whole state of the host, because a gap or a wrong digest was seen.
     *
     * @param why for people
     */
    record SendSnapshot(UUID id, String host, String by, String why) implements Request {
        public SendSnapshot {
            Names.requireHost(host);
        }
    }
}
