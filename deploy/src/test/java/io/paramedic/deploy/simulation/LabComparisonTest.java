package io.paramedic.deploy.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.deploy.simulation.hosts.SimulatedHost;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import io.paramedic.deploy.simulation.model.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools of a model that equals the lab host print byte for byte what the lab host printed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabComparisonTest {
    private SimulatedHosts pool;
    private SshClientForTests client;
    private SimulatedHost host;

    @BeforeAll
    void start() throws IOException {
        pool = SimulatedHosts.open();
        host = pool.add(LabHost.standingStill());
        client = new SshClientForTests(pool);
    }

    @AfterAll
    void stop() throws IOException {
        client.close();
        pool.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xl-list",
                "xl-list-missing-id",
                "xl-list-missing-name",
                "xl-list-zombie-id",
                "xl-list-l-zombie-id",
                "xl-vcpu-list-zombie",
                "xl-uptime",
                "xl-domid",
                "xl-domid-missing",
                "xl-domid-zombie-name",
                "xl-domname",
                "xl-domname-missing",
                "xl-domname-zombie",
                "xl-sched-credit2",
                "xen-diag-gnttab-dom",
                "xen-diag-gnttab-missing",
                "xen-diag-gnttab-zombie",
                "xen-diag-help",
                "xenstore-list-domains",
                "xenstore-ls-dom",
                "xenstore-ls-zombie",
                "xenstore-read-missing",
                "xenstore-read-name",
                "xenstore-read-two-one-missing",
                "destroy-dom0-id",
                "destroy-missing-id",
                "destroy-missing-name",
                "destroy-zombie-id",
                "destroy-zombie-name",
                "destroy-zombie-null",
                "after-destroy-zombie-list",
                "pause-missing",
                "unpause-missing",
                "shutdown-missing",
                "sysrq-missing",
                "trigger-missing",
                "trigger-nmi-poll",
                "trigger-power-poll",
                "trigger-reset-poll",
                "zombie-pause",
                "zombie-unpause",
                "zombie-trigger",
                "sysrq-poll",
                "xl-bad-command",
                "xl-list-bad-option",
                "create-missing-file"
            })
    void printsWhatTheLabPrinted(String capture) throws IOException {
        SshClientForTests.Result result = client.run(host, text(capture, "cmd").strip());

        assertThat(result.out()).isEqualTo(text(capture, "out"));
        assertThat(result.err()).isEqualTo(text(capture, "err"));
        assertThat(result.status())
                .isEqualTo(Integer.parseInt(text(capture, "rc").strip()));
    }

    /** Captured at another moment: CPU times and what ran just then differ, all else does not. */
    @ParameterizedTest
    @ValueSource(strings = {"xl-list-v", "xl-list-Z", "xl-list-cpupool"})
    void printsTheSameColumnsAsTheLab(String capture) throws IOException {
        SshClientForTests.Result result = client.run(host, text(capture, "cmd").strip());

        String moment = "[r-]-----( +)[0-9.]+";
        assertThat(result.out().replaceAll("[r-]----- +[0-9.]+|(?<=[-a-z]{6} {2} {0,8})[0-9.]+", "T"))
                .isEqualTo(text(capture, "out").replaceAll("[r-]----- +[0-9.]+|(?<=[-a-z]{6} {2} {0,8})[0-9.]+", "T"));
        assertThat(result.out()).containsPattern(moment);
    }

    @Test
    void describesTheHostInTheSameLines() throws IOException {
        String free = "(?m)^(free_memory|xen_commandline|xen_extra) .*$";
        assertThat(client.run(host, "xl info").out().replaceAll(free, "$1"))
                .isEqualTo(text("xl-info", "out").replaceAll(free, "$1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shutdown-poll-long", "reboot-poll-long", "shutdown-F-poll-long", "shutdown-w-panic-long"})
    void failsAfterAMinuteWhereTheGuestDoesNotAnswer(String capture) throws IOException {
        try (SimulatedHosts fast = SimulatedHosts.open(TimeSource.scaled(200));
                SshClientForTests other = new SshClientForTests(fast)) {
            SimulatedHost lab = fast.add(LabHost.in(TimeSource.scaled(200)));

            SshClientForTests.Result result =
                    other.run(lab, text(capture, "cmd").strip());

            assertThat(result.err()).isEqualTo(text(capture, "err"));
            assertThat(result.status()).isEqualTo(1);
            var entry = lab.record().programs("xl").getFirst();
            assertThat(Duration.between(entry.started(), Objects.requireNonNull(entry.ended())))
                    .isBetween(Duration.ofSeconds(60), Duration.ofMinutes(20));
        }
    }

    private static String text(String capture, String part) throws IOException {
        String file = "lab/" + capture + "." + part;
        try (InputStream stream = LabComparisonTest.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("/usr/lib/xen-4.17/bin/", "");
        }
    }
}
