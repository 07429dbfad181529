package io.paramedic.analyzer.sightings;

import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.identity.HostTime;
import java.time.Duration;
import java.util.List;

/** What a sighting changes in what is known of the domains of its host. */
public sealed interface Change {
    /** Nothing, and it was no sample either. */
    record Ignored(String why) implements Change {}

    /** No domain changed, as a sample of this time shows. */
    record Confirmed(HostTime at) implements Change {}

    /** The collector cannot reach the host. */
    record Unreached() implements Change {}

    /** One domain is as it says. */
    record Seen(HostTime at, WatchedDomain domain, Duration window) implements Change {}

    /** One domain is not there any more. */
    record Left(HostTime at, int domid) implements Change {}

    /** These domains are there and no others. */
    record Whole(HostTime at, List<WatchedDomain> domains, Duration window) implements Change {}

    /** A part to be kept until the snapshot is complete. */
    record Part(HostTime at, int number, List<WatchedDomain> domains) implements Change {}
}
