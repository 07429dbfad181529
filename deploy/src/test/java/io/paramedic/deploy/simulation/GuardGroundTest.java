package io.paramedic.deploy.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paramedic.deploy.simulation.hosts.SimulatedHost;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a guard rests on: a directory of each host's own, acts that outlive their connection, boots that can be told apart. */
class GuardGroundTest {
    private SimulatedHosts pool;
    private SshClientForTests client;
    private SimulatedHost host;

    @BeforeEach
    void start() throws IOException {
        pool = SimulatedHosts.open();
        host = pool.add(HostFacts.xl("xl-1"));
        client = new SshClientForTests(pool);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        pool.close();
    }

    @Test
    void givesEachHostADirectoryOfItsOwn() throws Exception {
        SimulatedHost other = pool.add(HostFacts.xcpNg("xcp-1"));

        client.run(host, "mkdir -p \"$PARAMEDIC_STATE\" && echo one >\"$PARAMEDIC_STATE/token\" && sync");
        client.run(other, "echo two >\"$PARAMEDIC_STATE/token\"");

        assertThat(client.run(host, "cat \"$PARAMEDIC_STATE/token\"").out()).isEqualTo("one\n");
        assertThat(host.guardState().resolve("token")).hasContent("one\n");
        assertThat(other.guardState()).isNotEqualTo(host.guardState());
    }

    @Test
    void letsAnActGoOnWhenItsConnectionIsCut() throws Exception {
        host.model().start(DomainSpec.pv("web"));
        Path result = host.guardState().resolve("result");

        client.run(
                host,
                "(sleep 0.3; xl destroy 1; echo $? >\"$PARAMEDIC_STATE/new\"; mv \"$PARAMEDIC_STATE/new\""
                        + " \"$PARAMEDIC_STATE/result\") </dev/null >/dev/null 2>&1 & echo begun");
        host.cutConnections();

        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(result));
        assertThat(result).hasContent("0\n");
        assertThat(host.model().locked(() -> host.model().domain(1))).isEmpty();
        assertThat(host.record().effects()).contains("destroyed domain 1");
    }

    @Test
    void endsActsInTheMiddleWhenItLosesPowerAndKeepsWhatIsOnDisk() throws Exception {
        host.model().start(DomainSpec.pv("big").size(1, 2000));
        String boot = client.run(host, "cat /proc/sys/kernel/random/boot_id").out();
        client.run(
                host,
                "(xl destroy 1; echo done >\"$PARAMEDIC_STATE/result\") </dev/null >/dev/null 2>&1 &"
                        + " echo begun >\"$PARAMEDIC_STATE/begun\"");
        await().until(() -> host.record().effects().contains("began to destroy domain 1 (big)"));

        host.reboot();

        String after = client.run(host, "cat /proc/sys/kernel/random/boot_id").out();
        assertThat(after).isNotEqualTo(boot);
        assertThat(UUID.fromString(after.strip())).isEqualTo(host.model().bootId());
        assertThat(client.run(host, "cat /proc/uptime").out())
                .startsWith("0.")
                .matches("\\d+\\.\\d\\d \\d+\\.\\d\\d\n");
        assertThat(client.run(host, "xl list").out()).doesNotContain("big");
        assertThat(host.guardState().resolve("begun")).exists();
        assertThat(host.guardState().resolve("result")).doesNotExist();
    }
}
