package io.paramedic.deploy.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostAddress;
import io.paramedic.collector.access.ssh.PassphraseSource;
import io.paramedic.collector.access.ssh.SshClients;
import io.paramedic.collector.access.ssh.SshOptions;
import io.paramedic.collector.access.ssh.SshTarget;
import io.paramedic.collector.sampling.LookPlan;
import io.paramedic.deploy.simulation.DemoScenario;
import io.paramedic.deploy.simulation.DemoScenario.Truth;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.doctor.HostReport;
import io.paramedic.schemas.doctor.HostReport.DomainFinding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Over real SSH, on hosts full of faults and of guests that only look sick. */
class DoctorOnSimulatedHostsTest {
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

    @Test
    void callsEveryDomainWhatItIs() throws IOException, InterruptedException {
        try (SimulatedHosts pool = SimulatedHosts.open();
                SshClients clients = SshClients.start(PassphraseSource.NONE)) {
            DemoScenario scenario = DemoScenario.twoSickHosts(pool);
            List<HostAccess> hosts = accesses(pool, scenario, clients);
            Map<String, Verdict> said = verdicts(scenario, new Doctor(LookPlan.DEFAULT).examine(hosts, _ -> {}));

            Map<String, Verdict> right = new LinkedHashMap<>();
            for (Truth truth : scenario.truths()) {
                right.put(
                        truth.host() + " " + truth.domid(), EXPECTED.getOrDefault(truth.name(), Verdict.NOTHING_WRONG));
            }
            right.keySet().forEach(key -> assertThat(said).as(key).containsEntry(key, right.get(key)));
            assertThat(right).hasSize(17);
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
