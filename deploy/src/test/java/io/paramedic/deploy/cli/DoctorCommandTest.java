package io.paramedic.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.paramedic.deploy.simulation.DemoScenario;
import io.paramedic.deploy.simulation.DemoScenario.Truth;
import io.paramedic.deploy.simulation.hosts.CommandFaults.Fault;
import io.paramedic.deploy.simulation.hosts.HostRecord;
import io.paramedic.deploy.simulation.hosts.SimulatedHost;
import io.paramedic.deploy.simulation.hosts.SimulatedHost.Absence;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.GuestType;
import io.paramedic.deploy.simulation.model.HostFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole way: the command line, real SSH on loopback, the tools of simulated hosts, and what is said in the end. */
class DoctorCommandTest {
    private static final Set<String> READ_ONLY = Set.of(
            "cat /proc/",
            "cat /etc/xensource-inventory",
            "command -v ",
            "xl list -v",
            "xl info",
            "list_domains -all",
            "xe vm-list params=",
            "xenstore-ls -f",
            "xenstore-list ",
            "xenstore-read ",
            "xen-diag gnttab_query_size ",
            "ls -l /proc/",
            "ps axo ");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private SimulatedHosts pool;

    @BeforeEach
    void start() throws IOException {
        pool = SimulatedHosts.open();
    }

    @AfterEach
    void stop() throws IOException {
        pool.close();
    }

    private int doctor(String... arguments) throws IOException {
        return doctorTrusting(pool.knownHosts(), arguments);
    }

