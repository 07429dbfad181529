package io.paramedic.analyzer.service;

import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.topics.Topic;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Asks how safe the events are, because the state that is made of them must be as safe. */
final class EventsTopic {
    private static final int LIMIT_SECONDS = 30;

    private EventsTopic() {}

    /** @throws IllegalStateException where Kafka does not answer */
    static StreamsSettings.Safety safety(KafkaConnection connection, String clientId) throws InterruptedException {
        String name = Topic.EVENTS.topicName();
        try (Admin admin = Admin.create(connection.admin(clientId))) {
            int replicas = admin
                    .describeTopics(List.of(name))
                    .allTopicNames()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .mapToInt(partition -> partition.replicas().size())
                    .min()
                    .orElse(1);
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
            ConfigEntry inSync = admin.describeConfigs(List.of(resource))
                    .all()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .getOrDefault(resource, new Config(List.of()))
                    .get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
            return new StreamsSettings.Safety(replicas, inSync == null ? 1 : Integer.parseInt(inSync.value()));
        } catch (ExecutionException | TimeoutException | KafkaException failed) {
            throw new IllegalStateException(
                    "The topic " + name + " cannot be described, so the analyzer does not start: "
                            + (failed.getCause() == null ? failed : failed.getCause()),
                    failed);
        }
    }
}
