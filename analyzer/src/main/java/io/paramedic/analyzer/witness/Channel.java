package io.paramedic.analyzer.witness;

import java.util.Locale;

/** A way to learn of a guest's life that fails for reasons of its own. */
public enum Channel {
    /** What the hypervisor shows of its vCPUs. */
    VCPU,
    /** A key in xenstore that the guest keeps changing. */
    HEARTBEAT,
    /** Questions over the network. */
    PROBE;

    /** As people read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
