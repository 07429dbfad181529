package io.paramedic.collector.access;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * This machine, through {@code /bin/sh -c}. Unlike over SSH, a command that hit a limit is killed with all its children
 * that still hang on it, because here that can be done. The JDK tells a program that was ended by signal n as exit
 * status 128 + n, as a shell does, so here that is {@link CommandResult.Completed}.
 */
public final class LocalAccess implements HostAccess {
    private static final String SHELL = "/bin/sh";

    private final Set<Run> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    @Override
    public String name() {
        return "local";
    }

    @Override
    public CommandResult run(HostCommand command) throws InterruptedException {
        Run run = new Run(command, true);
        running.add(run);
        try {
            if (!run.start()) {
                return run.result.resultNow();
            }
            run.pump(run.stdout::readFully);
            return run.await();
        } finally {
            run.kill();
            running.remove(run);
        }
    }

    @Override
    public CommandStream stream(HostCommand command, Consumer<String> line, Consumer<CommandResult> ended) {
        Run run = new Run(command, false);
        running.add(run);
        Consumer<InputStream> lines = in -> run.readLines(in, line);
        if (run.start()) {
            run.pump(lines);
        }
        Thread.ofVirtual().name("local stream").start(() -> {
            CommandResult result = run.result.join();
            run.kill();
            running.remove(run);
            ended.accept(result);
        });
        return () -> run.cut("Paramedic ended it");
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(run -> run.cut("the access to this machine was closed"));
    }

    /** One process with its two pumps. */
    private final class Run {
        private final HostCommand command;
        private final long start = System.nanoTime();
        private final CompletableFuture<CommandResult> result = new CompletableFuture<>();
        private final Capture stdout;
        private final Capture stderr;
        private volatile @Nullable Process process;

        /** @param bounded whether more output than the limit ends it; a stream goes on for ever and drops it */
        Run(HostCommand command, boolean bounded) {
            Runnable overflow = bounded ? this::tooMuch : () -> {};
            this.command = command;
            this.stdout = new Capture(new CapturedOutput(command.outputLimit(), overflow));
            this.stderr = new Capture(new CapturedOutput(command.outputLimit(), overflow));
        }

        boolean start() {
            if (closed) {
                throw new IllegalStateException("the access to this machine is closed");
            }
            try {
                process = new ProcessBuilder(SHELL, "-c", command.line())
                        .redirectInput(new File("/dev/null"))
                        .start();
                return true;
            } catch (IOException e) {
                finish(new CommandResult.NotReached(
                        new CommandResult.Unreachable(
                                CommandResult.Unreachable.Kind.CONFIGURATION,
                                "local: %s could not be started: %s".formatted(SHELL, e.getMessage()),
                                null),
                        took()));
                return false;
            }
        }

        /** Reads both streams, and finishes when both have ended and the shell too. */
        void pump(Consumer<InputStream> out) {
            Process shell = started();
            // Platform threads: a read from a pipe blocks in the kernel and would hold a carrier of virtual threads.
            Thread err = daemon("local stderr", () -> stderr.readFully(shell.getErrorStream()));
            daemon("local stdout", () -> {
                out.accept(shell.getInputStream());
                try {
                    err.join();
                    finish(ended(shell.waitFor()));
                } catch (InterruptedException e) {
                    throw new IllegalStateException("nobody interrupts this thread", e);
                }
            });
        }

        private CommandResult ended(int status) {
            return new CommandResult.Completed(status, stdout.text(), stderr.text(), took());
        }

        void readLines(InputStream in, Consumer<String> line) {
            try {
                new LineReader(command.outputLimit(), line).readAll(in);
            } catch (IOException e) {
                cut("its output could not be read any more: " + e.getMessage());
            } catch (RuntimeException e) {
                cut("its reader failed: " + e);
                throw e;
            }
        }

        CommandResult await() throws InterruptedException {
            try {
                return result.get(command.limit().minus(took()).toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                finish(new CommandResult.TimedOut(command.limit(), stdout.text(), stderr.text(), took()));
                return result.join();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }

        void tooMuch() {
            finish(new CommandResult.TooMuchOutput(command.outputLimit(), stdout.text(), stderr.text(), took()));
        }

        void cut(String how) {
            finish(new CommandResult.ConnectionLost(how, stdout.text(), stderr.text(), took()));
            kill();
        }

        private void finish(CommandResult value) {
            result.complete(value);
        }

        void kill() {
            Process shell = process;
            if (shell == null) {
                return;
            }
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
            // A process that left the tree may keep the pipes open; without this its reader would stay for ever.
            closeQuietly(shell.getInputStream());
            closeQuietly(shell.getErrorStream());
        }

        private Process started() {
            Process shell = process;
            if (shell == null) {
                throw new IllegalStateException("not started");
            }
            return shell;
        }

        private Duration took() {
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    private static Thread daemon(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).start(work);
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // The process is gone and so is what it had to say.
        }
    }

    /** Reads a stream of a process into captured output, to its end or until it is closed under it. */
    private record Capture(CapturedOutput output) {
        void readFully(InputStream in) {
            try {
                in.transferTo(output);
            } catch (IOException e) {
                // Closed by kill(): what was read so far is what there is.
                closeQuietly(in);
            }
        }

        String text() {
            return output.text();
        }
    }
}
