package io.paramedic.deploy.simulation.tools;

import io.paramedic.deploy.simulation.model.HostModel;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One call of a program: its words, its output, and the host that it runs on, whose lock is held. */
final class ToolCall {
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final HostModel host;
    private final List<String> argv;
    private final boolean root;
    private final ToolOutput output;
    private final Consumer<String> effects;
    private final StringBuilder stdout = new StringBuilder();
    private final StringBuilder stderr = new StringBuilder();

    ToolCall(HostModel host, List<String> argv, boolean root, ToolOutput output, Consumer<String> effects) {
        this.host = host;
        this.argv = List.copyOf(argv);
        this.root = root;
        this.output = output;
        this.effects = effects;
    }

    HostModel host() {
        return host;
    }

    String program() {
        String first = argv.getFirst();
        return first.substring(first.lastIndexOf('/') + 1);
    }

    /** The words after the program. */
    List<String> args() {
        return argv.subList(1, argv.size());
    }

    boolean root() {
        return root;
    }

    /** Why this call does not get at the hypervisor, as {@code strerror} says it. */
    Optional<String> refusal() {
        if (!host.underXen()) {
            return Optional.of("No such file or directory");
        }
        return root ? Optional.empty() : Optional.of("Permission denied");
    }

    void out(String text) {
        stdout.append(text);
    }

    void out(String format, Object... values) {
        stdout.append(String.format(Locale.ROOT, format, values));
    }

    void err(String text) {
        stderr.append(text);
    }

    void err(String format, Object... values) {
        stderr.append(String.format(Locale.ROOT, format, values));
    }

    /** Notes a change that this call made to the host. */
    void effect(String format, Object... values) {
        effects.accept(String.format(Locale.ROOT, format, values));
    }

    boolean await(Duration limit, BooleanSupplier done) throws InterruptedException {
        return host.await(limit, done, this::flush);
    }

    void sleep(Duration duration) throws InterruptedException {
        await(duration, () -> false);
    }

    /** Waits until {@code done}, for ever if need be; what was printed so far is handed over first. */
    void hangUntil(BooleanSupplier done) throws InterruptedException {
        await(FOREVER, done);
    }

    /** Hands over what was printed; the lock must not be held. */
    void flush() {
        if (!stdout.isEmpty()) {
            output.stdout(stdout.toString());
            stdout.setLength(0);
        }
        if (!stderr.isEmpty()) {
            output.stderr(stderr.toString());
            stderr.setLength(0);
        }
    }
}
