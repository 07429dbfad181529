package io.paramedic.deploy.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.deploy.simulation.hosts.SimulatedHost;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hosts are cheap: hundreds in one process, each with its own port, guests and boot. */
class ManyHostsTest {
    @Test
    @Timeout(120)
    void serveTwoHundredConnectionsAtOnce() throws Exception {
        try (SimulatedHosts pool = SimulatedHosts.open();
                SshClientForTests client = new SshClientForTests(pool)) {
            List<SimulatedHost> hosts = DemoScenario.healthyHosts(pool, 200, 5);
            AtomicInteger right = new AtomicInteger();
            Semaphore connecting = new Semaphore(16);
            List<Thread> threads = hosts.stream()
                    .map(host -> Thread.ofVirtual().start(() -> {
                        connecting.acquireUninterruptibly();
                        try {
                            SshClientForTests.Result result = client.run(
                                    host,
                                    "export LC_ALL=C PATH=\"$PATH:/usr/sbin:/sbin:/opt/xensource/bin\"; xl list -v;"
                                            + " cat /proc/sys/kernel/random/boot_id");
                            boolean own = result.out().contains(host.name() + "-vm-05")
                                    && result.out().endsWith(host.model().bootId() + "\n");
                            right.addAndGet(own ? 1 : 0);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        } finally {
                            connecting.release();
                        }
                    }))
                    .toList();
            for (Thread thread : threads) {
                assertThat(thread.join(Duration.ofSeconds(100))).isTrue();
            }
            assertThat(right).hasValue(200);
            assertThat(hosts).allMatch(host -> host.record().lines().size() == 1);
        }
    }
}
