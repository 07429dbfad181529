package io.paramedic.deploy.cli;

import io.paramedic.deploy.operator.ExplainPage;
import io.paramedic.deploy.operator.History;
import io.paramedic.deploy.operator.Search;
import io.paramedic.deploy.operator.Situation;
import io.paramedic.deploy.operator.VmNames;
import io.paramedic.deploy.screen.Paint;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.journal.JournalEntry;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code paramedic explain VM}: everything about one incident or one VM. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Explains an incident or a VM: the evidence, the rules that matched and those that did not, the guards, the"
                    + " leases, each step with its real output, how it came to this, and what happens next and when.",
            ""
        })
final class ExplainCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Mixin
    private LogOptions log = new LogOptions();

    @Parameters(
            paramLabel = "VM",
            description = "A VM by name or uuid, a domain as HOST/DOMID, a host, or an incident by its id.")
    @SuppressWarnings("NullAway.Init") // required by picocli
    private String word;

    @Option(names = "--json", description = "Print the incident, then its journal, one JSON object per line.")
    private boolean json;

    @Override
    public ExitCode run() throws Exception {
        return log.with(spec, open -> {
            Situation situation = Situation.read(open.log());
            PrintWriter out = spec.commandLine().getOut();
            List<Incident> incidents = Search.incidents(word, situation);
            List<Search.Found> domains = Search.domains(word, situation);
            if (incidents.isEmpty() && domains.isEmpty()) {
                spec.commandLine()
                        .getErr()
                        .println("paramedic: nothing on the log is called " + Paint.plain(word)
                                + ". './paramedic status --json' lists every VM.");
                return ExitCode.NOT_DONE;
            }
            Paint paint = Terminal.paint(Terminal.Colour.auto);
            if (incidents.isEmpty()) {
                domains.forEach(found ->
                        ExplainPage.of(found.host(), found.domain(), paint).forEach(out::println));
                out.flush();
                return ExitCode.OK;
            }
            boolean sick = false;
            for (Incident incident : incidents) {
                sick |= incident.closed() == null;
                print(incident, History.of(incident, open.log()), VmNames.of(situation.hosts()), out);
            }
            out.flush();
            return sick ? ExitCode.SICK : ExitCode.OK;
        });
    }

    private void print(Incident incident, List<JournalEntry> history, VmNames names, PrintWriter out) {
        if (json) {
            out.println(new String(Contract.INCIDENTS.encode(incident), StandardCharsets.UTF_8));
            history.forEach(entry -> out.println(new String(Contract.JOURNAL.encode(entry), StandardCharsets.UTF_8)));
        } else {
            ExplainPage.of(incident, history, names, Terminal.paint(Terminal.Colour.auto))
                    .forEach(out::println);
        }
    }
}
