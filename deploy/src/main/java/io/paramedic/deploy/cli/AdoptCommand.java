package io.paramedic.deploy.cli;

import io.paramedic.actuator.rung.StepRunner.Enrolled;
import io.paramedic.collector.access.InventoryConnector;
import io.paramedic.collector.access.ssh.SshOptions;
import io.paramedic.deploy.operator.Situation;
import io.paramedic.deploy.ring.Enrolment;
import io.paramedic.deploy.screen.Paint;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.lease.LogId;
import io.paramedic.schemas.log.Log;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code paramedic host adopt}: lets Paramedic act on hosts. */
@Command(
        name = "adopt",
        mixinStandardHelpOptions = true,
        description = {
            "Writes to hosts which log they obey. Before that nothing is done to them, whatever the policy says. A"
                + " host that obeys another log, or has seen more of this one than there is, is taken over only with"
                + " --take-over: be sure that nobody else acts on it.",
            ""
        })
final class AdoptCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Mixin
    private LogOptions log = new LogOptions();

    @Parameters(arity = "0..*", paramLabel = "HOST", description = "Names of the inventory.")
    private List<String> hosts = new ArrayList<>();

    @Option(names = "--all", description = "Every host of the inventory.")
    private boolean all;

    @Option(names = "--take-over", description = "Also a host that obeys another log.")
    private boolean takeOver;

    @Override
    public ExitCode run() throws Exception {
        SshOptions ssh = PartsRun.ssh(log.file() == null ? null : LogOptions.read(log.file(), spec));
        return log.with(spec, open -> {
            Map<String, HostRecord> known = Situation.inventory(open.log());
            List<HostRecord> chosen = chosen(known);
            ExitCode code = ExitCode.OK;
            try (InventoryConnector connector = InventoryConnector.start(ssh)) {
                for (HostRecord host : chosen) {
                    code = code.and(adopt(host, open.log(), connector));
                }
            }
            return code;
        });
    }

    private List<HostRecord> chosen(Map<String, HostRecord> known) {
        if (all == !hosts.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name hosts, or give --all");
        }
        List<String> unknown =
                hosts.stream().filter(host -> !known.containsKey(host)).toList();
        if (!unknown.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "not in the inventory: " + Paint.plain(String.join(", ", unknown)));
        }
        return known.values().stream()
                .filter(host -> all || hosts.contains(host.host()))
                .toList();
    }

    private ExitCode adopt(HostRecord host, Log log, InventoryConnector connector) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        String name = Paint.plain(host.host());
        return switch (Enrolment.enrol(log, host, connector, takeOver)) {
            case Enrolled.Done _ -> {
                out.println(name + " obeys this log from now on.");
                yield ExitCode.OK;
            }
            case Enrolled.Already _ -> {
                out.println(name + " obeyed this log already.");
                yield ExitCode.OK;
            }
            case Enrolled.OtherLog(LogId _, String sentence) -> {
                err.println("paramedic: " + Paint.plain(sentence) + " with --take-over");
                yield ExitCode.NOT_DONE;
            }
            case Enrolled.Failed(String sentence) -> {
                err.println("paramedic: " + name + " was not adopted: " + Paint.plain(sentence));
                yield ExitCode.NOT_REACHED;
            }
        };
    }
}
