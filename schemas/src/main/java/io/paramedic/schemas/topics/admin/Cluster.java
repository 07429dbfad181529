package io.paramedic.schemas.topics.admin;

import io.paramedic.schemas.topics.TopicPlan;
import io.paramedic.schemas.topics.TopicState;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A Kafka cluster as the topic catalogue sees it. The one class that turns Kafka's exceptions into ours. */
final class Cluster implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Admin admin;
    private final String servers;
    private final Duration limit;

    private Cluster(Admin admin, String servers, Duration limit) {
        this.admin = admin;
        this.servers = servers;
        this.limit = limit;
    }

    /**
     * A connection, which is made with the first question.
     *
     * @param properties for the admin client
     * @param servers how the cluster is called in sentences
     * @param limit for each question, and for the wait until new topics answer
     * @throws KafkaUnavailable when the properties cannot be used
     */
    static Cluster connect(Map<String, Object> properties, String servers, Duration limit) throws KafkaUnavailable {
        try {
            return new Cluster(Admin.create(properties), servers, limit);
        } catch (KafkaException failed) {
            throw new KafkaUnavailable(Failures.sentence(servers, "connect", limit, failed), failed);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    /** Its id and the ids of its brokers. */
    record Members(String clusterId, List<Integer> brokers) {
        Members {
            brokers = List.copyOf(brokers);
        }
    }

    Members members() throws KafkaUnavailable, InterruptedException {
        DescribeClusterResult result = admin.describeCluster();
        Collection<Node> nodes = answer("describe the cluster", result.nodes());
        return new Members(
                answer("describe the cluster", result.clusterId()),
                nodes.stream().map(Node::id).toList());
    }

    /** Those of the named topics that exist, as they are. */
    Map<String, TopicState> states(Collection<String> names) throws KafkaUnavailable, InterruptedException {
        Map<String, TopicDescription> descriptions = descriptions(names);
        List<ConfigResource> resources = descriptions.keySet().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> configs =
                answer("read topic settings", admin.describeConfigs(resources).all());
        Map<String, TopicState> states = new TreeMap<>();
        configs.forEach((resource, config) -> {
            TopicDescription description = descriptions.get(resource.name());
            if (description != null) {
                states.put(resource.name(), state(description, config));
            }
        });
        return states;
    }

    /** Creates topics; that another process was quicker is fine. */
    void create(Collection<TopicPlan.Creation> creations) throws KafkaUnavailable, InterruptedException {
        List<NewTopic> topics = creations.stream()
                .map(creation -> new NewTopic(creation.name(), creation.partitions(), (short) creation.replicas())
                        .configs(creation.settings()))
                .toList();
        for (Map.Entry<String, KafkaFuture<Void>> creation :
                admin.createTopics(topics).values().entrySet()) {
            try {
                creation.getValue().get();
            } catch (ExecutionException failed) {
                if (!(failed.getCause() instanceof TopicExistsException)) {
                    throw unavailable("create topic " + creation.getKey(), failed);
                }
            }
        }
    }

    /**
     * Waits until every partition of these topics answers for its end.
     *
     * <p>A creation is acknowledged before each broker knows of it. A producer that bursts into that gap loses records:
     * its first batch is rejected, a later one accepted, and the repeated first is then out of sequence for good.
     *
     * @param names topics that exist
     */
    void awaitAnswers(Collection<String> names) throws KafkaUnavailable, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            try {
                List<TopicPartition> partitions =
                        partitions(admin.describeTopics(names).allTopicNames().get());
                admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
                        .all()
                        .get();
                return;
            } catch (ExecutionException failed) {
                boolean late = System.nanoTime() - start > limit.toNanos();
                if (late || !(failed.getCause() instanceof RetriableException)) {
                    throw unavailable("wait for the topics to answer", failed);
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
    }

    /** Runs something against Kafka that throws its exceptions directly, as producers and consumers do. */
    <T> T attempt(String what, Supplier<T> action) throws KafkaUnavailable {
        try {
            return action.get();
        } catch (KafkaException failed) {
            throw new KafkaUnavailable(Failures.sentence(servers, what, limit, failed), failed);
        }
    }

    private Map<String, TopicDescription> descriptions(Collection<String> names)
            throws KafkaUnavailable, InterruptedException {
        Map<String, TopicDescription> found = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> entry :
                admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                found.put(entry.getKey(), entry.getValue().get());
            } catch (ExecutionException failed) {
                if (!(failed.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw unavailable("describe topic " + entry.getKey(), failed);
                }
            }
        }
        return found;
    }

    private static TopicState state(TopicDescription description, Config config) {
        List<List<Integer>> replicas = description.partitions().stream()
                .map(partition -> partition.replicas().stream().map(Node::id).toList())
                .toList();
        Map<String, String> settings = config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
        return new TopicState(description.name(), description.topicId().toString(), replicas, settings);
    }

    private static List<TopicPartition> partitions(Map<String, TopicDescription> topics) {
        return topics.values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    private <T> T answer(String what, KafkaFuture<T> future) throws KafkaUnavailable, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw unavailable(what, failed);
        }
    }

    private KafkaUnavailable unavailable(String what, ExecutionException failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        return new KafkaUnavailable(Failures.sentence(servers, what, limit, cause), cause);
    }
}
