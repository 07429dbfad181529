package io.paramedic.deploy.broker;

import io.paramedic.schemas.topics.ClusterKind;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

    @Override
    KafkaConnection connection() {
        return broker.connection();
    }

    @Override
    ClusterKind kind() {
        return ClusterKind.EMBEDDED;
    }
}
