package io.paramedic.schemas.lease;

import io.paramedic.schemas.identity.Names;
import io.paramedic.schemas.identity.VmId;

/** What a lease covers. Scopes nest: a pool encloses its hosts, a host the VMs on it. */
public sealed interface Scope {
    String pool();

    /** The whole pool. */
    record Pool(String pool) implements Scope {
        public Pool {
            Names.requirePool(pool);
        }
    }

    /** One host with all VMs on it. */
    record Host(String pool, String host) implements Scope {
        public Host {
            Names.requirePool(pool);
            Names.requireHost(host);
        }
    }

    /** One VM, where it is now. */
    record Vm(String pool, String host, VmId vm) implements Scope {
        public Vm {
            Names.requirePool(pool);
            Names.requireHost(host);
        }
    }

    /** Whether this scope is the other one or contains it. */
    default boolean encloses(Scope other) {
        if (equals(other)) {
            return true;
        }
        return switch (this) {
            case Pool all -> all.pool.equals(other.pool());
            case Host whole ->
                other instanceof Vm inner && inner.pool.equals(whole.pool) && inner.host.equals(whole.host);
            case Vm _ -> false;
        };
    }

    /**
     * Whether both scopes have something in common, so that two leases on them cannot be held at once. One VM on two hosts
     * overlaps itself: the VM is the same, and two people at it are how it comes to run twice.
     */
    default boolean overlaps(Scope other) {
        if (encloses(other) || other.encloses(this)) {
            return true;
        }
        return this instanceof Vm mine
                && other instanceof Vm theirs
                && mine.pool.equals(theirs.pool)
                && mine.vm.equals(theirs.vm);
    }
}
