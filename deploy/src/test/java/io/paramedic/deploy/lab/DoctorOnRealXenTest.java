package io.paramedic.deploy.lab;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.access.HostAddress;
import io.paramedic.collector.access.ssh.PassphraseSource;
import io.paramedic.collector.access.ssh.SshClients;
import io.paramedic.collector.access.ssh.SshOptions;
import io.paramedic.collector.access.ssh.SshTarget;
import io.paramedic.collector.sampling.LookPlan;
import io.paramedic.deploy.doctor.Doctor;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.doctor.HostReport;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The doctor on a real host, for example {@code mvn verify -Plab -Dparamedic.lab.host=root@127.0.0.1:2201
 * -Dparamedic.lab.key=KEY -Dparamedic.lab.fingerprint=SHA256:...}. Guests are named {@code g-KIND}; those without a name are
 * zombies, or half-destroyed.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorOnRealXenTest {
    /** An emulated host takes seconds for what a real one does in milliseconds. */
    private static final LookPlan PATIENT =
            new LookPlan(4, Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ofSeconds(20));

    private static final Map<String, Set<Verdict>> TRUTH = Map.ofEntries(
            Map.entry("g-healthy", Set.of(Verdict.NOTHING_WRONG)),
            Map.entry("g-idle", Set.of(Verdict.NOTHING_WRONG)),
            Map.entry("g-ignore", Set.of(Verdict.NOTHING_WRONG)),
            Map.entry("g-pvh", Set.of(Verdict.NOTHING_WRONG)),
            Map.entry("g-two", Set.of(Verdict.NOTHING_WRONG)),
            Map.entry("g-spin", Set.of(Verdict.NOTHING_WRONG)),
            Map.entry("g-paused", Set.of(Verdict.PAUSED)),
            Map.entry("g-create-paused", Set.of(Verdict.PAUSED)),
            Map.entry("g-panic", Set.of(Verdict.CRASHED)),
            Map.entry("g-shutdown", Set.of(Verdict.NOT_REAPED)),
            Map.entry("g-rebooted", Set.of(Verdict.NOT_REAPED)),
            Map.entry("g-irqoff", Set.of(Verdict.HANG_SUSPECTED)),
            Map.entry("g-poll", Set.of(Verdict.HANG_SUSPECTED)),
            Map.entry("(null)", Set.of(Verdict.ZOMBIE, Verdict.HALF_DESTROYED)),
            Map.entry("Domain-0", Set.of(Verdict.CONTROL_DOMAIN)));

    @SuppressWarnings("NullAway.Init") // set before all tests
    private HostReport.Observed report;

    private static String required(String property) {
        return Objects.requireNonNull(System.getProperty(property), "say -D" + property + "=... for the lab's host");
    }

    @BeforeAll
    void look(@TempDir Path folder) throws InterruptedException {
        SshOptions options = SshOptions.defaults()
                .withIdentities(List.of(Path.of(required("paramedic.lab.key"))))
                .withAcceptHostKeys(Set.of(required("paramedic.lab.fingerprint")))
                .withApprovals(folder.resolve("known_hosts"));
        HostAddress address = HostAddress.parse(required("paramedic.lab.host"));
        try (SshClients clients = SshClients.start(PassphraseSource.NONE)) {
            List<HostReport> reports = new Doctor(PATIENT)
                    .examine(List.of(clients.access(SshTarget.of((HostAddress.Ssh) address, options))), r -> {});
            report = (HostReport.Observed) reports.getFirst();
        }
    }

    @Test
    void eachGuestIsNamedAsWhatItIs() {
        Map<Integer, DomainObservation> domains =
                report.observation().domains().stream().collect(toMap(DomainObservation::domid, d -> d));
        assertThat(report.domains()).hasSizeGreaterThan(1).allSatisfy(finding -> {
            DomainObservation domain = Objects.requireNonNull(domains.get(finding.domid()));
            String name = Objects.requireNonNullElse(domain.name(), "(null)");
            assertThat(TRUTH).as("a guest of a kind that this test knows").containsKey(name);
            assertThat(TRUTH.get(name)).as(name).contains(finding.finding().verdict());
        });
    }

    @Test
    void onlyDyingDomainsAreCalledZombies() {
        Map<Integer, DomainObservation> domains =
                report.observation().domains().stream().collect(toMap(DomainObservation::domid, d -> d));
        assertThat(report.domains())
                .filteredOn(d -> d.finding().verdict() == Verdict.ZOMBIE)
                .allSatisfy(d -> assertThat(
                                Objects.requireNonNull(domains.get(d.domid())).condition())
                        .isInstanceOf(Condition.Dying.class));
    }

    @Test
    void allThatTheHostPrintsIsUnderstood() {
        assertThat(report.observation().unread()).isEmpty();
    }
}