    private int doctorTrusting(Path knownHosts, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("doctor", "--known-hosts", knownHosts.toString()));
        if (!List.of(arguments).contains("-F")) {
            all.addAll(List.of("-F", pool.sshConfig().toString()));
        }
        all.addAll(List.of(arguments));
        CommandLine commandLine = Paramedic.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return Paramedic.execute(commandLine, all.toArray(String[]::new));
    }

    private SimulatedHost healthy(String name) throws IOException {
        SimulatedHost host = pool.add(HostFacts.xl(name));
        host.model().start(DomainSpec.of("web", GuestType.PV));
        return host;
    }

    @Test
    void judgesEveryDomainOfTheDemonstrationRightlyAndChangesNothing() throws IOException {
        DemoScenario scenario = DemoScenario.twoSickHosts(pool);
        for (String host : scenario.hosts()) {
            out.getBuffer().setLength(0);
            assertThat(doctor(host)).isEqualTo(ExitCode.SICK.code());
            scenario.truths().stream().filter(t -> t.host().equals(host)).forEach(this::isJudgedRightly);
        }
        assertThat(pool.hosts())
                .allSatisfy(host -> assertThat(host.record().effects()).isEmpty());
    }

    private void isJudgedRightly(Truth truth) {
        String row = out.toString()
                .lines()
                .filter(line -> line.matches(" +" + truth.domid() + "  (" + truth.name() + "|\\(null\\)) .*"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row for " + truth + " in\n" + out));
        boolean alarmed = row.matches(".*  [A-Z ]{6,}");
        boolean warned = row.endsWith("GRANT TABLE NEARLY FULL");
        assertThat(alarmed).as(truth + ": " + row).isEqualTo(truth.sick() || warned);
    }

    @Test
    void runsOnlyCommandsThatRead() throws IOException {
        DemoScenario scenario = DemoScenario.twoSickHosts(pool);
        doctor(scenario.hosts().toArray(String[]::new));
        for (SimulatedHost host : pool.hosts()) {
            assertThat(host.record().entries())
                    .filteredOn(entry -> entry.kind() == HostRecord.Kind.PROGRAM)
                    .isNotEmpty()
                    .allSatisfy(entry -> {
                        // The host's own time limit stands before a tool and is recorded with it.
                        String command = entry.command().replaceFirst("^timeout -k 1 \\d+ ", "");
                        assertThat(READ_ONLY).as(command).anyMatch(command::startsWith);
                    });
        }
    }

    @Test
    void sendsNobodyAwayWhenAllIsWell() throws IOException {
        healthy("xl-1");
        assertThat(doctor("xl-1")).isEqualTo(ExitCode.OK.code());
        assertThat(out.toString()).contains("nothing wrong seen", "web").doesNotContain("not looked at");
    }

    @Test
    void aHostThatIsDownDelaysNoOther() throws IOException {
        healthy("xl-1");
        SimulatedHost down = healthy("xl-2");
        SimulatedHost silent = healthy("xl-3");
        down.vanish(Absence.REFUSES);
        silent.vanish(Absence.SILENT);
        assertThat(doctor("xl-1", "xl-2", "xl-3", "--limit", "10s")).isEqualTo(ExitCode.NOT_REACHED.code());
        assertThat(out.toString()).contains("nothing wrong seen", "refused", "no answer");
        // Each page is printed when it is ready: the silent host comes last.
        assertThat(out.toString().indexOf("no answer"))
                .isGreaterThan(out.toString().indexOf("nothing wrong seen"));
    }

    @Test
    void aHostWhoseKeyIsUnknownIsRefusedWithItsFingerprint(@TempDir Path folder) throws IOException {
        SimulatedHost host = healthy("xl-1");
        int code = doctorTrusting(folder.resolve("none"), "-F", "none", "root@127.0.0.1:" + host.port());
        assertThat(code).isEqualTo(ExitCode.HOST_KEY.code());
        assertThat(out.toString())
                .contains("host key unknown", pool.fingerprint(), "--accept-host-key")
                .contains("--accept-host-key " + pool.fingerprint() + " root@127.0.0.1:" + host.port());
    }

    @Test
    void aStoppedXenstoredIsNamedAndNoGuestIsBlamed() throws IOException {
        SimulatedHost host = healthy("xl-1");
        host.model().faults().stopXenstored(true);
        assertThat(doctor("xl-1", "--limit", "1s")).isEqualTo(ExitCode.NOT_READ.code());
        assertThat(out.toString()).contains("XENSTORE DEAD", "SIGCONT", "its domains could not be listed");
    }

    @Test
    void afterXenstoredWasRestartedTheNamelessAreNotTakenForZombies() throws IOException {
        SimulatedHost host = healthy("xl-1");
        int zombie = host.model().start(DomainSpec.of("old", GuestType.PV));
        host.model().faults().zombie(zombie);
        host.model().faults().killXenstored();
        host.model().faults().restartXenstored();
        assertThat(doctor("xl-1")).isEqualTo(ExitCode.SICK.code());
        assertThat(out.toString().lines().filter(l -> l.endsWith("ZOMBIE") && l.contains("(null)") && !l.contains(":")))
                .hasSize(1)
                .allSatisfy(l -> assertThat(l).matches(" +" + zombie + " .*"));
        assertThat(out.toString()).contains("NAMES LOST");
    }

    @Test
    void garbageFromAToolIsQuotedAndNotBelieved() throws IOException {
        SimulatedHost host = healthy("xl-1");
        host.commandFaults().add("xl list", new Fault.Garbage("Segmentation fault (core dumped)\n"));
        assertThat(doctor("xl-1", "--limit", "2s")).isEqualTo(ExitCode.NOT_READ.code());
        assertThat(out.toString()).contains("Segmentation fault (core dumped)");
    }

    @Test
    void aMissingToolIsSaid() throws IOException {
        SimulatedHost host = healthy("xl-1");
        host.commandFaults().add("xen-diag", new Fault.Missing());
        assertThat(doctor("xl-1")).isEqualTo(ExitCode.OK.code());
        assertThat(out.toString()).contains("not looked at").contains("xen-diag");
    }

    @Test
    void aConnectionThatBreaksInTheMiddleIsSaid() throws IOException {
        SimulatedHost host = healthy("xl-1");
        host.commandFaults().add("xl list", new Fault.CutAfter());
        assertThat(doctor("xl-1", "--limit", "3s")).isEqualTo(ExitCode.NOT_REACHED.code());
        assertThat(out.toString()).contains("connection lost");
    }

    @Test
    void aSlowHostIsReadAllTheSame() throws IOException {
        SimulatedHost host = healthy("xl-1");
        host.commandFaults().add("xl list", new Fault.Slow(Duration.ofMillis(700)));
        assertThat(doctor("xl-1")).isEqualTo(ExitCode.OK.code());
        assertThat(out.toString()).contains("nothing wrong seen");
    }

    @Test
    void aVmThatXapiBelievesElsewhereIsASplitBrainAndNoCommandIsNamed() throws IOException {
        SimulatedHost host = pool.add(HostFacts.xcpNg("xcp-1"));
        int domid = host.model().start(DomainSpec.of("db", GuestType.HVM));
        host.model().faults().age(domid, Duration.ofHours(2));
        host.model().faults().cpuTime(domid, Duration.ofMinutes(5));
        host.model().faults().residentElsewhere(domid, UUID.randomUUID(), 17);
        assertThat(doctor("xcp-1")).isEqualTo(ExitCode.SICK.code());
        assertThat(out.toString()).contains("DUPLICATE", "get a person at once").doesNotContain("force=true");
    }

    @Test
    void aTreeOfXenstoreThatCannotBeReadIsSaidAndNothingIsConcludedFromIt() throws IOException {
        SimulatedHost host = pool.add(HostFacts.xcpNg("xcp-1"));
        int paused = host.model().start(DomainSpec.of("archive", GuestType.HVM));
        host.model()
                .locked(() -> host.model().domain(paused).ifPresent(host.model().lifecycle()::pause));
        host.model().faults().unlistable("/local/domain/" + paused, true);
        assertThat(doctor("xcp-1", "--patience", "1s")).isEqualTo(ExitCode.NOT_READ.code());
        assertThat(out.toString())
                .contains("partly read", "xenstore-ls")
                .doesNotContain("HALF DESTROYED", "NAMES LOST");
    }

    @Test
    void aRebootThatItsToolstackHandlesIsNoFault() throws IOException {
        SimulatedHost host = healthy("xl-1");
        int domid = host.model().start(DomainSpec.of("slow", GuestType.PV));
        host.model().faults().reboots(domid, Duration.ofMinutes(5));
        doctor("xl-1");
        assertThat(out.toString()).contains("shut down: reboot").doesNotContain("NOT REAPED", "xl destroy " + domid);
    }

    @Test
    void aHostThatDoesNotRunUnderXenIsNotCalledDead() throws IOException {
        SimulatedHost host = healthy("xl-1");
        host.model().faults().bootWithoutXen();
        assertThat(doctor("xl-1", "--limit", "2s")).isEqualTo(ExitCode.NOT_READ.code());
        assertThat(out.toString()).contains("--sudo").doesNotContain("XENSTORE DEAD", "TOOLSTACK HUNG");
    }

    @Test
    void aHostileNameCannotMoveTheCursor() throws IOException {
        SimulatedHost host = pool.add(HostFacts.xcpNg("xcp-1"));
        host.model().start(DomainSpec.of("evil\u001b[2J name", GuestType.HVM));
        doctor("xcp-1");
        assertThat(out.toString()).doesNotContain("\u001b[2J").contains("name");
    }

    @Test
    void theJsonDocumentIsWhatItsSchemaSays() throws IOException {
        DemoScenario scenario = DemoScenario.twoSickHosts(pool);
        pool.add(HostFacts.xl("xl-9")).vanish(Absence.REFUSES);
        List<String> arguments = new ArrayList<>(scenario.hosts());
        arguments.addAll(List.of("xl-9", "--json", "--patience", "0s"));
        doctor(arguments.toArray(String[]::new));
        try (InputStream schema = getClass().getResourceAsStream("/json-schema/v1/doctor-report.json")) {
            String text = new String(schema.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(text, InputFormat.JSON)
                            .validate(out.toString(), InputFormat.JSON))
                    .isEmpty();
        }
        assertThat(out.toString().lines()).hasSize(1);
    }

    @Test
    void allThatIsWrongWithTheCommandLineIsSaidAtOnce() throws IOException {
        assertThat(doctor("bad host", "x@")).isEqualTo(ExitCode.USAGE.code());
        assertThat(err.toString()).contains("bad host", "x@");
    }
}
