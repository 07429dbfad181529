package io.paramedic.analyzer.pool;

import io.paramedic.schemas.event.WatchedDomain;
import java.util.List;

/** One part of a snapshot that is not yet complete. */
record PartKept(String host, int number, List<WatchedDomain> domains) {
    PartKept {
        domains = List.copyOf(domains);
    }
}
