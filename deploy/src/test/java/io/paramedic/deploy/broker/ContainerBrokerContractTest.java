package io.paramedic.deploy.broker;

import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.topics.ClusterKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The broker contract on a Kafka that others run: one in a container. The image is {@code apache/kafka:4.3.1}, or the
 * one that {@code -Dparamedic.test.kafka.image} names; {@code deploy/src/test/docker/build-image.sh} makes one where
 * there is no registry.
 */
@Tag("containers")
class ContainerBrokerContractTest extends BrokerContract {
    private static final DockerImageName IMAGE = DockerImageName.parse(
                    System.getProperty("paramedic.test.kafka.image", "apache/kafka:4.3.1"))
            .asCompatibleSubstituteFor("apache/kafka");

    private static final KafkaContainer KAFKA = new KafkaContainer(IMAGE);

    @BeforeAll
    static void start() {
        KAFKA.start();
    }

    @AfterAll
    static void stop() {
        KAFKA.stop();
    }

    @Override
    KafkaConnection connection() {
        return KafkaConnection.plain(KAFKA.getBootstrapServers());
    }

    @Override
    ClusterKind kind() {
        return ClusterKind.EXTERNAL;
    }
}
