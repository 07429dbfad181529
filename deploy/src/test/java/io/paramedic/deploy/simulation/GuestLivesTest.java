package io.paramedic.deploy.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paramedic.deploy.simulation.hosts.SimulatedHost;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import io.paramedic.deploy.simulation.model.Behaviour;
import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostFacts;
import io.paramedic.deploy.simulation.model.HostFaults;
import io.paramedic.deploy.simulation.model.Life;
import io.paramedic.deploy.simulation.model.TimeSource;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guests answer over their network while they live, and their hosts remember every life. */
class GuestLivesTest {
    private SimulatedHosts pool;

    @BeforeEach
    void start() throws IOException {
        pool = SimulatedHosts.open(TimeSource.scaled(50));
    }

    @AfterEach
    void stop() throws IOException {
        pool.close();
    }

    @Test
    void answersOnTheSamePortInEachIncarnation() throws Exception {
        SimulatedHost host = pool.add(HostFacts.xl("xl-1"));
        DomainSpec web = DomainSpec.pvh("web").boots(Duration.ofSeconds(20));
        int domid = host.model().start(web);
        int port = host.guestPort(web.uuid());
        assertThatThrownBy(() -> ask(port, 300)).isInstanceOf(SocketTimeoutException.class);
        await().until(() -> host.model().answers(web.uuid()));
        assertThat(ask(port, 5000)).isEqualTo(200);

        try (SshClientForTests client = new SshClientForTests(pool)) {
            client.run(host, "xl destroy " + domid);
            assertThatThrownBy(() -> ask(port, 300)).isInstanceOf(SocketTimeoutException.class);
            assertThat(client.run(host, "xl create /etc/xen/web.cfg").status()).isZero();
            await().until(() -> host.model().answers(web.uuid()));
        }

        assertThat(ask(port, 5000)).isEqualTo(200);
        assertThat(host.guestPort(web.uuid())).isEqualTo(port);
        List<Life> lives = host.model().lives();
        assertThat(lives).extracting(Life::domid).containsExactly(1, 2);
        assertThat(lives).extracting(Life::vm).containsOnly(web.uuid());
        // Model time: it answers when it has booted, not before.
        assertThat(lives)
                .allSatisfy(life -> assertThat(Duration.between(life.created(), life.answered()))
                        .isEqualTo(Duration.ofSeconds(20)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"SPINNING", "ASLEEP", "STUCK_IN_XEN", "BOOTING"})
    void isSilentAndNeverRefusesWhileItHangs(Behaviour behaviour) throws IOException {
        SimulatedHost host = pool.add(HostFacts.xcpNg("xcp-1"));
        DomainSpec web = DomainSpec.hvm("web");
        host.model().faults().behave(host.model().start(web), behaviour);
        int port = host.guestPort(web.uuid());

        assertThatThrownBy(() -> ask(port, 200)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void isSilentWhilePausedCrashedGoneOrMigrating() throws IOException {
        SimulatedHost host = pool.add(HostFacts.xcpNg("xcp-1"));
        HostFaults faults = host.model().faults();
        for (String what : List.of("paused", "crashed", "gone", "migrating")) {
            DomainSpec web = DomainSpec.hvm(what);
            int domid = host.model().start(web);
            assertThat(host.model().answers(web.uuid())).isTrue();
            switch (what) {
                case "paused" -> faults.paused(domid);
                case "crashed" -> faults.crashPreserved(domid);
                case "gone" -> faults.zombie(domid);
                default -> faults.migratesAway(domid, "xcp-2");
            }
            assertThat(host.model().answers(web.uuid())).isFalse();
            int port = host.guestPort(web.uuid());
            assertThatThrownBy(() -> ask(port, 200)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void answersWhileItsHeartbeatAloneHasStopped() throws IOException {
        SimulatedHost host = pool.add(HostFacts.xcpNg("xcp-1"));
        DomainSpec database = DomainSpec.hvm("database").behaves(Behaviour.BUSY);
        host.model().faults().stopAgent(host.model().start(database), true);

        assertThat(ask(host.guestPort(database.uuid()), 5000)).isEqualTo(200);
    }

    @Test
    void recoversByAHardRebootUnderAnotherIdAndTheSameRecord() throws Exception {
        SimulatedHost host = pool.add(HostFacts.xcpNg("xcp-1"));
        DomainSpec web = DomainSpec.hvm("web").boots(Duration.ofSeconds(10));
        int domid = host.model().start(web);
        host.model().faults().behave(domid, Behaviour.SPINNING);

        try (SshClientForTests client = new SshClientForTests(pool)) {
            assertThat(client.run(host, "xe vm-reboot uuid=" + web.uuid() + " force=true")
                            .status())
                    .isZero();
            assertThat(client.run(host, "xe vm-param-get uuid=" + web.uuid() + " param-name=dom-id")
                            .out())
                    .isEqualTo("2\n");
        }

        assertThat(host.record().effects()).containsExactly("hard_reboot of domain 1 (web)");
        await().until(() -> host.model().answers(web.uuid()));
    }

    @Test
    void keepsTheWaitForAnAnswerWithinTheLimitThatWasSet() throws IOException, InterruptedException {
        SimulatedHost host = pool.add(HostFacts.xl("xl-1"));
        host.model().acknowledgement(Duration.ofSeconds(6));
        host.model().faults().behave(host.model().start(DomainSpec.pv("web")), Behaviour.ASLEEP);
        ToolRunner tools = new ToolRunner(host.model());
        var before = host.model().time().now();

        ToolRunner.Result result = tools.run("xl", "reboot", "1");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("guest didn't acknowledge control request: -9");
        assertThat(Duration.between(before, host.model().time().now()))
                .isBetween(Duration.ofSeconds(6), Duration.ofSeconds(50));
    }

    @Test
    void showsTheSuspendedHalfOfAMigrationInBothDialects() throws IOException, InterruptedException {
        SimulatedHost xl = pool.add(HostFacts.xl("xl-1"));
        xl.model().faults().migratesAway(xl.model().start(DomainSpec.pv("web")), "xl-2");
        assertThat(new ToolRunner(xl.model()).row(1)).isEqualTo("web--migratedaway 1 96 1 ---ss-");
        assertThat(new ToolRunner(xl.model()).run("ps", "axo", "pid,args").out())
                .contains("xl migrate web xl-2");

        SimulatedHost xcp = pool.add(HostFacts.xcpNg("xcp-1"));
        DomainSpec web = DomainSpec.hvm("web").uuid("d5d5b3c2-7d44-4a2c-8a65-0d0a9f0e6f11");
        xcp.model().faults().migratesAway(xcp.model().start(web), "xcp-2");
        ToolRunner tools = new ToolRunner(xcp.model());
        assertThat(tools.run("list_domains").out()).contains("d5d5b3c2-7d44-4a2c-8a65-000000000000 |  S   H");
        assertThat(tools.run("xe", "vm-param-get", "uuid=" + web.uuid(), "param-name=current-operations")
                        .out())
                .isEqualTo("pool_migrate\n");
    }

    @Test
    void listsTheMembersOfItsPool() throws IOException, InterruptedException {
        SimulatedHost one = pool.add(HostFacts.xcpNg("xcp-1"));
        HostFacts two = HostFacts.xcpNg("xcp-2");
        one.model().faults().poolMember(two);

        assertThat(new ToolRunner(one.model())
                        .run("xe", "host-list", "params=uuid", "--minimal")
                        .out())
                .contains(two.hostUuid().toString());
    }

    @Test
    void hasConfigurationsThatCanBeListedSummedAndRead() throws Exception {
        SimulatedHost host = pool.add(HostFacts.xl("xl-1"));
        host.model().start(DomainSpec.pv("web"));
        int other = host.model().start(DomainSpec.pv("front"));
        host.model().faults().configFile(other, "/etc/xen/auto/05-front.cfg");

        try (SshClientForTests client = new SshClientForTests(pool)) {
            assertThat(client.run(host, "ls -1 /etc/xen").out()).isEqualTo("auto\nweb.cfg\n");
            assertThat(client.run(host, "ls -1 /etc/xen/auto").out()).isEqualTo("05-front.cfg\n");
            assertThat(client.run(host, "ls -1 /etc/xen/none").status()).isEqualTo(2);
            String sum = client.run(host, "sha256sum /etc/xen/web.cfg /etc/xen/gone.cfg")
                    .out();
            assertThat(sum).matches("[0-9a-f]{64}  /etc/xen/web.cfg\n");
            // The same through a real shell, where the machine's own sha256sum sums what the host's cat reads.
            assertThat(client.run(host, "cat /etc/xen/web.cfg | sha256sum").out())
                    .startsWith(sum.substring(0, 64));
            assertThat(client.run(host, "f=/etc/xen/web.cfg; sha256sum \"$f\"").out())
                    .isEqualTo(sum);
            assertThat(client.run(host, "cat /etc/xen/web.cfg").out())
                    .contains("disk = [ \"phy:/dev/vg0/web,xvda,w\" ]");
        }
    }

    private static int ask(int port, int limitMillis) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/" + UUID.randomUUID())
                        .toURL()
                        .openConnection();
        connection.setConnectTimeout(limitMillis);
        connection.setReadTimeout(limitMillis);
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
