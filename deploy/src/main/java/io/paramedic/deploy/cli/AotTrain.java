package io.paramedic.deploy.cli;

import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostAddress;
import io.paramedic.collector.access.ssh.PassphraseSource;
import io.paramedic.collector.access.ssh.SshClients;
import io.paramedic.collector.access.ssh.SshOptions;
import io.paramedic.collector.access.ssh.SshTarget;
import io.paramedic.collector.sampling.LookPlan;
import io.paramedic.deploy.doctor.Doctor;
import io.paramedic.deploy.operator.Situation;
import io.paramedic.deploy.operator.StatusPage;
import io.paramedic.deploy.ring.LogHome;
import io.paramedic.deploy.ring.LogUnavailable;
import io.paramedic.deploy.ring.OpenLog;
import io.paramedic.deploy.screen.Paint;
import io.paramedic.deploy.simulation.DemoScenario;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
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
        doctor();
        status();
        return ExitCode.OK;
    }

    private static void doctor() throws IOException, InterruptedException {
        try (SimulatedHosts pool = SimulatedHosts.open();
                SshClients clients = SshClients.start(PassphraseSource.NONE)) {
            SshOptions options = SshOptions.defaults()
                    .withConfig(Optional.of(pool.sshConfig()))
                    .withAgent(Optional.empty())
                    .withKnownHosts(List.of(pool.knownHosts()));
            List<HostAccess> hosts = DemoScenario.twoSickHosts(pool).hosts().stream()
                    .map(host -> new HostAddress.Ssh(Optional.empty(), host, OptionalInt.empty()))
                    .map(address -> clients.access(SshTarget.of(address, options)))
                    .toList();
            new Doctor(HASTY).examine(hosts, _ -> {});
        }
    }

    private static void status() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("paramedic-train-");
        try (OpenLog log = OpenLog.serving(new LogHome.Embedded(directory.resolve("log"), 0))) {
            new StatusPage(Paint.OFF).of(Situation.read(log.log()));
        } catch (LogUnavailable none) {
            throw new IllegalStateException(none);
        } finally {
            remove(directory);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
