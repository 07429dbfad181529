package io.paramedic.deploy.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import io.paramedic.deploy.simulation.model.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hosts of the demonstration, and the runner that shows them. */
class DemoScenarioTest {
    @Test
    void showsEachKindOfTroubleBesideHealthyGuests() throws IOException, InterruptedException {
        try (SimulatedHosts pool = SimulatedHosts.open(TimeSource.scaled(50));
                SshClientForTests client = new SshClientForTests(pool)) {
            DemoScenario scenario = DemoScenario.twoSickHosts(pool);
            assertThat(scenario.hosts()).containsExactly("xcp-1", "xl-1");
            client.run(pool.host("xl-1"), "sleep 5");

            assertThat(client.run(pool.host("xl-1"), "xl list").out())
                    .contains("---sc-")
                    .contains("---s--")
                    .contains("---sr-")
                    .contains("--p--d")
                    .contains("--p---")
                    .contains("g-healthy");
            assertThat(client.run(pool.host("xcp-1"), "list_domains -all").out())
                    .contains("|      H |")
                    .contains("|  SP  H |")
                    .contains("| D P  H |")
                    .contains("|   P  H |")
                    .contains(" 7 | deadbeef-dead-beef-dead-beef00000007 | D");
            // A guest that hangs has had a heartbeat before.
            assertThat(client.run(pool.host("xl-1"), "xenstore-read /local/domain/3/data/heartbeat")
                            .out())
                    .matches("\\d{6}\n");
            assertThat(client.run(pool.host("xl-1"), "xl uptime g-healthy").out())
                    .contains("1 day,  6:");
            assertThat(scenario.truths()).filteredOn(DemoScenario.Truth::sick).hasSize(10);
        }
    }

    @Test
    void saysHowToReachTheHostsAndRemovesThemWhenInterrupted(@TempDir Path records) throws Exception {
        StringWriter text = new StringWriter();
        SimulateHosts.Options options = new SimulateHosts.Options(2, 1, 1, Optional.of(records));
        Thread runner = Thread.ofPlatform().start(() -> {
            try {
                SimulateHosts.run(options, new PrintWriter(text));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        org.awaitility.Awaitility.await().until(() -> text.toString().contains("Ctrl-C"));
        String shown = text.toString();
        Path config = Path.of(shown.lines()
                .filter(line -> line.startsWith("ssh config"))
                .findFirst()
                .orElseThrow()
                .replaceFirst("ssh config +", ""));

        assertThat(shown).contains("xcp-1", "xl-1", "host-0001", "SICK", "SHA256:");
        assertThat(Files.readString(config)).contains("Host xl-1\n  HostName 127.0.0.1\n  Port ");

        runner.interrupt();
        runner.join();
        assertThat(config).doesNotExist();
    }
}
