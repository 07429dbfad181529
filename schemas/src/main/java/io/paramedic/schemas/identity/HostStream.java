package io.paramedic.schemas.identity;

import java.util.UUID;

/**
 * One collector's unbroken watch over one host. Sequence numbers and digests belong to a stream and are compared with
 * nothing outside it. Of two streams for one host that of the higher generation counts.
 *
 * @param host the host's name in the inventory
 * @param session drawn at random when the collector takes the host over
 * @param generation of the consumer group when it gave the host to this collector; at least 0
 */
public record HostStream(String host, UUID session, int generation) {
    public HostStream {
        Names.requireHost(host);
        if (generation < 0) {
            throw new IllegalArgumentException("a consumer group has no generation " + generation);
        }
    }
}
