package io.paramedic.deploy.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paramedic.deploy.simulation.hosts.CommandFaults.Fault;
import io.paramedic.deploy.simulation.hosts.SimulatedHost;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import io.paramedic.deploy.simulation.model.Behaviour;
import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostFacts;
import io.paramedic.deploy.simulation.model.HostFaults;
import io.paramedic.deploy.simulation.model.TimeSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can go wrong on a host, as a client sees it. */
class HostFaultsTest {
    private static final Duration A_WHILE = Duration.ofMillis(300);

    private SimulatedHosts pool;
    private SshClientForTests client;
    private SimulatedHost host;
    private HostFaults faults;

    @BeforeEach
    void start() throws IOException {
        pool = SimulatedHosts.open(TimeSource.scaled(20));
        host = pool.add(HostFacts.xl("xl-1"));
        faults = host.model().faults();
        host.model().start(DomainSpec.pv("web"));
        client = new SshClientForTests(pool);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        pool.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xl list",
                "xl list -v",
                "xl list 1",
                "xl info",
                "xl dmesg",
                "xl destroy 1",
                "xl pause 1",
                "xl uptime",
                "xenstore-read /local/domain/0/name",
                "xenstore-ls -f"
            })
    void hangsWhileXenstoredIsStoppedAndGoesOnWhenItContinues(String line) throws IOException {
        faults.stopXenstored(true);
        try (SshClientForTests.Running running = client.start(host, "root", line, "")) {
            assertThat(running.stillRunningAfter(A_WHILE)).isTrue();
            assertThat(running.out()).isEmpty();

            faults.stopXenstored(false);

            assertThat(running.await(Duration.ofSeconds(10)).status()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"xl list", "xl domid web", "xl destroy 1", "xl shutdown 1", "xenstore-ls -f", "xl vcpu-list"})
    void hangsOnceXenstoredWasKilled(String line) throws IOException {
        faults.killXenstored();
        try (SshClientForTests.Running running = client.start(host, "root", line, "")) {
            assertThat(running.stillRunningAfter(A_WHILE)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xl info", "xl dmesg", "xen-diag gnttab_query_size 1"})
    void stillTellsWhatNeedsNoXenstored(String line) throws IOException {
        faults.killXenstored();

        assertThat(client.run(host, line).status()).isZero();
    }

    @Test
    void losesEveryNameWhenXenstoredStartsAnewButNoDomain() throws IOException {
        faults.killXenstored();
        faults.restartXenstored();

        assertThat(client.run(host, "xl list").out())
                .contains("(null)  ")
                .doesNotContain("web")
                .contains("-b----");
        assertThat(client.run(host, "xl domid web").status()).isEqualTo(1);
        assertThat(client.run(host, "xl list -l").out()).contains("\"name\": \"web\"");
    }

    @Test
    void stopsTheHeartbeatOfAGuestThatHangs() throws IOException {
        String read = "xenstore-read /local/domain/1/data/heartbeat";
        await().untilAsserted(() -> assertThat(client.run(host, read).status()).isZero());
        String early = client.run(host, read).out();
        await().untilAsserted(() -> assertThat(client.run(host, read).out()).isNotEqualTo(early));

        faults.behave(1, Behaviour.ASLEEP);
        String last = client.run(host, read).out();

        client.run(host, "sleep 5");
        assertThat(client.run(host, read).out()).isEqualTo(last);
        assertThat(client.run(host, "xl list").out()).contains("-b----");
    }

    @Test
    void tellsAWatcherOfEachHeartbeatAndOfAnEnd() throws IOException {
        try (SshClientForTests.Running running =
                client.start(host, "root", "xenstore-watch /local/domain/1/data @releaseDomain", "")) {
            await().untilAsserted(() -> assertThat(running.out())
                    .startsWith("/local/domain/1/data\n@releaseDomain\n")
                    .contains("/local/domain/1/data/heartbeat\n"));

            client.run(host, "xl destroy 1");

            await().untilAsserted(() -> assertThat(running.out()).endsWith("@releaseDomain\n"));
        }
    }

    @Test
    void showsADeadDeviceModelAsGoneOrAsADeadProcess() throws IOException {
        int gone = host.model().start(DomainSpec.hvm("gone"));
        int dead = host.model().start(DomainSpec.hvm("dead"));
        faults.deviceModelGone(gone);
        faults.deviceModelZombie(dead);

        String ps = client.run(host, "ps axo pid,ppid,stat,wchan:20,etime,args").out();

        assertThat(ps).doesNotContain("-name gone").contains("[xen-qemu-system-i386] <defunct>");
        assertThat(client.run(host, "xl list").out().lines().filter(line -> line.contains("------")))
                .hasSize(2);
    }

    @Test
    void keepsAShutDownDomainForWhichNobodyIsLeft() throws IOException {
        faults.stuckShutdown(1);
        host.model().start(DomainSpec.pv("again"));
        faults.rebootNotReaped(2);
        client.run(host, "sleep 5");

        assertThat(client.run(host, "xl list").out()).contains("---s--").contains("---sr-");
        assertThat(client.run(host, "ps axo pid,args").out()).doesNotContain("xl create");
    }

    @Test
    void refusesConnectionsWhileItIsDownAndComesBackOnTheSamePort() throws IOException {
        client.run(host, "xl info");
        host.vanish(SimulatedHost.Absence.REFUSES);

        assertThatThrownBy(() -> connect().close()).isInstanceOf(IOException.class);

        host.comeBack();
        await().untilAsserted(
                        () -> assertThat(client.run(host, "xl info").status()).isZero());
    }

    @Test
    void takesConnectionsAndSaysNothingWhileItIsSilent() throws IOException {
        try (SshClientForTests.Running running = client.start(host, "root", "sleep 20; xl domid web", "")) {
            host.vanish(SimulatedHost.Absence.SILENT);

            try (Socket socket = connect()) {
                socket.setSoTimeout(500);
                assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            }
            assertThat(running.stillRunningAfter(Duration.ofSeconds(2))).isTrue();
            assertThat(running.out()).isEmpty();
        }
        host.comeBack();
        try (SshClientForTests again = new SshClientForTests(pool)) {
            assertThat(again.run(host, "xl domid web").out()).isEqualTo("1\n");
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", host.port()), 5000);
        return socket;
    }

    @Test
    void cutsTheConnectionBeforeOrAfterTheEffect() throws IOException {
        host.commandFaults().once("xl pause", new Fault.CutBefore());
        assertThat(client.run(host, "xl pause web").status()).isNull();
        assertThat(client.run(host, "xl list web").out()).contains("-b----");

        host.commandFaults().once("xl pause", new Fault.CutAfter());
        assertThat(client.run(host, "xl pause web").status()).isNull();
        assertThat(client.run(host, "xl list web").out()).contains("--p---");
        assertThat(host.record().effects()).containsExactly("paused domain 1");
    }

    @Test
    void cutsTheConnectionOfARealShellToo() throws IOException {
        host.commandFaults().once("xl pause", new Fault.CutAfter());

        assertThat(client.run(host, "x=1; xl pause $x").status()).isNull();

        assertThat(client.run(host, "xl list web").out()).contains("--p---");
    }

    @Test
    void answersLateWithGarbageOrNotAtAll() throws IOException {
        host.commandFaults()
                .add("xl list", new Fault.Garbage("Name  ID\n%$#@!\n"))
                .add("xl info", new Fault.Missing())
                .add("xl vcpu-list", new Fault.Hangs())
                .add("xl uptime", new Fault.Slow(Duration.ofSeconds(40)));

        assertThat(client.run(host, "xl list").out()).isEqualTo("Name  ID\n%$#@!\n");
        assertThat(client.run(host, "xl info"))
                .isEqualTo(new SshClientForTests.Result(127, "", "sh: 1: xl: not found\n"));
        try (SshClientForTests.Running running = client.start(host, "root", "xl vcpu-list", "")) {
            assertThat(running.stillRunningAfter(A_WHILE)).isTrue();
        }
        long start = System.nanoTime();
        client.run(host, "xl uptime");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Duration.ofSeconds(2).minusMillis(50));
    }

    @Test
    void losesGuestsAndBootIdWithItsPower() throws IOException {
        String boot = client.run(host, "cat /proc/sys/kernel/random/boot_id").out();

        host.model().powerCycle();

        assertThat(client.run(host, "cat /proc/sys/kernel/random/boot_id").out())
                .isNotEqualTo(boot);
        assertThat(client.run(host, "xl list").out().lines()).hasSize(2);
        assertThat(client.run(host, "xl create /etc/xen/web.cfg").status()).isZero();
        assertThat(client.run(host, "xl domid web").out()).isEqualTo("1\n");
    }

    @Test
    void recordsEveryCommandWithItsEffectInMemoryAndInAFile() throws IOException {
        client.run(host, "xl list nosuch || xl pause web");

        var line = host.record().lines().getFirst();
        assertThat(line.command()).isEqualTo("xl list nosuch || xl pause web");
        assertThat(line.status()).isZero();
        var programs = host.record().programs("xl");
        assertThat(programs).extracting(entry -> entry.command()).containsExactly("xl list nosuch", "xl pause web");
        assertThat(programs).extracting(entry -> entry.status()).containsExactly(1, 0);
        assertThat(programs).allMatch(entry -> entry.within() == line.number());
        assertThat(programs.getLast().effects()).containsExactly("paused domain 1");
        List<String> file = Files.readAllLines(host.record().file());
        assertThat(file).hasSize(6);
        assertThat(file.getFirst()).contains("\tLINE\t").endsWith("xl list nosuch || xl pause web");
        assertThat(file.get(4)).startsWith("end\t3\t").endsWith("\t0\tpaused domain 1");
    }

    @Test
    void refusesAnotherKey() throws IOException {
        try (SimulatedHosts others = SimulatedHosts.open();
                SshClientForTests stranger = new SshClientForTests(others)) {
            SimulatedHost other = others.add(HostFacts.xl("xl-2"));
            assertThat(stranger.run(other, "xl info").status()).isZero();
            assertThat(others.fingerprint()).startsWith("SHA256:").isNotEqualTo(pool.fingerprint());
            assertThatThrownBy(() -> stranger.run(host, "xl info")).isInstanceOf(IOException.class);
        }
    }
}
