package io.paramedic.analyzer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.topics.ClusterKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {
    private static final KafkaConnection PROTECTED = new KafkaConnection(
            Map.of("bootstrap.servers", "kafka.invalid:9093", "security.protocol", "SSL"), Set.of());

    private final Properties properties =
            StreamsSettings.of(PROTECTED, AnalyzerSettings.DEFAULT, new StreamsSettings.Safety(3, 2), "me");
    private final StreamsConfig config = new StreamsConfig(properties);

    @Test
    void promisesRestOnTheseAndNobodyCanChangeThem() {
        assertThat(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
                .isEqualTo(StreamsConfig.EXACTLY_ONCE_V2);
        assertThat(config.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG)).isLessThanOrEqualTo(25);
        assertThat(consumer())
                .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")
                .containsEntry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    }

    @Test
    void theWayToKafkaIsTheOperators() {
        assertThat(consumer()).containsEntry("security.protocol", "SSL");
        assertThat(config.getProducerConfigs("p")).containsEntry("security.protocol", "SSL");
    }

    @Test
    void theStateIsAsSafeAsTheEvents() {
        assertThat(config.getInt(StreamsConfig.REPLICATION_FACTOR_CONFIG)).isEqualTo(3);
        assertThat(properties).containsEntry("topic.min.insync.replicas", 2);
    }

    @Test
    void onAKafkaOfOthersAnalyzersStandBy() {
        assertThat(AnalyzerSettings.of(ClusterKind.EXTERNAL).standbys()).isEqualTo(1);
        assertThat(AnalyzerSettings.of(ClusterKind.EMBEDDED)).isEqualTo(AnalyzerSettings.DEFAULT);
    }

    @Test
    void aCommitIntervalThatWouldDelayDecisionsIsRefused() {
        AnalyzerSettings usual = AnalyzerSettings.DEFAULT;

        assertThatThrownBy(() -> new AnalyzerSettings(
                        usual.group(),
                        usual.threads(),
                        usual.standbys(),
                        Duration.ofMillis(26),
                        usual.session(),
                        usual.transaction(),
                        usual.tick(),
                        usual.closing(),
                        usual.stateDirectory()))
                .hasMessage("commitInterval in ms is 26; it must be 1 to 25");
    }

    @Test
    void aThreadIsReplacedUntilItFailsAgainAndAgain() {
        Setbacks setbacks = new Setbacks();
        Instant start = Instant.EPOCH;
        for (int i = 0; i < 5; i++) {
            assertThat(setbacks.tryAgain(start.plusSeconds(i))).isTrue();
        }
        assertThat(setbacks.tryAgain(start.plusSeconds(5))).isFalse();
        assertThat(setbacks.tryAgain(start.plus(Duration.ofHours(1)))).isTrue();
    }

    private Map<String, Object> consumer() {
        return config.getMainConsumerConfigs("group", "me", 0);
    }
}
