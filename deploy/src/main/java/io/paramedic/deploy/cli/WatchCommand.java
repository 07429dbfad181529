package io.paramedic.deploy.cli;

import io.paramedic.deploy.operator.JournalLine;
import io.paramedic.deploy.operator.Phrases;
import io.paramedic.deploy.operator.Situation;
import io.paramedic.deploy.operator.VmNames;
import io.paramedic.deploy.screen.Paint;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.log.LogReader;
import io.paramedic.schemas.topics.Topic;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code paramedic watch}: decisions as they are made. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = {"Prints every decision as it is made, also each decision not to act, until interrupted.", ""})
final class WatchCommand implements Subcommand {
    private static final Duration POLL = Duration.ofSeconds(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Mixin
    private LogOptions log = new LogOptions();

    @Option(names = "--pool", paramLabel = "POOL", description = "Show this pool alone.")
    private @Nullable String pool;

    @Option(
            names = "--from-beginning",
            description = "Begin with the oldest decision that is kept, not with the next one.")
    private boolean fromBeginning;

    @Option(names = "--json", description = "Print one JSON object per decision and line, as on the topic.")
    private boolean json;

    @Override
    public ExitCode run() throws Exception {
        return log.with(spec, open -> {
            PrintWriter out = spec.commandLine().getOut();
            VmNames names = VmNames.of(Situation.read(open.log()).hosts());
            try (LogReader<JournalEntry> reader =
                    LogReader.of(open.log(), "paramedic-watch", Topic.JOURNAL, Contract.JOURNAL)) {
                if (fromBeginning) {
                    reader.fromBeginning();
                } else {
                    reader.fromEnd();
                }
                while (!Thread.currentThread().isInterrupted()) {
                    reader.poll(POLL).forEach(entry -> print(entry.message(), names, out));
                    out.flush();
                }
            }
            return ExitCode.OK;
        });
    }

    private void print(@Nullable JournalEntry entry, VmNames names, PrintWriter out) {
        if (entry == null || (pool != null && !entry.pool().equals(pool))) {
            return;
        }
        out.println(
                json
                        ? new String(Contract.JOURNAL.encode(entry), StandardCharsets.UTF_8)
                        : Phrases.time(entry.at()) + "  " + Paint.plain(entry.pool()) + "  "
                                + JournalLine.of(entry, names));
    }
}
