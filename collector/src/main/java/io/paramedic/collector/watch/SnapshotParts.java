package io.paramedic.collector.watch;

import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.wire.Codec;
import java.util.ArrayList;
import java.util.List;

/** Cuts a host's domains into parts that fit onto the topic. */
final class SnapshotParts {
    /** Leaves room for what each part repeats: the facts of the host, and what of it could not be read. */
    static final int PART_BYTES = Codec.MAX_BYTES / 2;

    private static final Codec<WatchedDomain> DOMAIN = Codec.ofDocument(WatchedDomain.class);

    private SnapshotParts() {}

    /** At least one part, of no domains where there are none; no part above the bytes but for a single domain. */
    static List<List<WatchedDomain>> of(Iterable<WatchedDomain> domains, int bytes) {
        List<List<WatchedDomain>> parts = new ArrayList<>();
        List<WatchedDomain> part = new ArrayList<>();
        int size = 0;
        for (WatchedDomain domain : domains) {
            int length = DOMAIN.encode(domain).length;
            if (!part.isEmpty() && size + length > bytes) {
                parts.add(part);
                part = new ArrayList<>();
                size = 0;
            }
            part.add(domain);
            size += length;
        }
        parts.add(part);
        return parts;
    }
}
