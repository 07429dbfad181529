package io.paramedic.schemas.topics.admin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paramedic.schemas.topics.Catalogue;
import io.paramedic.schemas.topics.KafkaTools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The keeper of the topics, where it has no Kafka to speak to. With one it is tested beside the broker. */
class TopicKeeperTest {
    @Test
    void saysThatNothingAnswersAndWhatToLookAt() throws Exception {
        assertThatThrownBy(
                        () -> keeper(Map.of("bootstrap.servers", closedPort())).establish())
                .isInstanceOf(KafkaUnavailable.class)
                .hasMessageContaining("did not answer within 1 s")
                .hasMessageContaining("Check that it runs");
    }

    @Test
    void saysWhichSettingCannotBeUsed() {
        assertThatThrownBy(() -> keeper(Map.of("bootstrap.servers", "no port")).establish())
                .isInstanceOf(KafkaUnavailable.class)
                .hasMessageContaining("The settings for Kafka at")
                .hasMessageContaining("bootstrap.servers");
    }

    private static TopicKeeper keeper(Map<String, Object> properties) {
        KafkaTools tools = new KafkaTools(String.valueOf(properties.get("bootstrap.servers")), null);
        return new TopicKeeper(properties, Catalogue.external(), tools, Duration.ofSeconds(1));
    }

    private static String closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }
}
