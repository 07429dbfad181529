package io.paramedic.deploy.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Foreign types that stay behind one gateway of ours, so that an upgrade touches one package. */
class GatewayTest {
    /** What of Kafka is published; all else is the server's inside, without any promise. */
    private static final List<String> PUBLISHED_KAFKA =
            List.of("org.apache.kafka.clients.", "org.apache.kafka.common.", "org.apache.kafka.streams.");

    private static final ArchRule MINA = noClasses()
            .that()
            .resideOutsideOfPackages("io.paramedic.collector.access..", "io.paramedic.deploy.simulation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.sshd..")
            .because("MINA SSHD stays behind HostAccess");

    private static final ArchRule KAFKA_SERVER = noClasses()
            .that()
            .resideOutsideOfPackage("io.paramedic.deploy.broker..")
            .should()
            .dependOnClassesThat(describe("are Kafka's server", GatewayTest::isKafkaServer))
            .because("the embedded broker uses Kafka's inside, which changes with each version");

    @Test
    void minaStaysBehindHostAccess() {
        MINA.check(House.CLASSES);
    }

    @Test
    void kafkaServerStaysBehindTheBroker() {
        KAFKA_SERVER.check(House.CLASSES);
    }

    @Test
    void breachesAreFound() {
        assertThat(breaks(MINA, UsesMina.class)).isTrue();
        assertThat(breaks(KAFKA_SERVER, UsesKafkaServer.class)).isTrue();
        assertThat(breaks(KAFKA_SERVER, UsesKafkaScala.class)).isTrue();
        assertThat(breaks(KAFKA_SERVER, UsesKafkaClient.class)).isFalse();
    }

    private static boolean isKafkaServer(JavaClass type) {
        String name = type.getName();
        return name.startsWith("kafka.")
                || (name.startsWith("org.apache.kafka.")
                        && PUBLISHED_KAFKA.stream().noneMatch(name::startsWith));
    }

    private static boolean breaks(ArchRule rule, Class<?> type) {
        return rule.evaluate(new ClassFileImporter().importClasses(type)).hasViolation();
    }

    record UsesMina(org.apache.sshd.client.SshClient client) {}

    record UsesKafkaServer(org.apache.kafka.metadata.PartitionRegistration registration) {}

    record UsesKafkaScala(kafka.server.KafkaConfig config) {}

    record UsesKafkaClient(org.apache.kafka.common.TopicPartition partition) {}
}
