package io.paramedic.deploy.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.yammer.metrics.core.Timer;
import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.topics.ClusterKind;
import io.paramedic.schemas.topics.KafkaTools;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.topics.admin.KafkaUnavailable;
import io.paramedic.schemas.topics.admin.TopicKeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.server.metrics.KafkaYammerMetrics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker contract on the embedded broker. */
class EmbeddedBrokerContractTest extends BrokerContract {
    private static EmbeddedBroker broker;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        broker = EmbeddedBroker.start(BrokerConfig.in(directory.resolve("data")));
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    /** A kill leaves the page cache; a power failure does not, and there is no replica. */
    @Test
    void flushesEachAppendToLeasesAndCommandsBeforeItIsAcknowledged() throws Exception {
        establish(catalogue());
        long before = flushes();

        for (int i = 0; i < 5; i++) {
            TestLog.send(connection(), List.of(new ProducerRecord<>(Topic.LEASES.topicName(), 0, "pool", "claim")));
            TestLog.send(connection(), List.of(new ProducerRecord<>(Topic.COMMANDS.topicName(), 0, "pool", "step")));
        }
        long afterClaims = flushes();
        for (int i = 0; i < 5; i++) {
            TestLog.send(connection(), List.of(new ProducerRecord<>(Topic.EVENTS.topicName(), 0, "pool", "seen")));
        }

        assertThat(afterClaims - before).isGreaterThanOrEqualTo(10);
        assertThat(flushes() - afterClaims).isLessThan(5);
    }

    @Test
    void saysThatATlsClientMayBeOnAPlainPort() {
        Map<String, Object> tls = connection().common();
        tls.put("security.protocol", "SSL");
        KafkaTools tools = new KafkaTools(connection().bootstrapServers(), null);

        assertThatThrownBy(() -> new TopicKeeper(tls, catalogue(), tools, Duration.ofSeconds(1)).establish())
                .isInstanceOf(KafkaUnavailable.class)
                .hasMessageContaining("did not answer within 1 s")
                .hasMessageContaining("a plain or a TLS port");
    }

    private static long flushes() {
        return KafkaYammerMetrics.defaultRegistry().allMetrics().entrySet().stream()
                .filter(metric -> metric.getKey().getName().equals("LogFlushRateAndTimeMs"))
                .mapToLong(metric -> ((Timer) metric.getValue()).count())
                .sum();
    }

    @Override
    KafkaConnection connection() {
        return broker.connection();
    }

    @Override
    ClusterKind kind() {
        return ClusterKind.EMBEDDED;
    }
}
