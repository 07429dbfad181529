package io.paramedic.schemas.topics;

import java.util.List;
import java.util.Map;

/**
 * How a topic really is.
 *
 * @param name its name in Kafka
 * @param id Kafka's own id of it; a topic that is deleted and created anew has another one
 * @param replicas for each partition in order, the ids of the brokers that hold it
 * @param settings its effective settings, the broker's defaults included
 */
public record TopicState(String name, String id, List<List<Integer>> replicas, Map<String, String> settings) {
    public TopicState {
        replicas = replicas.stream().map(List::copyOf).toList();
        settings = Map.copyOf(settings);
    }

    public int partitions() {
        return replicas.size();
    }

    /** The number of replicas of the partition that has the fewest. */
    public int fewestReplicas() {
        return replicas.stream().mapToInt(List::size).min().orElse(0);
    }
}
