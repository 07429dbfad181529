package io.paramedic.schemas.topics;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How one topic shall be.
 *
 * @param name its name in Kafka
 * @param partitions how many partitions it is created with
 * @param replication replicas of each partition, at least
 * @param settings what is set at creation and checked afterwards
 */
public record TopicPlan(String name, int partitions, int replication, List<Setting> settings) {
    public TopicPlan {
        settings = List.copyOf(settings);
    }

    /** The same with another partition count: one that was recorded when the topic was first created. */
    public TopicPlan withPartitions(int count) {
        return new TopicPlan(name, count, replication, settings);
    }

    /**
     * What to create on a cluster of so many brokers. Fewer brokers than replicas still make a log to observe with;
     * the check then says that nothing may act. One broker may then be down without stopping all writing.
     */
    public Creation creationOn(int brokers) {
        int replicas = Math.max(1, Math.min(replication, brokers));
        Map<String, String> values = settings.stream().collect(Collectors.toMap(Setting::name, Setting::value));
        if (replicas < replication) {
            values.put(Catalogue.MIN_IN_SYNC, Integer.toString(Math.max(1, replicas - 1)));
        }
        return new Creation(name, partitions, replicas, values);
    }

    /** What Kafka is asked to create. */
    public record Creation(String name, int partitions, int replicas, Map<String, String> settings) {
        public Creation {
            settings = Map.copyOf(settings);
        }
    }
}
