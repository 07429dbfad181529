package io.paramedic.schemas.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How to reach a Kafka, and the properties of every client that does so: what the user gave, and our own choices on top,
 * which the user cannot change because promises rest on them.
 */
public final class KafkaConnection {
    /** After which a member that died is succeeded; Kafka's usual 45 s would leave its hosts and pools to nobody for so long. */
    private static final int SESSION_MS = 10_000;

    private final Map<String, String> given;
    private final Set<String> secrets;

    /**
     * @param given {@code bootstrap.servers}, and what TLS and SASL need
     * @param secrets names among them whose values are never shown
     */
    public KafkaConnection(Map<String, String> given, Set<String> secrets) {
        this.given = Map.copyOf(given);
        this.secrets = Set.copyOf(secrets);
    }

    /** Without TLS or authentication. */
    public static KafkaConnection plain(String bootstrapServers) {
        return new KafkaConnection(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), Set.of());
    }

    /** When a producer sends. */
    public enum Sending {
        /** At once: a claim or a command that waits for company is late by as long. */
        AT_ONCE,
        /** After a few milliseconds, with whatever has come by then. */
        GATHERED
    }

    public String bootstrapServers() {
        return given.getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
    }

    /** Whether Kafka's own tools need a file with settings to reach it. */
    public boolean needsCommandConfig() {
        return given.size() > 1;
    }

    /** What all clients have in common. */
    public Map<String, Object> common() {
        return new HashMap<>(given);
    }

    /** For an admin client. */
    public Map<String, Object> admin(String clientId) {
        return named(clientId);
    }

    /**
     * For a producer that loses nothing that it was told is written, and writes nothing twice. Serializers are the
     * caller's.
     */
    public Map<String, Object> producer(String clientId, Sending sending) {
        Map<String, Object> properties = named(clientId);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(
                ProducerConfig.LINGER_MS_CONFIG,
                switch (sending) {
                    case AT_ONCE -> 0;
                    case GATHERED -> 5;
                });
        return properties;
    }

    /**
     * For a consumer without a group that is told where to read. It never jumps: where its position is gone, it fails
     * instead of skipping records in silence. Deserializers are the caller's.
     */
    public Map<String, Object> reader(String clientId) {
        Map<String, Object> properties = consumer(clientId);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return properties;
    }

    /** For a member of a consumer group, which begins at the beginning and commits only what it is told to. */
    public Map<String, Object> member(String clientId, String groupId) {
        Map<String, Object> properties = consumer(clientId);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
        return properties;
    }

    private Map<String, Object> consumer(String clientId) {
        Map<String, Object> properties = named(clientId);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return properties;
    }

    private Map<String, Object> named(String clientId) {
        Map<String, Object> properties = common();
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        return properties;
    }

    /** All that was given, secrets left out: fit for a log. */
    @Override
    public String toString() {
        return new TreeMap<>(given)
                .entrySet().stream()
                        .map(entry ->
                                entry.getKey() + "=" + (secrets.contains(entry.getKey()) ? "***" : entry.getValue()))
                        .collect(Collectors.joining(", ", "KafkaConnection[", "]"));
    }
}
