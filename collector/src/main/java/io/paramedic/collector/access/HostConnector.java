package io.paramedic.collector.access;

import io.paramedic.schemas.inventory.HostRecord;

/** Makes the way to a host from what the inventory says of it. */
@FunctionalInterface
public interface HostConnector {
    /**
     * A way to the host; nothing is connected before the first command. The caller closes it.
     *
     * @param host as the inventory has it
     */
    HostAccess connect(HostRecord host);
}
