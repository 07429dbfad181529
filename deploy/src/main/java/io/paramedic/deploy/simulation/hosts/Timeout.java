package io.paramedic.deploy.simulation.hosts;

import io.paramedic.deploy.simulation.model.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code timeout [-k TIME] [-s SIGNAL] TIME COMMAND…} as coreutils has it: ends a program that hangs, as a stuck {@code xl}
 * lets itself be ended (lab facts 5). The limit passes in the time of the host, like {@code sleep}.
 *
 * @param limit none if it is zero
 * @param command the program with its words
 */
record Timeout(Duration limit, List<String> command) {
    static final String PROGRAM = "timeout";
    /** What it returns when it had to end the program. */
    static final int ENDED = 124;

    private static final Pattern TIME = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)([smhd]?)");

    /** One run of a program. */
    @FunctionalInterface
    interface Run {
        int run() throws InterruptedException;
    }

    /** These words, if they are of the form above; other options are for the real program. */
    static Optional<Timeout> parse(List<String> argv) {
        if (!List.of(PROGRAM, "/usr/bin/" + PROGRAM).contains(argv.getFirst())) {
            return Optional.empty();
        }
        int at = 1;
        while (at + 1 < argv.size() && List.of("-k", "-s").contains(argv.get(at))) {
            at += 2;
        }
        if (at + 1 >= argv.size()) {
            return Optional.empty();
        }
        List<String> command = List.copyOf(argv.subList(at + 1, argv.size()));
        return time(argv.get(at)).map(limit -> new Timeout(limit, command));
    }

    private static Optional<Duration> time(String word) {
        Matcher matcher = TIME.matcher(word);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = switch (matcher.group(2)) {
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            default -> 1000;
        };
        return Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(1)) * unit)));
    }

    /**
     * Runs the program on a thread of its own, which has ended when this returns, also when the caller is interrupted.
     *
     * @return its exit status, or {@link #ENDED}
     */
    int run(TimeSource time, Run program) throws InterruptedException {
        AtomicReference<@Nullable Integer> status = new AtomicReference<>();
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        AtomicBoolean expired = new AtomicBoolean();
        Thread worker = Thread.ofVirtual().name(PROGRAM + " " + command).start(() -> {
            try {
                status.set(program.run());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                failure.set(e);
            }
        });
        Thread timer = limit.isZero() ? null : Thread.ofVirtual().start(() -> end(time, worker, expired));
        try {
            worker.join();
        } finally {
            worker.interrupt();
            joinForSure(worker);
            if (timer != null) {
                timer.interrupt();
            }
        }
        RuntimeException thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
        Integer ended = status.get();
        return expired.get() || ended == null ? ENDED : ended;
    }

    private void end(TimeSource time, Thread worker, AtomicBoolean expired) {
        try {
            time.sleep(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (worker.isAlive()) {
            expired.set(true);
            worker.interrupt();
        }
    }

    /** Nothing that the program does may come after the end of its call. */
    private static void joinForSure(Thread worker) {
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
