package io.paramedic.deploy.cli;

import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostAddress;
import io.paramedic.collector.access.ssh.PassphraseSource;
import io.paramedic.collector.access.ssh.SshClients;
import io.paramedic.collector.access.ssh.SshOptions;
import io.paramedic.collector.access.ssh.SshTarget;
import io.paramedic.collector.sampling.LookPlan;
import io.paramedic.deploy.doctor.Doctor;
import io.paramedic.deploy.doctor.Page;
import io.paramedic.deploy.doctor.Progress;
import io.paramedic.deploy.simulation.DemoScenario;
import io.paramedic.deploy.simulation.DemoScenario.Truth;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.doctor.HostReport;
import io.paramedic.schemas.doctor.HostReport.DomainFinding;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code paramedic demo}: the doctor on two simulated hosts, and what it said beside what is true. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts two simulated Xen hosts with faults, examines them with the doctor over real SSH, and sets what the"
                    + " doctor said beside what is true. Needs nothing and leaves nothing behind.",
            ""
        })
final class DemoCommand implements Subcommand {
    private static final Duration ANNOUNCE_AFTER = Duration.ofSeconds(1);

    /** What the doctor must say, to the word; guests that are not here are well. */
    private static final Map<String, Verdict> EXPECTED = Map.ofEntries(
            Map.entry("db-2", Verdict.DEVICE_MODEL_DEAD),
            Map.entry("archive", Verdict.PAUSED),
            Map.entry("ldap", Verdict.CRASHED),
            Map.entry("ci-4", Verdict.ZOMBIE),
            Map.entry("storage", Verdict.GRANT_TABLE_NEARLY_FULL),
            Map.entry("g-spin", Verdict.HANG_SUSPECTED),
            Map.entry("g-asleep", Verdict.HANG_SUSPECTED),
            Map.entry("g-panic", Verdict.CRASHED),
            Map.entry("g-shutdown", Verdict.NOT_REAPED),
            Map.entry("g-rebooted", Verdict.NOT_REAPED),
            Map.entry("g-zombie", Verdict.ZOMBIE),
            Map.entry("g-half", Verdict.HALF_DESTROYED));

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public ExitCode run() throws IOException, InterruptedException {
        PrintWriter progress = Terminal.isOne() ? spec.commandLine().getErr() : null;
        return show(LookPlan.DEFAULT, spec.commandLine().getOut(), progress) ? ExitCode.OK : ExitCode.SICK;
    }

    /** @return whether every domain was judged rightly, for which the plan must be patient enough */
    static boolean show(LookPlan plan, PrintWriter out, @Nullable PrintWriter progress)
            throws IOException, InterruptedException {
        out.println(
                "Two simulated Xen hosts start on 127.0.0.1. They hold healthy guests, sick ones, and some that only"
                        + " look sick.");
        out.println("The doctor now looks at them over SSH, as it would at yours. It only reads.");
        out.println();
        out.flush();
        try (SimulatedHosts pool = SimulatedHosts.open();
                SshClients clients = SshClients.start(PassphraseSource.NONE)) {
            DemoScenario scenario = DemoScenario.twoSickHosts(pool);
            List<HostAccess> hosts = accesses(pool, scenario, clients);
            try (Progress line = progress == null
                    ? Progress.SILENT
                    : Progress.on(progress, hosts.stream().map(HostAccess::name).toList(), ANNOUNCE_AFTER)) {
                List<HostReport> reports = examine(plan, hosts, out, line);
                return compare(scenario, reports, out);
            }
        }
    }

    private static List<HostAccess> accesses(SimulatedHosts pool, DemoScenario scenario, SshClients clients)
            throws IOException {
        Path config = pool.sshConfig();
        SshOptions options = SshOptions.defaults()
                .withConfig(Optional.of(config))
                .withAgent(Optional.empty())
                .withKnownHosts(List.of(pool.knownHosts()));
        return scenario.hosts().stream()
                .map(host -> new HostAddress.Ssh(Optional.empty(), host, OptionalInt.empty()))
                .map(address -> clients.access(SshTarget.of(address, options)))
                .toList();
    }

    private static List<HostReport> examine(LookPlan plan, List<HostAccess> hosts, PrintWriter out, Progress progress)
            throws InterruptedException {
        Page page = new Page(Terminal.paint(Terminal.Colour.auto), Terminal.width(), false);
        return new Doctor(plan).examine(hosts, report -> {
            progress.done(report.host());
            out.println(page.of(report));
            out.flush();
        });
    }

    /** @return whether every domain was called what it is */
    private static boolean compare(DemoScenario scenario, List<HostReport> reports, PrintWriter out) {
        Map<String, Verdict> verdicts = verdicts(scenario, reports);
        int wrong = 0;
        out.println("What is true, and what the doctor said:");
        for (Truth truth : scenario.truths()) {
            Verdict verdict = verdicts.getOrDefault(truth.host() + " " + truth.domid(), Verdict.HOST_SILENT);
            boolean right = verdict == EXPECTED.getOrDefault(truth.name(), Verdict.NOTHING_WRONG);
            wrong += right ? 0 : 1;
            out.println("  %s %-6s %3d  %-10s  %-52s  %s"
                    .formatted(
                            right ? "ok   " : "WRONG",
                            truth.host(),
                            truth.domid(),
                            truth.name(),
                            truth.what(),
                            Page.word(verdict)));
        }
        out.println();
        out.println(
                wrong == 0
                        ? "All " + scenario.truths().size()
                                + " domains were called what they are: no sick one was missed, no healthy one called"
                                + " sick."
                        : wrong + " of " + scenario.truths().size() + " domains were misjudged; please report that.");
        out.println("Next, on a host of yours:  ./paramedic doctor root@HOST");
        out.flush();
        return wrong == 0;
    }

    private static Map<String, Verdict> verdicts(DemoScenario scenario, List<HostReport> reports) {
        return IntStream.range(0, reports.size())
                .boxed()
                .filter(i -> reports.get(i) instanceof HostReport.Observed)
                .flatMap(i -> ((HostReport.Observed) reports.get(i))
                        .domains().stream().map(d -> Map.entry(scenario.hosts().get(i) + " " + d.domid(), word(d))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Verdict word(DomainFinding domain) {
        return domain.finding().verdict();
    }
}
