package io.paramedic.schemas.event;

import io.paramedic.schemas.identity.Names;
import io.paramedic.schemas.inventory.HostRecord;
import java.util.UUID;

/** Anything that can change what the analyzer knows or does. Its time is its append time on the log, not a field. */
public sealed interface PoolEvent permits PoolEvent.InPool, PoolEvent.Tick {
    /** Concerns one pool. */
    sealed interface InPool extends PoolEvent
            permits Sighting, StepOutcome, Control, HoldTold, PolicyChanged, HostListed, HostUnlisted {
        String pool();
    }

    /**
     * Time passes though nothing happens, on a whole partition.
     *
     * @param partition of the topic
     * @param analyzer the run of the analyzer that owns the partition, and knows itself live by reading its own ticks
     * @param number counts the ticks of that run from 0
     * @param lastRead the last number that the run had read back when it sent this one; -1 for none. That it is close to
     *     {@code number} is what shows, on the log itself, that the run reads the log as it grows
     */
    record Tick(int partition, UUID analyzer, long number, long lastRead) implements PoolEvent {}

    /** A host came into the pool, or its record in the inventory changed. */
    record HostListed(HostRecord host) implements InPool {
        @Override
        public String pool() {
            return host.pool();
        }
    }

    /** A host left the pool; what is known of it no longer counts. */
    record HostUnlisted(String pool, String host) implements InPool {
        public HostUnlisted {
            Names.requirePool(pool);
            Names.requireHost(host);
        }
    }

    /**
     * Another policy holds from here on.
     *
     * @param revision counts the pool's policies, from 1
     * @param document the policy as it was written
     * @param sha256 of the document in UTF-8, 64 lower-case hexadecimal digits
     * @param by who set it
     * @param why for people
     */
    record PolicyChanged(String pool, long revision, String document, String sha256, String by, String why)
            implements InPool {
        public PolicyChanged {
            Names.requirePool(pool);
        }
    }
}
