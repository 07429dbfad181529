package io.paramedic.collector.access;

import java.util.function.Consumer;

/**
 * A way to run commands on one host. Implementations keep one connection, open it when it is first needed, open it
 * again after it broke, and are safe for use by many threads at once.
 *
 * <p>Failures of the host, the network or the command are returned, never thrown. What is thrown is a bug of ours or
 * {@link InterruptedException}.
 */
public interface HostAccess extends AutoCloseable {
    /** The host as messages name it, for example {@code root@xen-07}. */
    String name();

    /**
     * Runs one command to its end, or to its limit, without any input. Connecting counts towards the limit, and so
     * does waiting for a turn where many commands run at once. While a host that could not be reached is left alone
     * for a while, the answer is at once {@link CommandResult.NotReached} with the time of the next attempt.
     *
     * <p>A command that hit a limit may go on running on the host: ending the channel ends only the waiting.
     * Therefore no step that changes anything is run through this method without a guard on the host.
     */
    CommandResult run(HostCommand command) throws InterruptedException;

    /**
     * Runs a command that goes on printing, such as {@code xenstore-watch}. Lines come on a thread of the
     * implementation, in order, without their line end; an overlong line is cut at the command's output limit. The
     * command's time limit bounds only the start; this method returns when the command runs, or can not. {@code
     * ended} is called once, after the last line, with how it ended, also after {@link CommandStream#close()}; what
     * came on standard error is in it, standard output is not. A slow {@code line} slows the program down, and one
     * that throws ends it.
     */
    CommandStream stream(HostCommand command, Consumer<String> line, Consumer<CommandResult> ended)
            throws InterruptedException;

    /**
     * Closes the connection; commands under way end as {@link CommandResult.ConnectionLost}. A command after that is
     * a bug and throws {@link IllegalStateException}.
     */
    @Override
    void close();

    /** A running streaming command. */
    interface CommandStream extends AutoCloseable {
        /**
         * Ends the channel and returns at once; the program gets its end of file, and no promise is made that it
         * ends.
         */
        @Override
        void close();
    }
}
