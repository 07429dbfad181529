package io.paramedic.deploy.simulation.model;

/** What the hypervisor says of the virtual CPUs of a domain at one instant (toolstack facts §1.4). */
public enum RunState {
    /** At least one is on a physical CPU. */
    RUNNING,
    /** All online ones sleep until an event. */
    BLOCKED,
    /** Neither: waiting for a physical CPU, or stopped inside Xen for the device model (toolstack facts §0). */
    NEITHER
}
