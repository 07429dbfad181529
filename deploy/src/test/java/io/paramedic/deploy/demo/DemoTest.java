package io.paramedic.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paramedic.deploy.broker.BrokerCannotStart;
import io.paramedic.deploy.broker.BrokerConfig;
import io.paramedic.deploy.broker.EmbeddedBroker;
import io.paramedic.deploy.demo.RingStarter.CannotStart;
import io.paramedic.deploy.demo.RingStarter.Ring;
import io.paramedic.deploy.demo.RingStarter.Setup;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.inventory.Access;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.inventory.Probe;
import io.paramedic.schemas.log.KafkaConnection.Sending;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.log.LogWriter;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.overview.HostOverview.Standing;
import io.paramedic.schemas.topics.Catalogue;
import io.paramedic.schemas.topics.ClusterKind;
import io.paramedic.schemas.topics.KafkaTools;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.topics.admin.KafkaUnavailable;
import io.paramedic.schemas.topics.admin.TopicKeeper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration from end to end, with a ring that sees everything and does nothing. */
@EnabledOnOs(OS.LINUX)
class DemoTest {
    private final StringWriter text = new StringWriter();
    private final AtomicReference<Setup> given = new AtomicReference<>();

    @Test
    void doesNotPassWhereNothingIsDoneAndSaysSo(@TempDir Path directory) throws Exception {
        Path json = directory.resolve("report.json");

        DemoReport report = Demo.run(
                DemoOptions.DEFAULT.withLimit(Duration.ofSeconds(45)).withReport(json),
                setup -> watching(setup, new CompletableFuture<>()),
                new PrintWriter(text));

        assertThat(report.passed()).isFalse();
        assertThat(report.injected()).isEqualTo(6);
        assertThat(report.recovered()).isZero();
        assertThat(report.healthyVmsTouched()).isZero();
        assertThat(text.toString())
                .contains("FAULT  ", "TRAP   ", "6 faults: 0 recovered")
                .contains("doctor root@HOST");
        assertThat(Files.readString(json)).contains("\"faultsInjected\" : 6");
        assertThat(given.get().directory()).doesNotExist();
        assertThat(given.get().inventory()).hasSize(5).allSatisfy(DemoTest::canBeReachedAndAsked);
        assertThat(given.get().pools()).containsExactly("xcp", "plain");
    }

    private static void canBeReachedAndAsked(HostRecord host) {
        assertThat(host.access()).isInstanceOfSatisfying(Access.Ssh.class, ssh -> {
            assertThat(ssh.address()).isEqualTo("127.0.0.1");
            assertThat(ssh.hostKeys()).singleElement().asString().startsWith("ecdsa-sha2-nistp256 ");
        });
        assertThat(host.probes()).hasSizeGreaterThanOrEqualTo(2 * 5).anyMatch(Probe.Heartbeat.class::isInstance);
    }

    @Test
    void endsAtOnceWhenAPartOfTheRingFails() {
        assertThatThrownBy(() -> Demo.run(
                        DemoOptions.DEFAULT,
                        setup -> watching(setup, CompletableFuture.completedFuture("the analyzer cannot go on")),
                        new PrintWriter(text)))
                .isInstanceOf(CannotStart.class)
                .hasMessage("the analyzer cannot go on");
        assertThat(given.get().directory()).doesNotExist();
    }

    /** Says that every host is watched, as an analyzer does. */
    private Ring watching(Setup setup, CompletableFuture<String> failure) throws CannotStart, InterruptedException {
        given.set(setup);
        try {
            EmbeddedBroker broker =
                    EmbeddedBroker.start(BrokerConfig.in(setup.directory().resolve("broker")));
            Log log = Log.of(
                    broker.connection(),
                    new TopicKeeper(
                                    broker.connection().admin("test"),
                                    new Catalogue(ClusterKind.EMBEDDED, 2, 2),
                                    new KafkaTools(broker.bootstrapServers(), null))
                            .establish());
            try (LogWriter writer = log.writer("test", Sending.AT_ONCE)) {
                for (HostRecord host : setup.inventory()) {
                    HostOverview overview = new HostOverview(
                            host.pool(),
                            host.host(),
                            Mode.ACT,
                            true,
                            Standing.TRUSTED,
                            "",
                            null,
                            null,
                            List.of(),
                            List.of(),
                            0,
                            List.of(),
                            Instant.EPOCH);
                    writer.append(Topic.OVERVIEW, host.pool(), overview.key(), Contract.OVERVIEW, overview)
                            .join();
                }
            }
            return new Watching(broker, log, failure);
        } catch (BrokerCannotStart | KafkaUnavailable e) {
            throw new CannotStart("no broker", e);
        }
    }

    private record Watching(EmbeddedBroker broker, Log log, CompletableFuture<String> failure) implements Ring {
        @Override
        public List<String> scripts() {
            return List.of();
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}
