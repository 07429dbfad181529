package io.paramedic.deploy.simulation.tools;

/** One program. */
@FunctionalInterface
interface Tool {
    /** What the shell says when it cannot find a program. */
    int NOT_FOUND = 127;

    /** Runs with the lock of the host held; returns the exit status. */
    int run(ToolCall call) throws InterruptedException;
}
