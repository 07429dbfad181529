package io.paramedic.deploy.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.topics.Catalogue;
import io.paramedic.schemas.topics.ClusterKind;
import io.paramedic.schemas.topics.KafkaTools;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.topics.admin.KafkaUnavailable;
import io.paramedic.schemas.topics.admin.TopicKeeper;
import io.paramedic.schemas.topics.admin.TopicsReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** A Kafka that others run and protect: TLS with a private certificate, and a password. */
@Tag("containers")
class ProtectedContainerBrokerTest {
    private static final DockerImageName IMAGE = DockerImageName.parse(
                    System.getProperty("paramedic.test.kafka.image", "apache/kafka:4.3.1"))
            .asCompatibleSubstituteFor("apache/kafka");

    @TempDir
    private static Path home;

    private static KafkaContainer kafka;

    @BeforeAll
    static void start() throws Exception {
        keytool("-genkeypair", "-alias", "kafka", "-keyalg", "EC", "-keystore", "key.p12", "-dname", "CN=kafka");
        keytool("-exportcert", "-alias", "kafka", "-keystore", "key.p12", "-file", "kafka.crt");
        keytool("-importcert", "-alias", "kafka", "-keystore", "trust.p12", "-file", "kafka.crt", "-noprompt");
        kafka = new KafkaContainer(IMAGE)
                .withCopyFileToContainer(MountableFile.forHostPath(home.resolve("key.p12"), 0644), "/tmp/key.p12")
                .withEnv(
                        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                        "BROKER:PLAINTEXT,PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT")
                .withEnv("KAFKA_SASL_ENABLED_MECHANISMS", "PLAIN")
                .withEnv("KAFKA_LISTENER_NAME_PLAINTEXT_PLAIN_SASL_JAAS_CONFIG", login("user_paramedic=\"right\""))
                .withEnv("KAFKA_SSL_KEYSTORE_TYPE", "PKCS12")
                .withEnv("KAFKA_SSL_KEYSTORE_LOCATION", "/tmp/key.p12")
                .withEnv("KAFKA_SSL_KEYSTORE_PASSWORD", "changeit");
        kafka.start();
    }

    @AfterAll
    static void stop() {
        if (kafka != null) {
            kafka.stop();
        }
    }

    @Test
    void isReachedByEveryKindOfClientWithTheSettingsThatWerePassedThrough() throws Exception {
        KafkaConnection connection = connection(settings("right"));

        TopicsReport report = establish(connection);
        TestLog.send(connection, List.of(new ProducerRecord<>(Topic.LEASES.topicName(), 0, "pool", "claim")));

        assertThat(report.created()).hasSize(9);
        assertThat(TestLog.readAll(connection, Topic.LEASES.topicName()))
                .extracting(ConsumerRecord::value)
                .containsExactly("claim");
    }

    @Test
    void thatRefusesThePasswordIsReportedAsSuch() {
        assertThatThrownBy(() -> establish(connection(settings("wrong"))))
                .isInstanceOf(KafkaUnavailable.class)
                .hasMessageContaining("refused our identity")
                .hasMessageContaining("Check the TLS and SASL settings");
    }

    @Test
    void whoseCertificateIsNotTrustedIsReportedAsSuch() {
        Map<String, String> settings = settings("right");
        settings.keySet().removeIf(name -> name.startsWith("ssl.truststore"));

        assertThatThrownBy(() -> establish(connection(settings)))
                .isInstanceOf(KafkaUnavailable.class)
                .hasMessageContaining("SSL handshake failed")
                .hasMessageContaining("Check the TLS and SASL settings");
    }

    private static Map<String, String> settings(String password) {
        return new HashMap<>(Map.of(
                "bootstrap.servers",
                kafka.getBootstrapServers(),
                "security.protocol",
                "SASL_SSL",
                "ssl.truststore.location",
                home.resolve("trust.p12").toString(),
                "ssl.truststore.password",
                "changeit",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                login("username=\"paramedic\" password=\"" + password + "\"")));
    }

    private static String login(String options) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required " + options + ";";
    }

    private static KafkaConnection connection(Map<String, String> settings) {
        return switch (ConnectionSettings.parse(settings)) {
            case ConnectionSettings.Result.Usable(KafkaConnection connection) -> connection;
            case ConnectionSettings.Result.Unusable(List<String> problems) ->
                throw new AssertionError(problems.toString());
        };
    }

    private static TopicsReport establish(KafkaConnection connection) throws Exception {
        KafkaTools tools = new KafkaTools(connection.bootstrapServers(), "client.properties");
        Catalogue catalogue = new Catalogue(ClusterKind.EXTERNAL, 1, 1);
        return new TopicKeeper(connection.common(), catalogue, tools, Duration.ofSeconds(20)).establish();
    }

    private static void keytool(String... arguments) throws Exception {
        Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", "changeit"));
        if (arguments[0].equals("-genkeypair")) {
            command.addAll(List.of("-ext", "SAN=dns:localhost,ip:127.0.0.1"));
        }
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }
}
