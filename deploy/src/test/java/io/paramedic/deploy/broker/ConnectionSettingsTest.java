package io.paramedic.deploy.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.deploy.broker.ConnectionSettings.Result;
import io.paramedic.schemas.log.KafkaConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings for a Kafka that others run. */
class ConnectionSettingsTest {
    private static final String JAAS =
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"p\" password=\"hunter2\";";

    @Test
    void passTlsAndSaslThroughToEveryClient(@TempDir Path home) throws Exception {
        Path truststore = Files.createFile(home.resolve("trust.p12"));
        Path file = Files.writeString(home.resolve("kafka.properties"), """
            bootstrap.servers = kafka-1:9093, kafka-2:9093,[2001:db8::1]:9093
            security.protocol = SASL_SSL
            ssl.truststore.location = %s
            ssl.truststore.password = changeit
            sasl.mechanism = SCRAM-SHA-512
            sasl.jaas.config = %s
            """.formatted(truststore, JAAS));

        KafkaConnection connection = usable(ConnectionSettings.read(file));

        for (Map<String, Object> client : List.of(
                connection.admin("c"),
                connection.producer("c", KafkaConnection.Sending.GATHERED),
                connection.reader("c"),
                connection.member("c", "g"))) {
            assertThat(client)
                    .containsEntry("security.protocol", "SASL_SSL")
                    .containsEntry("ssl.truststore.password", "changeit")
                    .containsEntry("sasl.jaas.config", JAAS)
                    .containsEntry("client.id", "c");
        }
        assertThat(connection.needsCommandConfig()).isTrue();
    }

    @Test
    void areShownWithoutTheirSecrets() {
        KafkaConnection connection = usable(ConnectionSettings.parse(Map.of(
                "bootstrap.servers", "kafka-1:9093",
                "security.protocol", "SASL_SSL",
                "sasl.jaas.config", JAAS,
                "ssl.keystore.key", "-----BEGIN PRIVATE KEY-----",
                "ssl.truststore.password", "changeit")));

        assertThat(connection.toString())
                .isEqualTo("KafkaConnection[bootstrap.servers=kafka-1:9093, sasl.jaas.config=***,"
                        + " security.protocol=SASL_SSL, ssl.keystore.key=***, ssl.truststore.password=***]");
    }

    @Test
    void areRefusedWithAllTheirMistakesAtOnce() {
        List<String> problems = problems(Map.of(
                "bootstrap.servers", "kafka-1,kafka-2:99999,kafka-3:9092",
                "securty.protocol", "SSL",
                "security.protocol", "TLS",
                "acks", "1",
                "frobnicate", "yes",
                "request.timeout.ms", "soon",
                "ssl.truststore.location", "/nowhere/trust.p12"));

        assertThat(problems)
                .hasSize(8)
                .contains(
                        "bootstrap.servers: 'kafka-1' is not host:port with a port from 1 to 65535.",
                        "bootstrap.servers: 'kafka-2:99999' is not host:port with a port from 1 to 65535.",
                        "acks is Paramedic's own choice, because its promises rest on it. Remove it.",
                        "frobnicate is not a setting that Kafka's clients know.",
                        "securty.protocol is not a setting that Kafka's clients know. Did you mean security.protocol?",
                        "ssl.truststore.location: the file /nowhere/trust.p12 is not there or cannot be read.")
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("request.timeout.ms: ").contains("soon"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("security.protocol: ").contains("TLS"));
    }

    @Test
    void needServers() {
        assertThat(problems(Map.of())).singleElement().asString().startsWith("bootstrap.servers is missing");
    }

    @Test
    void thatCannotBeReadAreNamed(@TempDir Path home) {
        Path missing = home.resolve("missing.properties");

        assertThat(ConnectionSettings.read(missing))
                .isInstanceOfSatisfying(
                        Result.Unusable.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains(missing.toString(), "Check name and permissions"));
    }

    @Test
    void cannotWeakenWhatThePromisesRestOn() {
        KafkaConnection connection = KafkaConnection.plain("kafka-1:9092");

        assertThat(connection.producer("c", KafkaConnection.Sending.AT_ONCE))
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
                .containsEntry(ProducerConfig.LINGER_MS_CONFIG, 0);
        assertThat(connection.reader("c"))
                .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none")
                .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .containsEntry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        assertThat(connection.member("c", "g"))
                .containsEntry(ConsumerConfig.GROUP_ID_CONFIG, "g")
                .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        assertThat(connection.admin("c"))
                .containsOnlyKeys(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, AdminClientConfig.CLIENT_ID_CONFIG);
        assertThat(connection.needsCommandConfig()).isFalse();
    }

    private static KafkaConnection usable(Result result) {
        assertThat(result).isInstanceOf(Result.Usable.class);
        return ((Result.Usable) result).connection();
    }

    private static List<String> problems(Map<String, String> given) {
        Result result = ConnectionSettings.parse(given);
        assertThat(result).isInstanceOf(Result.Unusable.class);
        return ((Result.Unusable) result).problems();
    }
}
