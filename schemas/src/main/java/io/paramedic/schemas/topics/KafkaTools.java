package io.paramedic.schemas.topics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the commands of Kafka's own tools that correct a topic, ready to paste into a shell.
 *
 * @param bootstrapServers the cluster to speak to
 * @param commandConfig file with the TLS and SASL settings for {@code --command-config}; null where none are needed
 */
public record KafkaTools(String bootstrapServers, @Nullable String commandConfig) {
    /** Sets one setting of one topic. */
    String set(String topic, String setting, String value) {
        return "%s --alter --entity-type topics --entity-name %s --add-config %s=%s"
                .formatted(tool("kafka-configs.sh"), topic, setting, value);
    }

    /** Adds partitions; Kafka can only add. */
    String addPartitions(String topic, int partitions) {
        return "%s --alter --topic %s --partitions %d".formatted(tool("kafka-topics.sh"), topic, partitions);
    }

    /**
     * Gives each partition more replicas: those that it has stay in front, so that no leader moves, and the others are
     * taken in turn, so that the load spreads.
     */
    String addReplicas(TopicState topic, int replicas, Collection<Integer> brokers) {
        String partitions = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> "{\"topic\":\"%s\",\"partition\":%d,\"replicas\":%s}"
                        .formatted(topic.name(), partition, extended(topic, partition, replicas, brokers)))
                .collect(Collectors.joining(","));
        String file = topic.name() + ".json";
        return "echo '{\"version\":1,\"partitions\":[%s]}' > %s && %s --reassignment-json-file %s --execute"
                .formatted(partitions, file, tool("kafka-reassign-partitions.sh"), file);
    }

    /** Records a topic as it shall be known from now on. */
    String record(String topic, TopicRecord record) {
        String config = commandConfig == null ? "" : " --producer.config '" + commandConfig + "'";
        return "echo '%s|%s' | kafka-console-producer.sh --bootstrap-server %s%s --topic %s --property parse.key=true --property 'key.separator=|'"
                .formatted(topic, record.value(), bootstrapServers, config, Catalogue.RECORDS);
    }

    private static String extended(TopicState topic, int partition, int replicas, Collection<Integer> brokers) {
        List<Integer> others = new ArrayList<>(brokers);
        others.removeAll(topic.replicas().get(partition));
        List<Integer> chosen = new ArrayList<>(topic.replicas().get(partition));
        for (int i = 0; chosen.size() < replicas && i < others.size(); i++) {
            chosen.add(others.get((partition + i) % others.size()));
        }
        return chosen.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }

    private String tool(String name) {
        String command = name + " --bootstrap-server " + bootstrapServers;
        return commandConfig == null ? command : command + " --command-config '" + commandConfig + "'";
    }
}
