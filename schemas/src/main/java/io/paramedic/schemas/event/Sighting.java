package io.paramedic.schemas.event;

import io.paramedic.schemas.identity.HostStream;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.identity.Names;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.HostObservation.HostFacts;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a collector has to say of a host. The sightings of one stream are numbered without a gap; a gap, or a beat whose
 * digest differs from what the sightings add up to, makes the host untrusted until a snapshot has healed it.
 */
public sealed interface Sighting extends PoolEvent.InPool {
    HostStream stream();

    /** Counts the sightings of the stream from 0. */
    long sequence();

    /** A sighting made from a sample, with the host's own time of that sample. */
    sealed interface Sample extends Sighting {
        HostTime time();
    }

    /**
     * The condition or another signal of one domain changed.
     *
     * @param window host uptime over which the observation was made
     * @param before the condition before; absent where the domain was not known
     * @param domain as it is now; {@link Condition.Gone} where it left
     */
    record DomainEvent(
            String pool,
            HostStream stream,
            long sequence,
            HostTime time,
            Duration window,
            @Nullable Condition before,
            WatchedDomain domain)
            implements Sample {
        public DomainEvent {
            requireNumbered(pool, sequence);
        }
    }

    /**
     * What the host says of itself changed, or what of it cannot be read.
     *
     * @param facts as they are now
     * @param unread all of it, not only what is new
     */
    record HostEvent(String pool, HostStream stream, long sequence, HostTime time, HostFacts facts, List<Unread> unread)
            implements Sample {
        public HostEvent {
            requireNumbered(pool, sequence);
            unread = List.copyOf(unread);
        }
    }

    /**
     * The host answers and nothing else is to be said.
     *
     * @param domains how many domains there are, dom0 included
     * @param digest of all that the stream has said so far, see {@link StateDigest}
     * @param toolstackTook how long the tool that lists domains took
     */
    record HostBeat(
            String pool,
            HostStream stream,
            long sequence,
            HostTime time,
            int domains,
            String digest,
            Duration toolstackTook)
            implements Sample {
        public HostBeat {
            requireNumbered(pool, sequence);
        }
    }

    /**
     * One part of the host's whole state; counts only together with all others of the same snapshot.
     *
     * @param snapshot drawn at random for each snapshot
     * @param part from 1
     * @param parts how many there are
     * @param digest of the whole state, the same in each part
     * @param facts of the host, the same in each part
     * @param domains those of this part, ascending by domid through the parts
     * @param unread of the host, the same in each part
     */
    record HostSnapshotPart(
            String pool,
            HostStream stream,
            long sequence,
            HostTime time,
            UUID snapshot,
            int part,
            int parts,
            Duration window,
            String digest,
            HostFacts facts,
            List<WatchedDomain> domains,
            List<Unread> unread)
            implements Sample {
        public HostSnapshotPart {
            requireNumbered(pool, sequence);
            if (part < 1 || part > parts) {
                throw new IllegalArgumentException("no part " + part + " of " + parts);
            }
            domains = List.copyOf(domains);
            unread = List.copyOf(unread);
        }
    }

    /**
     * The collector is well and the host does not answer it. Says nothing of the domains on the host.
     *
     * @param lastAnswer the host's time when it last answered this stream; absent where it never did
     * @param kind one lower-case word or words joined by hyphens for programs, for example {@code connection-refused}
     * @param sentence for people: the cause and the next step
     */
    record HostUnreachable(
            String pool,
            HostStream stream,
            long sequence,
            @Nullable HostTime lastAnswer,
            String kind,
            String sentence) implements Sighting {
        public HostUnreachable {
            requireNumbered(pool, sequence);
        }
    }

    private static void requireNumbered(String pool, long sequence) {
        Names.requirePool(pool);
        if (sequence < 0) {
            throw new IllegalArgumentException("the sightings of a stream are numbered from 0, not " + sequence);
        }
    }
}
