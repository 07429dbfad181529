package io.paramedic.deploy.cli;

import io.paramedic.collector.sampling.LookPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Does in one process what people do often, so that the JVM can record the classes that this needs (JEP 514). The launcher
 * runs it once after a build. What the rehearsed commands print is thrown away, and how they end does not matter.
 */
@Command(name = "aot-train", hidden = true, description = "Rehearses for the cache that makes starts quick.")
final class AotTrain implements Subcommand {
    private static final List<List<String>> REHEARSALS =
            List.of(List.of("--help"), List.of("--version"), List.of("no-such-command"));

    /** Quick rather than right: nobody reads what it says. */
    private static final LookPlan HASTY = new LookPlan(2, Duration.ofMillis(50), Duration.ZERO, Duration.ofSeconds(6));

    @Override
    public ExitCode run() throws IOException, InterruptedException {
        for (List<String> rehearsal : REHEARSALS) {
            CommandLine commandLine = Paramedic.commandLine();
            commandLine.setOut(new PrintWriter(Writer.nullWriter()));
            commandLine.setErr(new PrintWriter(Writer.nullWriter()));
            commandLine.execute(rehearsal.toArray(String[]::new));
        }
        DemoCommand.show(HASTY, new PrintWriter(Writer.nullWriter()), null);
        return ExitCode.OK;
    }
}
