package io.paramedic.deploy.simulation.hosts;

import io.paramedic.deploy.simulation.tools.ToolOutput;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Answers the stand-ins of one host for as long as the host lives, whether or not the shell that called them still has a
 * connection.
 */
final class StandIns implements Closeable {
    private static final Duration STAND_IN_LOOK = Duration.ofMillis(100);

    private final StateDirectory state;
    private final Programs programs;
    private final LongFunction<Programs.Caller> callers;
    private final RandomAccessFile requests;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param callers who stands behind a line number, with rights of root if the second call says so
     */
    StandIns(StateDirectory state, Programs programs, LongFunction<Programs.Caller> callers) throws IOException {
        this.state = state;
        this.programs = programs;
        this.callers = callers;
        // Opened for both, so that it neither waits for a writer nor ends when the last one goes.
        this.requests = new RandomAccessFile(state.requests().toFile(), "rw");
        start("requests", this::listen);
    }

    private void start(String name, Runnable work) {
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name("simulated-host-" + state.root().getFileName() + "-" + name)
                .unstarted(() -> {
                    try {
                        work.run();
                    } finally {
                        threads.remove(Thread.currentThread());
                    }
                });
        threads.add(thread);
        thread.start();
    }

    private void listen() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new FileInputStream(requests.getFD()), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
                String[] parts = line.split(" ", -1);
                if (parts.length == 3) {
                    start("call-" + parts[0], () -> answer(parts[0], parts[1], parts[2].equals("1")));
                }
            }
        } catch (IOException e) {
            if (!closed) {
                throw new java.io.UncheckedIOException("cannot read the requests of stand-ins", e);
            }
        }
    }

    private void answer(String pid, String line, boolean sudo) {
        Path call = state.calls().resolve(pid);
        String status = "127";
        try (OutputStream out = new FileOutputStream(call.resolve("out").toFile());
                OutputStream err = new FileOutputStream(call.resolve("err").toFile())) {
            endWithStandIn(pid);
            status = run(argv(call), caller(line, sudo), new StreamOutput(out, err));
        } catch (IOException e) {
            // The stand-in was killed, or the host is being closed: nobody is left to tell.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try (OutputStream answer = new FileOutputStream(call.resolve("status").toFile())) {
            answer.write((status + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return;
        }
    }

    /** A program that is killed stops where it is, and nobody holds its output any longer. */
    private void endWithStandIn(String pid) {
        Thread caller = Thread.currentThread();
        long number = Long.parseLong(pid);
        Thread.ofVirtual().start(() -> {
            try {
                while (threads.contains(caller) && ProcessHandle.of(number).isPresent()) {
                    Thread.sleep(STAND_IN_LOOK);
                }
                caller.interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private String run(List<String> argv, Programs.Caller caller, ToolOutput output) throws InterruptedException {
        if (!programs.understands(argv)) {
            return "pass";
        }
        int status = programs.run(argv, caller, output);
        return Integer.toString(status < 0 ? 255 : status);
    }

    private Programs.Caller caller(String line, boolean sudo) {
        Programs.Caller caller = callers.apply(line.matches("\\d{1,18}") ? Long.parseLong(line) : 0);
        return new Programs.Caller(caller.line(), caller.user(), caller.root() || sudo, caller.cut());
    }

    private static List<String> argv(Path call) throws IOException {
        List<String> words =
                new ArrayList<>(List.of(Files.readString(call.resolve("argv")).split("\0", -1)));
        words.removeLast();
        return words;
    }

    /** Ends all calls under way and all threads. */
    @Override
    public void close() {
        closed = true;
        List<RandomAccessFile> opened = new ArrayList<>();
        try {
            threads.forEach(Thread::interrupt);
            requests.write('\n');
            try (Stream<Path> calls = Files.list(state.calls())) {
                for (Path call : calls.toList()) {
                    // Whoever waits for the other end of one of these pipes stops waiting.
                    for (String pipe : List.of("out", "err", "status")) {
                        opened.add(new RandomAccessFile(call.resolve(pipe).toFile(), "rw"));
                    }
                }
            }
            for (Thread thread : List.copyOf(threads)) {
                thread.join(2000);
            }
        } catch (IOException e) {
            // The directory goes away below us; what is not there cannot be waited for.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            opened.forEach(StandIns::closeQuietly);
            closeQuietly(requests);
        }
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            return;
        }
    }

    /** Text to two byte streams, at once. */
    record StreamOutput(OutputStream out, OutputStream err) implements ToolOutput {
        @Override
        public void stdout(String text) {
            write(out, text);
        }

        @Override
        public void stderr(String text) {
            write(err, text);
        }

        private static void write(OutputStream stream, String text) {
            try {
                stream.write(text.getBytes(StandardCharsets.UTF_8));
                stream.flush();
            } catch (IOException e) {
                throw new ReaderGone(e);
            }
        }
    }
}
