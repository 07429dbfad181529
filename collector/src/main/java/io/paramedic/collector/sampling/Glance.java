package io.paramedic.collector.sampling;

import io.paramedic.collector.dialect.ProcessRow;
import io.paramedic.schemas.observation.HostObservation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What came of one look of many at a host. */
public sealed interface Glance {
    /**
     * It answered.
     *
     * @param observation what it showed; without domains where {@code listing} is {@link Listing#NONE}
     * @param listing how far the list of domains was read
     * @param took how long the list of domains took
     * @param vms uuids of VMs that XAPI has a record of and that may be on this host
     * @param guests what guests wrote into xenstore, by domid; empty where it was not read
     * @param makers processes of {@code xl} that made domains and wait for them
     */
    record Seen(
            HostObservation observation,
            Listing listing,
            Duration took,
            Set<UUID> vms,
            Map<Integer, Guest> guests,
            List<ProcessRow> makers)
            implements Glance {
        public Seen {
            vms = Set.copyOf(vms);
            guests = Map.copyOf(guests);
            makers = List.copyOf(makers);
        }
    }

    /**
     * Its own clock could not be read, so that nothing is known of it.
     *
     * @param kind one lower-case word or words joined by hyphens
     * @param sentence for people: the cause and the next step
     */
    record NotSeen(String kind, String sentence) implements Glance {}

    /** How far the list of domains was read. */
    enum Listing {
        /** Each row was understood: a domain that is missing is not there. */
        WHOLE,
        /** Some row was not understood: a domain that is missing may be that row. */
        PARTIAL,
        /** Nothing of it. */
        NONE
    }

    /**
     * What a guest wrote into xenstore. It may write anything.
     *
     * @param values of the nodes that are asked for as signs of life, by their path below the domain
     * @param addresses where it says that it can be reached, as it wrote them
     */
    record Guest(Map<String, String> values, List<String> addresses) {
        public Guest {
            values = Map.copyOf(values);
            addresses = List.copyOf(addresses);
        }
    }
}
