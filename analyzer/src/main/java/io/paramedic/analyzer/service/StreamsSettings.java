package io.paramedic.analyzer.service;

import io.paramedic.schemas.log.KafkaConnection;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/** What Kafka Streams is told. */
final class StreamsSettings {
    /** While nothing comes, this long passes before a commit is thought of; so it is well below the commit interval. */
    private static final int POLL_MS = 10;

    private StreamsSettings() {}

    /** @param safety of the topics that Kafka Streams creates */
    static Properties of(KafkaConnection connection, AnalyzerSettings settings, Safety safety, String clientId) {
        Properties properties = new Properties();
        properties.putAll(connection.common());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.group());
        properties.put(StreamsConfig.CLIENT_ID_CONFIG, clientId);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        properties.put(StreamsConfig.POLL_MS_CONFIG, POLL_MS);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
        properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        // A bug of the core is caught before; what gets here is Kafka's or the shell's, and ends the thread.
        properties.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        // There is no global thread; without this Kafka recommends it at each start. Its constant is deprecated
        // already.
        properties.put("processing.exception.handler.global.enabled", true);
        internalTopics(properties, safety);
        clients(properties, settings);
        return properties;
    }

    /** The state is as safe as the events that it was made of. */
    private static void internalTopics(Properties properties, Safety safety) {
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, safety.replication());
        properties.put(StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG), safety.inSync());
        properties.put(StreamsConfig.topicPrefix(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG), false);
    }

    private static void clients(Properties properties, AnalyzerSettings settings) {
        int session = Math.toIntExact(settings.session().toMillis());
        consumer(properties, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        consumer(properties, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, session / 4);
        // A batch that takes longer than this is not slow, it hangs.
        consumer(properties, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 60_000);
        consumer(properties, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                Math.toIntExact(settings.transaction().toMillis()));
        // Each commit flushes; until then records may gather.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
    }

    private static void consumer(Properties properties, String name, int value) {
        properties.put(StreamsConfig.mainConsumerPrefix(name), value);
    }

    /**
     * @param replication of each partition
     * @param inSync replicas without which nothing is written
     */
    record Safety(int replication, int inSync) {}
}
