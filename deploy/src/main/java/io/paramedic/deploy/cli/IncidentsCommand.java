package io.paramedic.deploy.cli;

import io.paramedic.deploy.operator.IncidentsPage;
import io.paramedic.deploy.operator.Situation;
import io.paramedic.deploy.operator.VmNames;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.incident.Incident;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code paramedic incidents}: what is open, and on request what was. */
@Command(
        name = "incidents",
        mixinStandardHelpOptions = true,
        description = {"Lists the open incidents with their verdict, phase and next step.", ""})
final class IncidentsCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Mixin
    private LogOptions log = new LogOptions();

    @Option(names = "--pool", paramLabel = "POOL", description = "Show this pool alone.")
    private @Nullable String pool;

    @Option(names = "--all", description = "Show those that were closed lately too.")
    private boolean all;

    @Option(names = "--json", description = "Print one JSON object per incident and line, as on the topic.")
    private boolean json;

    @Override
    public ExitCode run() throws Exception {
        return log.with(spec, open -> {
            Situation situation = Situation.read(open.log());
            Situation shown = pool == null ? situation : situation.inPool(pool);
            List<Incident> incidents = all ? shown.incidents() : shown.open();
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                incidents.forEach(
                        one -> out.println(new String(Contract.INCIDENTS.encode(one), StandardCharsets.UTF_8)));
            } else {
                new IncidentsPage(Terminal.paint(Terminal.Colour.auto), VmNames.of(shown.hosts()))
                        .of(incidents)
                        .forEach(out::println);
            }
            out.flush();
            return shown.open().isEmpty() ? ExitCode.OK : ExitCode.SICK;
        });
    }
}
