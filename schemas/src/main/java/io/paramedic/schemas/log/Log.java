package io.paramedic.schemas.log;

import io.paramedic.schemas.log.KafkaConnection.Sending;
import io.paramedic.schemas.topics.Permission;
import io.paramedic.schemas.topics.PoolPartitioner;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.topics.admin.TopicsReport;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The log that all parts share, once its topics are established.
 *
 * @param connection how to reach it
 * @param clusterId Kafka's id of the cluster
 * @param partitions recorded count of each topic
 * @param permission whether the state of the topics permits acting
 */
public record Log(KafkaConnection connection, String clusterId, Map<Topic, Integer> partitions, Permission permission) {
    public Log {
        partitions = Map.copyOf(partitions);
    }

    /** From what was found at the start. */
    public static Log of(KafkaConnection connection, TopicsReport report) {
        Map<Topic, Integer> partitions =
                Arrays.stream(Topic.values()).collect(Collectors.toMap(Function.identity(), report::partitions));
        return new Log(connection, report.clusterId(), partitions, report.permission());
    }

    /** How many partitions a topic has. */
    public int partitions(Topic topic) {
        Integer count = partitions.get(topic);
        if (count == null) {
            throw new IllegalArgumentException("the partitions of " + topic.topicName() + " are not known");
        }
        return count;
    }

    /** The partition of a pool, host or source. */
    public int partition(Topic topic, String route) {
        return PoolPartitioner.partition(route, partitions(topic));
    }

    /** A writer of its own; the caller closes it. */
    public LogWriter writer(String clientId, Sending sending) {
        return new LogWriter(connection.producer(clientId, sending), this::partitions);
    }
}
