package io.paramedic.collector.access.ssh;

import io.paramedic.collector.access.CapturedOutput;
import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.CommandResult.Unreachable;
import io.paramedic.collector.access.HostCommand;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One command from the call to its result. A virtual thread of its own does all that could block; whoever called
 * waits for the result only, and at the limit takes what there is, so that nothing in MINA can hold the caller up.
 */
final class CommandRun {
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private enum Stage {
        WAITING,
        MAY_HAVE_STARTED,
        GIVEN_UP
    }

    private final String host;
    private final HostCommand command;
    private final String line;
    private final boolean sudo;
    private final Connection connection;
    private final Semaphore turns;
    private final @Nullable Streaming streaming;
    private final CapturedOutput stdout;
    private final CapturedOutput stderr;
    private final long start = System.nanoTime();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private final CompletableFuture<CommandResult> result = new CompletableFuture<>();
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private volatile @Nullable ExecChannel channel;
    private volatile boolean hasTurn;

    /**
     * Who takes the output of a command that goes on printing, on the run's own thread.
     *
     * @param stdout reads standard output; its pace is the program's, because the channel's window fills
     * @param ended is called once, after the last of the output
     */
    record Streaming(Consumer<InputStream> stdout, Consumer<CommandResult> ended) {}

    /** @param streaming where it is null, output is kept and bounded */
    CommandRun(
            String host,
            HostCommand command,
            boolean sudo,
            Connection connection,
            Semaphore turns,
            @Nullable Streaming streaming) {
        this.host = host;
        this.command = command;
        this.line = sudo ? "sudo -n -- sh -c " + quoted(command.line()) : command.line();
        this.sudo = sudo;
        this.connection = connection;
        this.turns = turns;
        this.streaming = streaming;
        Runnable overflow = streaming == null ? this::tooMuch : () -> {};
        this.stdout = new CapturedOutput(command.outputLimit(), overflow);
        this.stderr = new CapturedOutput(command.outputLimit(), overflow);
    }

    private static String quoted(String line) {
        return "'" + line.replace("'", "'\\''") + "'";
    }

    void begin() {
        Thread.ofVirtual().name("ssh run " + host).start(this::work);
    }

