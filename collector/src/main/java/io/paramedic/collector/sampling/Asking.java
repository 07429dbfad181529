package io.paramedic.collector.sampling;

import io.paramedic.collector.access.HostCommand;

/** Runs one command on the host. */
@FunctionalInterface
interface Asking {
    ToolAnswer run(HostCommand command) throws InterruptedException;
}
