package io.paramedic.deploy.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.paramedic.deploy.demo.Demo;
import io.paramedic.deploy.demo.DemoOptions;
import io.paramedic.deploy.demo.DemoReport;
import io.paramedic.deploy.demo.RingStarter;
import io.paramedic.deploy.ring.DemoRing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code paramedic demo}: hung VMs are rescued while one watches. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts two simulated pools, lets VMs hang, crash and die on them, and lets the whole of Paramedic rescue"
                + " them over real SSH and real Kafka, while guests that only look sick must stay untouched. Needs"
                + " nothing and leaves nothing behind. Exit 0 only if everything was rescued or rightly explained, and"
                + " nothing else was touched.",
            ""
        })
final class DemoCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Option(names = "--headless", description = "Print plain lines, also on a terminal.")
    private boolean headless;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Which guest gets which fault, and when (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "120",
            description = "What is not over by then has failed (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--report", paramLabel = "FILE", description = "Write what happened as JSON.")
    private @Nullable Path report;

    @Override
    public ExitCode run() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        quiet();
        try {
            DemoReport result = Demo.run(options(), DemoRing::start, out);
            return result.passed() ? ExitCode.OK : ExitCode.SICK;
        } catch (RingStarter.CannotStart failed) {
            spec.commandLine().getErr().println("paramedic: " + failed.getMessage());
            return ExitCode.NO_LOG;
        }
    }

    /** What the parts say of themselves would stand in the middle of the show; what goes wrong is still told. */
    private static void quiet() {
        if (LoggerFactory.getLogger("io.paramedic") instanceof Logger ours) {
            ours.setLevel(Level.WARN);
        }
    }

    private DemoOptions options() {
        if (seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds must be above 0");
        }
        DemoOptions options = DemoOptions.DEFAULT.withSeed(seed).withLimit(Duration.ofSeconds(seconds));
        if (report != null) {
            options = options.withReport(report);
        }
        boolean coloured = Terminal.isOne() && System.getenv("NO_COLOR") == null;
        return headless || !Terminal.isOne()
                ? options
                : options.onTerminal(Terminal.width(), Terminal.height(), coloured);
    }
}
