package io.paramedic.deploy.ring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A {@link RingProcess}, as who kills it sees it. Closing kills it, if it lives. */
final class RingChild implements AutoCloseable {
    private static final int TAIL = 60;

    private final String id;
    private final Process process;
    private final List<String> printed = new ArrayList<>();
    private final Thread reading;

    private RingChild(String id, Process process) {
        this.id = id;
        this.process = process;
        this.reading = Thread.ofPlatform().daemon().name("output-of-" + id).start(this::read);
    }

    /** A process with the log in it, at a port of 127.0.0.1; 0 takes any free one. Returns when it runs. */
    static RingChild serving(Path log, int port, String id, Set<Ring.Part> parts, Map<String, Point> parks)
            throws IOException {
        return start("serve", log, port, id, parts, parks);
    }

    /** A process that joins the log that another one serves from the directory. Returns when it runs. */
    static RingChild joining(Path log, String id, Set<Ring.Part> parts, Map<String, Point> parks) throws IOException {
        return start("join", log, 0, id, parts, parks);
    }

    private static RingChild start(
            String how, Path log, int port, String id, Set<Ring.Part> parts, Map<String, Point> parks)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                RingProcess.class.getName(),
                how,
                log.toString(),
                Integer.toString(port),
                id,
                parts.isEmpty() ? "none" : parts.stream().map(Enum::name).collect(Collectors.joining(","))));
        parks.forEach((host, point) -> command.add(host + "=" + point));
        RingChild child = new RingChild(
                id, new ProcessBuilder(command).redirectErrorStream(true).start());
        try {
            child.awaitLine(RingProcess.READY);
            return child;
        } catch (RuntimeException | Error failed) {
            child.close();
            throw failed;
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (printed) {
                    printed.add(line);
                }
            }
        } catch (IOException ended) {
            synchronized (printed) {
                printed.add("its output broke off: " + ended);
            }
        }
    }

    boolean hasReached(Point point, String host) {
        return hasPrinted(RingProcess.AT + " " + point + " " + host);
    }

    private boolean hasPrinted(String start) {
        synchronized (printed) {
            return printed.stream().anyMatch(line -> line.startsWith(start));
        }
    }

    private void awaitLine(String start) {
        until("it says " + start, () -> hasPrinted(start));
    }

    /** Waits, and fails with the last that the process printed; at once where it has ended or a part of it has failed. */
    void until(String what, BooleanSupplier reached) {
        Patiently.until(
                what,
                () -> {
                    boolean is = reached.getAsBoolean();
                    if (!is && (!process.isAlive() || hasPrinted(RingProcess.FAILED))) {
                        throw new AssertionError(id + " failed while waiting until " + what + tail());
                    }
                    return is;
                },
                this::tail);
    }

    /** The last that it printed, for the message of a failure. */
    String tail() {
        synchronized (printed) {
            return printed.stream()
                    .skip(Math.max(0, printed.size() - TAIL))
                    .collect(Collectors.joining("\n    ", "\n  " + id + " printed at last:\n    ", ""));
        }
    }

    /** Lets go on what is held in it. */
    void release() throws IOException {
        OutputStream orders = process.getOutputStream();
        orders.write((RingProcess.RELEASE + "\n").getBytes(StandardCharsets.UTF_8));
        orders.flush();
    }

    /** SIGSTOP: it does nothing any more, and knows nothing of it. */
    void stop() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process sent = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid()).start();
        if (sent.waitFor() != 0) {
            throw new AssertionError("SIG" + name + " could not be sent to " + id);
        }
    }

    /** SIGKILL: no hook, no flush, no close. */
    void kill() {
        process.toHandle().destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError(id + " did not end");
            }
            reading.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