    /** Waits for the end, or gives up at the limit. */
    CommandResult await() throws InterruptedException {
        try {
            return result.get(remaining(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            expire();
            return result.join();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "running a command on " + host + " failed by a fault of Paramedic", e.getCause());
        } catch (InterruptedException e) {
            cut("Paramedic gave it up");
            throw e;
        }
    }

    /** Waits until it runs, or ended, or its limit is over; then it is given up. */
    void awaitStart() throws InterruptedException {
        try {
            CompletableFuture.anyOf(started, result).get(remaining(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            expire();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "starting a command on " + host + " failed by a fault of Paramedic", e.getCause());
        } catch (InterruptedException e) {
            cut("Paramedic gave it up");
            throw e;
        }
    }

    /** Ends it from our side. */
    void cut(String how) {
        if (stage.compareAndSet(Stage.WAITING, Stage.GIVEN_UP)) {
            finish(notReached(SshFailures.notStarted(host, took())));
        } else {
            finish(new CommandResult.ConnectionLost(how, stdout.text(), stderr.text(), took()));
        }
    }

    private void expire() {
        if (stage.compareAndSet(Stage.WAITING, Stage.GIVEN_UP)) {
            Unreachable why = hasTurn
                    ? connection
                            .noAnswerYet(command.limit())
                            .orElseGet(() -> SshFailures.notStarted(host, command.limit()))
                    : SshFailures.noFreeChannel(host, command.limit());
            finish(notReached(why));
        } else {
            finish(new CommandResult.TimedOut(command.limit(), stdout.text(), stderr.text(), took()));
        }
    }

    private void tooMuch() {
        finish(new CommandResult.TooMuchOutput(command.outputLimit(), stdout.text(), stderr.text(), took()));
    }

    /** The first result counts; whatever still runs is then ended, on a thread that may wait. */
    private void finish(CommandResult value) {
        if (result.complete(value)) {
            ExecChannel open = channel;
            if (open != null && !open.isClosed()) {
                Thread.ofVirtual().name("ssh close " + host).start(() -> close(open));
            }
        }
    }

    private static void close(ExecChannel open) {
        try {
            // Politely first, so that the server learns of it and the program gets its end of file.
            if (open.close(false).await(CLOSING)) {
                return;
            }
        } catch (IOException e) {
            // The connection is going away too.
        }
        open.close(true);
    }

    private void work() {
        takeTurn();
        if (streaming != null) {
            streaming.ended().accept(settled());
        }
    }

    private CommandResult settled() {
        return result.exceptionally(fault -> new CommandResult.ConnectionLost(
                        "a fault of Paramedic: " + fault, stdout.text(), stderr.text(), took()))
                .join();
    }

    private void takeTurn() {
        try {
            if (!turns.tryAcquire(remaining(), TimeUnit.NANOSECONDS)) {
                return;
            }
            try {
                hasTurn = true;
                execute();
            } finally {
                turns.release();
            }
        } catch (UnreachableException e) {
            finish(notReached(e.why()));
        } catch (InterruptedException | RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    private void execute() throws UnreachableException, InterruptedException {
        boolean lostBefore = false;
        while (stage.get() == Stage.WAITING) {
            Link link = link();
            if (link == null) {
                return;
            }
            if (!link.enter()) {
                continue;
            }
            ExecChannel opening = new ExecChannel(line, this::mayStart);
            opening.outputTo(streaming == null ? stdout : null, stderr);
            channel = opening;
            Exception failure = open(link, opening);
            if (failure == null) {
                serve(link, opening);
                return;
            }
            if (SshFailures.channelRefused(failure)) {
                refused(link, failure);
                continue;
            }
            link.leave(stage.get() != Stage.MAY_HAVE_STARTED);
            if (stage.get() == Stage.MAY_HAVE_STARTED) {
                opening.close(true);
                finish(resultOf(opening.ending().join()));
                return;
            }
            if (took().compareTo(command.limit()) >= 0) {
                return;
            }
            if (lostBefore) {
                throw new UnreachableException(SshFailures.linkLost(host, failure));
            }
            // The kept connection was dead and nobody had noticed; the command was not sent, so once more is safe.
            lostBefore = true;
            connection.foundBroken(link);
        }
    }

    private @Nullable Exception open(Link link, ExecChannel opening) {
        try {
            link.register(opening);
            opening.open().verify(Duration.ofNanos(remaining()));
            return null;
        } catch (IOException | RuntimeException e) {
            return e;
        }
    }

    private boolean mayStart() {
        return stage.compareAndSet(Stage.WAITING, Stage.MAY_HAVE_STARTED);
    }

    /** The connection; null if the time was over first. */
    private @Nullable Link link() throws UnreachableException, InterruptedException {
        try {
            return connection.link().get(remaining(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnreachableException unreachable) {
                throw unreachable;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The server has no room for one channel more: wait for one of ours to end, or connect anew. */
    private void refused(Link link, Exception refusal) throws UnreachableException, InterruptedException {
        long now = link.leaveRefused();
        if (link.worthRetiring()) {
            connection.retire(link);
        } else if (link.busy()) {
            link.awaitChange(now, remaining());
        } else {
            throw new UnreachableException(SshFailures.commandRefused(host, SshFailures.message(refusal)));
        }
    }

    private void serve(Link link, ExecChannel open) {
        ExecChannel.Ending ending = null;
        try {
            started.complete(null);
            if (result.isDone() || stage.get() == Stage.GIVEN_UP) {
                close(open);
            } else if (streaming != null) {
                read(streaming.stdout(), open);
            }
            ending = open.ending().join();
            finish(resultOf(ending));
        } finally {
            link.leave(ending != null && ending.status() != null);
        }
    }

    private void read(Consumer<InputStream> reader, ExecChannel open) {
        try {
            reader.accept(open.getInvertedOut());
        } catch (RuntimeException e) {
            cut("its reader failed: " + e);
            throw e;
        }
    }

    private CommandResult resultOf(ExecChannel.Ending ending) {
        if (ending.refused()) {
            return notReached(SshFailures.commandRefused(host, "the request was answered with a failure"));
        }
        Integer status = ending.status();
        if (status != null && ending.whole()) {
            Unreachable why = sudo ? SshFailures.sudo(host, status, stdout.text(), stderr.text()) : null;
            return why != null
                    ? notReached(why)
                    : new CommandResult.Completed(status, stdout.text(), stderr.text(), took());
        }
        String how = ending.signal() != null
                ? "it was ended by signal " + ending.signal()
                : "the connection to %s went away".formatted(host);
        return new CommandResult.ConnectionLost(how, stdout.text(), stderr.text(), took());
    }

    private CommandResult notReached(Unreachable why) {
        return new CommandResult.NotReached(why, took());
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private long remaining() {
        return Math.max(1, command.limit().toNanos() - (System.nanoTime() - start));
    }
}
