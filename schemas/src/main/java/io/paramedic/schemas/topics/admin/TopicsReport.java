package io.paramedic.schemas.topics.admin;

import io.paramedic.schemas.topics.Permission;
import io.paramedic.schemas.topics.Problem;
import io.paramedic.schemas.topics.Topic;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was found and done at a start.
 *
 * @param clusterId the Kafka cluster, part of the log's identity
 * @param created topics that did not exist and were created
 * @param partitions the recorded partition count of each topic, by name: what the partitioner is to be given
 * @param problems every difference from the catalogue
 * @param permission what the problems permit
 */
public record TopicsReport(
        String clusterId,
        List<String> created,
        Map<String, Integer> partitions,
        List<Problem> problems,
        Permission permission) {
    public TopicsReport {
        created = List.copyOf(created);
        partitions = Map.copyOf(partitions);
        problems = List.copyOf(problems);
    }

    /** The partition count of a topic, for the partitioner. */
    public int partitions(Topic topic) {
        return Objects.requireNonNull(partitions.get(topic.topicName()), topic.topicName());
    }
}
