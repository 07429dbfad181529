package io.paramedic.deploy.simulation.model;

/** What the xenstored process of a host does; the tools that hang differ (lab facts 5). */
public enum XenstoredState {
    RUNNING,
    /** Stopped by a signal: whoever connects waits for ever, until it continues. */
    STOPPED,
    /** Dead: tools that need it wait for ever; {@code xl info} and {@code xl dmesg} still answer. */
    KILLED
}
