package io.paramedic.deploy.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.paramedic.deploy.broker.BrokerCannotStart.Reason;
import io.paramedic.schemas.topics.Catalogue;
import io.paramedic.schemas.topics.KafkaTools;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.topics.admin.TopicKeeper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting and stopping the embedded broker, and everything that can be in its way. */
class EmbeddedBrokerTest {
    @TempDir
    private Path home;

    @Test
    void keepsItsDataWhenItStartsAgainOnAnotherPort() throws Exception {
        Path data = home.resolve("deep/data");
        int firstPort;
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(data))) {
            firstPort = broker.port();
            new TopicKeeper(
                            broker.connection().common(),
                            Catalogue.embedded(),
                            new KafkaTools(broker.bootstrapServers(), null))
                    .establish();
            TestLog.send(
                    broker.connection(),
                    List.of(new ProducerRecord<>(Topic.JOURNAL.topicName(), 0, "pool", "decided")));
        }
        try (ServerSocket taken = new ServerSocket(firstPort, 1, InetAddress.getByName("127.0.0.1"));
                EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(data))) {
            assertThat(broker.port()).isNotEqualTo(taken.getLocalPort());
            assertThat(TestLog.readAll(broker.connection(), Topic.JOURNAL.topicName()))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("decided");
        }
    }

    @Test
    void namesThePortThatIsTakenAndLeavesTheDirectoryFree() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            BrokerCannotStart refused = refused(BrokerConfig.in(home).withPort(taken.getLocalPort()));

            assertThat(refused.reason()).isEqualTo(Reason.PORT_TAKEN);
            assertThat(refused)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " on 127.0.0.1")
                    .hasMessageContaining("give another port");
        }
        DataDirectory.take(home, 0).close();
    }

    @Test
    void refusesADirectoryThatAnotherProcessUsesAndNamesIt() throws Exception {
        try (ChildJvm first = ChildJvm.run(SecondBroker.class, home.toString())) {
            String started = String.valueOf(first.readLine());
            assertThat(started).startsWith("STARTED 127.0.0.1:");

            BrokerCannotStart refused = refused(BrokerConfig.in(home));

            assertThat(refused.reason()).isEqualTo(Reason.DIRECTORY_IN_USE);
            assertThat(refused)
                    .hasMessageContaining("pid " + first.pid() + ", serving " + started.substring("STARTED ".length()));
        }
    }

    @Test
    void aRefusedSecondStartInTheSameProcessDoesNotUnlockTheDirectoryForOthers() throws Exception {
        try (DataDirectory held = DataDirectory.take(home, 0)) {
            held.noteServers("127.0.0.1:1");
            assertThat(refused(BrokerConfig.in(home)))
                    .hasMessageContaining("pid " + ProcessHandle.current().pid() + ", this process");

            try (ChildJvm other = ChildJvm.run(SecondBroker.class, home.toString())) {
                assertThat(other.readLine())
                        .startsWith("DIRECTORY_IN_USE")
                        .contains("pid " + ProcessHandle.current().pid());
            }
        }
    }

    @Test
    void saysThatADirectoryIsAFile() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "x");

        BrokerCannotStart refused = refused(BrokerConfig.in(file));

        assertThat(refused.reason()).isEqualTo(Reason.DIRECTORY_UNUSABLE);
        assertThat(refused).hasMessageContaining(file + ": that is not a directory");
    }

    @Test
    void saysWhyADirectoryCannotBeMade() throws Exception {
        Path below = Files.writeString(home.resolve("file"), "x").resolve("data");

        BrokerCannotStart refused = refused(BrokerConfig.in(below));

        assertThat(refused.reason()).isEqualTo(Reason.DIRECTORY_UNUSABLE);
        assertThat(refused).hasMessageContaining(below + " cannot be used").hasMessageContaining("Not a directory");
    }

    @Test
    void saysThatADirectoryCannotBeWritten() throws Exception {
        Path readOnly = Files.createDirectory(home.resolve("read-only"));
        Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r-xr-xr-x"));
        List<Path> unwritable = Stream.of(readOnly, Path.of("/proc"), Path.of("/sys"))
                .filter(EmbeddedBrokerTest::isUnwritable)
                .toList();
        assumeTrue(!unwritable.isEmpty(), "this system has no directory that this user cannot write");

        for (Path directory : unwritable) {
            BrokerCannotStart refused = refused(BrokerConfig.in(directory));

            assertThat(refused.reason()).isEqualTo(Reason.DIRECTORY_UNUSABLE);
            assertThat(refused)
                    .hasMessageContaining("The broker's data directory " + directory + " cannot be used")
                    .hasMessageContaining("Make it writable for user " + System.getProperty("user.name"));
        }
    }

    @Test
    void aBrokerThatCannotNoteWhereItServesIsStoppedBeforeItsDirectoryIsGivenBack() throws Exception {
        Path inTheWay = Files.createDirectory(home.resolve("broker.owner"));

        BrokerCannotStart refused = refused(BrokerConfig.in(home));

        assertThat(refused.reason()).isEqualTo(Reason.DIRECTORY_UNUSABLE);
        assertThat(refused).hasNoSuppressedExceptions();
        Files.delete(inTheWay);
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(home))) {
            assertThat(broker.failure()).isNotDone();
        }
    }

    @Test
    void refusesADiskThatIsNearlyFull() throws Exception {
        BrokerCannotStart refused = refused(BrokerConfig.in(home).withLeastFreeBytes(Long.MAX_VALUE));

        assertThat(refused.reason()).isEqualTo(Reason.DISK_FULL);
        assertThat(refused).hasMessageContaining("MiB free; a start needs").hasMessageContaining(home.toString());
    }

    @Test
    void refusesTheDataOfANewerRelease() throws Exception {
        DataDirectory.take(home, 0).close();
        mark("metadata.level", "999", "metadata.version", "9.9-IV0", "kafka", "9.9.0");

        BrokerCannotStart refused = refused(BrokerConfig.in(home));

        assertThat(refused.reason()).isEqualTo(Reason.DIRECTORY_NEWER);
        assertThat(refused).hasMessageContaining("newer release (Kafka 9.9.0, metadata 9.9-IV0, layout 1)");
    }

    @Test
    void refusesADirectoryWhoseMarkIsDamaged() throws Exception {
        DataDirectory.take(home, 0).close();
        Files.writeString(home.resolve(DataDirectory.FORMAT), "layout=one\n", StandardCharsets.UTF_8);

        assertThat(refused(BrokerConfig.in(home)).reason()).isEqualTo(Reason.DIRECTORY_FOREIGN);
    }

    @Test
    void refusesADirectoryThatHoldsOtherThings() throws Exception {
        Files.writeString(home.resolve("thesis.tex"), "x");

        BrokerCannotStart refused = refused(BrokerConfig.in(home));

        assertThat(refused.reason()).isEqualTo(Reason.DIRECTORY_FOREIGN);
        assertThat(refused).hasMessageContaining("thesis.tex");
        assertThat(home.resolve(DataDirectory.FORMAT)).doesNotExist();
    }

    @Test
    void aFaultWithinKafkaIsAReasonAndNotTheEndOfTheProcess() throws Exception {
        DataDirectory.take(home, 0).close();
        Files.writeString(home.resolve("kafka/meta.properties"), "version=1\ncluster.id=x\nnode.id=7\n");

        BrokerCannotStart refused = refused(BrokerConfig.in(home));

        assertThat(refused.reason()).isEqualTo(Reason.FAILED);
        assertThat(refused).hasMessageContaining("could not start").hasMessageContaining("node");
    }

    /** Kafka's own tools can raise the metadata version without telling our mark. */
    @Test
    void metadataThatThisKafkaCannotReadIsAReasonAndNotAHang() throws Exception {
        Path logs;
        try (DataDirectory directory = DataDirectory.take(home, 0)) {
            logs = directory.kafka();
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setNodeId(NodeSettings.NODE_ID)
                .setClusterId("IKGWS1CiQvO2pCFiFtbBhg")
                .setUnstableFeatureVersionsEnabled(true)
                .setReleaseVersion(MetadataVersion.latestTesting())
                .setControllerListenerName(NodeSettings.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(logs.toString())
                .setDirectories(List.of(logs.toString()))
                .run();

        BrokerCannotStart refused = refused(BrokerConfig.in(home));

        assertThat(refused.reason()).isEqualTo(Reason.FAILED);
        assertThat(refused).hasMessageContaining("could not start").hasMessageContaining("metadata.version");
        DataDirectory.take(home, 0).close();
    }

    @Test
    void aBrokerThatWantsToEndTheProcessIsHeardInstead() throws Exception {
        NodeFaults faults = NodeFaults.watch();
        try {
            RuntimeException thrown = catchThrowableOfType(RuntimeException.class, () -> Exit.halt(1));

            assertThat(thrown).hasMessageContaining("Kafka wanted to end the process");
            assertThat(faults.first()).isCompletedWithValue(thrown);
        } finally {
            faults.forget();
        }
    }

    private void mark(String... pairs) throws IOException {
        Path file = home.resolve(DataDirectory.FORMAT);
        Properties mark = new Properties();
        try (var in = Files.newInputStream(file)) {
            mark.load(in);
        }
        for (int i = 0; i < pairs.length; i += 2) {
            mark.setProperty(pairs[i], pairs[i + 1]);
        }
        try (var out = Files.newOutputStream(file)) {
            mark.store(out, null);
        }
    }

    private static BrokerCannotStart refused(BrokerConfig config) {
        return catchThrowableOfType(
                BrokerCannotStart.class, () -> EmbeddedBroker.start(config).close());
    }

    private static boolean isUnwritable(Path directory) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        Path probe = directory.resolve("paramedic-probe");
        try {
            Files.delete(Files.createFile(probe));
            return false;
        } catch (IOException refused) {
            return true;
        }
    }
}
