package io.paramedic.deploy.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.paramedic.deploy.broker.BrokerCannotStart.Reason;
import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.topics.Catalogue;
import io.paramedic.schemas.topics.KafkaTools;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.topics.admin.TopicKeeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data directories on file systems that only root can arrange: read-only, and really full. */
@Tag("root")
class MountedDirectoryTest {
    @TempDir
    private Path mountPoint;

    private boolean mounted;

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            // Lazily: a Kafka whose disk has failed keeps some of its files open.
            run("umount", "--lazy", mountPoint.toString());
        }
    }

    @Test
    void aReadOnlyFileSystemIsNamedAsSuch() throws Exception {
        mount("ro,size=1m");

        BrokerCannotStart refused = refused(BrokerConfig.in(mountPoint));

        assertThat(refused.reason()).isEqualTo(Reason.DIRECTORY_UNUSABLE);
        assertThat(refused).hasMessageContaining("Read-only file system");
    }

    @Test
    @Timeout(60)
    void aFileSystemWithoutAnyRoomIsNamedAsSuch() throws Exception {
        mount("size=64k");
        fill(64 << 10);

        BrokerCannotStart refused = refused(BrokerConfig.in(mountPoint).withLeastFreeBytes(0));

        assertThat(refused.reason()).isEqualTo(Reason.DISK_FULL);
        assertThat(refused).hasMessageContaining("is full").hasMessageContaining(mountPoint.toString());
    }

    @Test
    @Timeout(120)
    void aBrokerWhoseDiskFillsUpAcknowledgesNoMoreAndSaysSoAndTheProcessLives() throws Exception {
        mount("size=64m");
        try (EmbeddedBroker broker =
                EmbeddedBroker.start(BrokerConfig.in(mountPoint).withLeastFreeBytes(0))) {
            new TopicKeeper(
                            broker.connection().common(),
                            Catalogue.embedded(),
                            new KafkaTools(broker.bootstrapServers(), null))
                    .establish();

            long acknowledged = writeUntilRefused(broker.connection());

            assertThat(acknowledged).isPositive();
            assertThat(broker.failure().get(60, TimeUnit.SECONDS))
                    .contains("has failed", mountPoint.toRealPath().toString(), "MiB free");
        }
    }

    private static long writeUntilRefused(KafkaConnection connection) throws Exception {
        Map<String, Object> properties = connection.producer("filler", KafkaConnection.Sending.AT_ONCE);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
        byte[] value = new byte[1 << 19];
        long acknowledged = 0;
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            while (acknowledged < 1_000) {
                try {
                    producer.send(new ProducerRecord<>(Topic.EVENTS.topicName(), 0, null, value))
                            .get();
                    acknowledged++;
                } catch (ExecutionException | KafkaException refused) {
                    producer.close(Duration.ZERO);
                    return acknowledged;
                }
            }
        }
        throw new AssertionError("The broker acknowledged more than its disk holds");
    }

    private void mount(String options) throws Exception {
        run("mount", "-t", "tmpfs", "-o", options, "paramedic-test", mountPoint.toString());
        mounted = true;
    }

    private void fill(int bytes) throws Exception {
        try {
            Files.write(mountPoint.resolve("lost+found"), new byte[bytes]);
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static BrokerCannotStart refused(BrokerConfig config) {
        return catchThrowableOfType(
                BrokerCannotStart.class, () -> EmbeddedBroker.start(config).close());
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(List.of(command)).inheritIO().start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }
}
