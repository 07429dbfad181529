package io.paramedic.deploy.cli;

import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.ssh.PassphraseSource;
import io.paramedic.collector.access.ssh.SshClients;
import io.paramedic.collector.sampling.LookPlan;
import io.paramedic.deploy.doctor.Doctor;
import io.paramedic.deploy.doctor.HostReports;
import io.paramedic.deploy.doctor.Page;
import io.paramedic.deploy.doctor.Progress;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.doctor.DoctorReport;
import io.paramedic.schemas.doctor.HostReport;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code paramedic doctor HOST...}: looks at hosts without changing anything and says what is wrong. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at Xen hosts and says what is wrong with them and their domains, on which evidence, and what to do."
                    + " It only reads; it needs no set-up and no Kafka.",
            "",
            "A HOST is a name, user@host:port, an alias of your ~/.ssh/config, or 'local'. The user is root unless said"
                    + " otherwise.",
            ""
        },
        sortOptions = false)
final class DoctorCommand implements Subcommand {
    private static final Duration ANNOUNCE_AFTER = Duration.ofSeconds(2);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "HOST", description = "The hosts to look at, all at the same time.")
    private List<String> hosts = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON document (schema: doctor-report) in place of a page.")
    private boolean json;

    @Option(names = "--watch", description = "Look again and again until interrupted.")
    private boolean watch;

    @Option(
            names = "--pause",
            defaultValue = "10s",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Time between two looks of --watch (${DEFAULT-VALUE}).")
    private Duration pause = Duration.ofSeconds(10);

    @Option(names = "--details", description = "Explain domains with nothing wrong too.")
    private boolean details;

    @Option(
            names = "--limit",
            defaultValue = "6s",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Time limit for each command on a host, connecting included (${DEFAULT-VALUE}); reading the"
                    + " whole of xenstore may take five times as long.")
    private Duration limit = LookPlan.DEFAULT.limit();

    @Option(
            names = "--patience",
            defaultValue = "10s",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "How long to watch a host on which something is odd (${DEFAULT-VALUE}).")
    private Duration patience = LookPlan.DEFAULT.patience();

    @Option(
            names = "--samples",
            defaultValue = "4",
            paramLabel = "N",
            description = "Samples of each domain (${DEFAULT-VALUE}).")
    private int samples;

    @Option(
            names = "--interval",
            defaultValue = "500ms",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Time between two samples (${DEFAULT-VALUE}).")
    private Duration interval = LookPlan.DEFAULT.interval();

    @Option(
            names = "--color",
            defaultValue = "auto",
            paramLabel = "WHEN",
            description = "auto, always or never (${DEFAULT-VALUE}: on a terminal, unless NO_COLOR is set).")
    private Terminal.Colour colour = Terminal.Colour.auto;

    @Mixin
    private AccessOptions access = new AccessOptions();

    @Override
    public ExitCode run() throws InterruptedException {
        Doctor doctor = new Doctor(plan());
        try (SshClients clients = SshClients.start(passphrases())) {
            List<HostAccess> accesses = access.accesses(hosts, clients, spec);
            ExitCode code = look(doctor, accesses);
            while (watch) {
                Thread.sleep(pause);
                code = look(doctor, accesses);
            }
            return code;
        }
    }

    private LookPlan plan() {
        try {
            return new LookPlan(samples, interval, patience, limit);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private ExitCode look(Doctor doctor, List<HostAccess> accesses) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Page page = new Page(Terminal.paint(colour), Terminal.width(), details);
        List<HostReport> reports;
        try (Progress progress = progress(accesses)) {
            if (watch && !json && Terminal.isOne()) {
                Terminal.clear(out);
            }
            reports = doctor.examine(accesses, report -> {
                progress.done(report.host());
                if (!json) {
                    out.println(page.of(report));
                    out.flush();
                }
            });
        }
        if (json) {
            DoctorReport report = new DoctorReport(Instant.now().truncatedTo(ChronoUnit.MILLIS), reports);
            out.println(new String(Contract.DOCTOR_REPORT.encode(report), StandardCharsets.UTF_8));
            out.flush();
        }
        return reports.stream()
                .map(HostReports::outcome)
                .map(DoctorCommand::code)
                .reduce(ExitCode.OK, ExitCode::and);
    }

    private Progress progress(List<HostAccess> accesses) {
        return Terminal.isOne()
                ? Progress.on(
                        spec.commandLine().getErr(),
                        accesses.stream().map(HostAccess::name).toList(),
                        ANNOUNCE_AFTER)
                : Progress.SILENT;
    }

    private static PassphraseSource passphrases() {
        return Terminal::passphrase;
    }

    private static ExitCode code(HostReports.Outcome outcome) {
        return switch (outcome) {
            case NOTHING_WRONG -> ExitCode.OK;
            case SICK -> ExitCode.SICK;
            case NOT_REACHED -> ExitCode.NOT_REACHED;
            case NOT_READ -> ExitCode.NOT_READ;
            case HOST_KEY -> ExitCode.HOST_KEY;
            case FAULT -> ExitCode.INTERNAL;
        };
    }
}
