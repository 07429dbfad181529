package io.paramedic.collector.access.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.sshd.client.channel.ChannelExec;
import org.jspecify.annotations.Nullable;

/**
 * One command on a connection. What MINA's own channel does not tell is whether the request to run the command was
 * ever sent, whether the server refused it, and whether the server closed the channel or it was cut off.
 */
final class ExecChannel extends ChannelExec {
    /**
     * How it ended.
     *
     * @param status the exit status, if one came
     * @param signal the signal that ended the program, if one came
     * @param whole whether the server itself ended the channel, so that all output is here
     * @param refused whether the server refused to run it
     */
    record Ending(@Nullable Integer status, @Nullable String signal, boolean whole, boolean refused) {}

    private final BooleanSupplier mayStart;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private volatile boolean endedByServer;
    private volatile boolean refused;

    /** @param mayStart asked once, right before the command is sent; if it says no, the command surely never starts */
    ExecChannel(String command, BooleanSupplier mayStart) {
        super(command, null, Map.of());
        this.mayStart = mayStart;
        addCloseFutureListener(_ -> ending.complete(
                new Ending(getExitStatus(), getExitSignal(), endedByServer || isEofSignalled(), refused)));
    }

    void outputTo(@Nullable OutputStream stdout, OutputStream stderr) {
        if (stdout != null) {
            setOut(stdout);
        }
        setErr(stderr);
    }

    /** Completes when the channel is closed, always. */
    CompletableFuture<Ending> ending() {
        return ending;
    }

    @Override
    protected void doOpen() throws IOException {
        if (!mayStart.getAsBoolean()) {
            // Not by throwing: MINA would then forget the channel without telling the server, which would keep a
            // session for it.
            close(false);
            return;
        }
        super.doOpen();
        // There is no input. Without this a program that reads it would wait for ever.
        sendEof();
    }

    @Override
    public void handleFailure() throws IOException {
        refused = true;
        super.handleFailure();
    }

    @Override
    public void handleClose() throws IOException {
        endedByServer = true;
        super.handleClose();
    }
}
