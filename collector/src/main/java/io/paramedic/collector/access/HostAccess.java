package io.paramedic.collector.access;

import java.util.function.Consumer;

/**
 * A way to run commands on one host. Implementations keep one connection, open it when it is first needed, open it again
 * after it broke, and are safe for use by many threads at once.
 *
 * <p>Failures of the host, the network or the command are returned, never thrown. What is thrown is a bug of ours or
 * {@link InterruptedException}.
 */
public interface HostAccess extends AutoCloseable {
    /** The host as messages name it, for example {@code root@xen-07}. */
    String name();

    /**
     * Runs one command to its end, or to its limit. Connecting counts towards the limit.
     *
     * <p>A command that hit a limit may go on running on the host: ending the channel ends only the waiting. Therefore no
     * step that changes anything is run through this method without a guard on the host.
     */
    CommandResult run(HostCommand command) throws InterruptedException;

    /**
     * Runs a command that goes on printing, such as {@code xenstore-watch}. Lines come on a thread of the implementation,
     * in order, without their line end; an overlong line is cut at the command's output limit. The command's time limit bounds
     * only the start. {@code ended} is called once, with how it ended, also after {@link CommandStream#close()}.
     */
    CommandStream stream(HostCommand command, Consumer<String> line, Consumer<CommandResult> ended)
            throws InterruptedException;

    /** Closes the connection; commands under way end as {@link CommandResult.ConnectionLost}. */
    @Override
    void close();

    /** A running streaming command. */
    interface CommandStream extends AutoCloseable {
        /** Ends the channel and returns at once. */
        @Override
        void close();
    }
}
