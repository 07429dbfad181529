package io.paramedic.deploy.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.paramedic.deploy.simulation.hosts.CommandFaults.Fault;
import io.paramedic.deploy.simulation.hosts.HostRecord;
import io.paramedic.deploy.simulation.hosts.SimulatedHost;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostFacts;
import io.paramedic.deploy.simulation.model.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code timeout} on a simulated host. */
class TimeLimitTest {
    private SimulatedHosts pool;
    private SshClientForTests client;
    private SimulatedHost host;

    @BeforeEach
    void start() throws IOException {
        pool = SimulatedHosts.open(TimeSource.scaled(20));
        host = pool.add(HostFacts.xl("xl-1"));
        host.model().start(DomainSpec.pv("web"));
        client = new SshClientForTests(pool);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        pool.close();
    }

    @Test
    void isFoundLikeAnyProgram() throws IOException {
        assertThat(client.run(host, "command -v timeout").out()).isEqualTo("/usr/bin/timeout\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout -k 1 9 xl domid web", "timeout 0.5m xl domid web", "timeout 0 xl domid web"})
    void passesOnWhatAProgramThatEndsInTimeSays(String line) throws IOException {
        assertThat(client.run(host, line)).isEqualTo(new SshClientForTests.Result(0, "1\n", ""));
        assertThat(client.run(host, "timeout 9 xl domid nosuch").status()).isEqualTo(1);
    }

    @Test
    void recordsTheProgramAsWellAsItself() throws IOException {
        client.run(host, "timeout -k 1 9 xl pause web");

        assertThat(host.record().entries())
                .extracting(HostRecord.Entry::kind, HostRecord.Entry::command)
                .containsExactly(
                        tuple(HostRecord.Kind.LINE, "timeout -k 1 9 xl pause web"),
                        tuple(HostRecord.Kind.PROGRAM, "timeout -k 1 9 xl pause web"),
                        tuple(HostRecord.Kind.PROGRAM, "xl pause web"));
        assertThat(host.record().effects()).containsExactly("paused domain 1");
    }

    /** The second line needs a real shell. */
    @ParameterizedTest
    @ValueSource(strings = {"timeout -k 1 9 xl list -v", "x=9; timeout -k 1 $x xl list -v"})
    void endsAProgramThatHangsAfterItsTime(String line) throws IOException {
        host.model().faults().stopXenstored(true);

        assertThat(client.run(host, line).status()).isEqualTo(124);

        HostRecord.Entry inner = host.record().programs("xl list -v").getFirst();
        Duration took = Duration.between(inner.started(), Objects.requireNonNull(inner.ended()));
        assertThat(took).isBetween(Duration.ofSeconds(9), Duration.ofMinutes(2));
    }

    @Test
    void runsWhatOnlyAShellUnderstandsWithTheProgramsOfTheHost() throws IOException {
        assertThat(client.run(host, "timeout 60 sh -c 'xl domid web | cat'").out())
                .isEqualTo("1\n");
    }

    @Test
    void leavesNothingBehindThatWouldGoOnLater() throws IOException {
        host.commandFaults().once("xl destroy", new Fault.Hangs());
        host.model().faults().stopXenstored(true);
        client.run(host, "timeout 3 xl pause web");
        host.model().faults().stopXenstored(false);

        assertThat(client.run(host, "timeout 3 xl destroy web; sleep 20").status())
                .isZero();

        assertThat(host.record().effects()).isEmpty();
        assertThat(client.run(host, "xl list web").out()).contains("-b----");
        assertThat(host.record().entries()).allMatch(entry -> entry.ended() != null);
    }

    @Test
    void lapsesWithTheHost() throws IOException {
        host.model().faults().stopXenstored(true);
        try (SshClientForTests.Running running = client.start(host, "root", "timeout 9000 xl list", "")) {
            await().untilAsserted(
                            () -> assertThat(host.record().programs("xl list")).hasSize(1));

            host.close();

            assertThat(host.record().programs("xl list").getFirst().ended()).isNotNull();
            assertThat(running.out()).isEmpty();
        }
    }

    @Test
    void saysThatThereIsNoSuchProgram() throws IOException {
        assertThat(client.run(host, "timeout 9 xe vm-list"))
                .isEqualTo(new SshClientForTests.Result(
                        127, "", "timeout: failed to run command 'xe': No such file or directory\n"));
    }

    @Test
    void meetsWhatIsWrongWithEveryCommandOnce() throws IOException {
        host.commandFaults().once("", new Fault.Garbage("?\n"));

        assertThat(client.run(host, "timeout 9 xl domid web; timeout 9 xl domid web")
                        .out())
                .isEqualTo("?\n1\n");
    }
}
