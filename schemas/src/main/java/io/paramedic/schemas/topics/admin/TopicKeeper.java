package io.paramedic.schemas.topics.admin;

import io.paramedic.schemas.topics.Catalogue;
import io.paramedic.schemas.topics.KafkaTools;
import io.paramedic.schemas.topics.PartitionCounts;
import io.paramedic.schemas.topics.Permission;
import io.paramedic.schemas.topics.Problem;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.topics.TopicCheck;
import io.paramedic.schemas.topics.TopicLoss;
import io.paramedic.schemas.topics.TopicPlan;
import io.paramedic.schemas.topics.TopicRecord;
import io.paramedic.schemas.topics.TopicState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Sees to it at every start that the topics are there and as the catalogue wants them.
 *
 * <p>Creates what is missing, waits until each partition answers, records partition counts and ids and compares everything.
 * It changes nothing that exists: a topic that differs is reported, with the command that corrects it, and so is one that
 * was deleted and is there anew.
 */
public final class TopicKeeper {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Map<String, Object> properties;
    private final Catalogue catalogue;
    private final KafkaTools tools;
    private final Duration limit;

    /**
     * @param properties {@code bootstrap.servers} and how to speak to it: what the admin client, producers and consumers
     *     have in common
     * @param tools how correcting commands reach the same cluster
     */
    public TopicKeeper(Map<String, Object> properties, Catalogue catalogue, KafkaTools tools) {
        this(properties, catalogue, tools, LIMIT);
    }

    /** With another limit for each question to Kafka; 30 s is usual. */
    public TopicKeeper(Map<String, Object> properties, Catalogue catalogue, KafkaTools tools, Duration limit) {
        this.properties = Map.copyOf(properties);
        this.catalogue = catalogue;
        this.tools = tools;
        this.limit = limit;
    }

    /**
     * Creates, waits, records and checks. Safe to run in several processes at once and after a crash at any point.
     *
     * @throws KafkaUnavailable when Kafka does not answer or does not let us
     */
    public TopicsReport establish() throws KafkaUnavailable, InterruptedException {
        try (Cluster cluster = Cluster.connect(adminProperties(), tools.bootstrapServers(), limit)) {
            return establish(cluster);
        }
    }

    private TopicsReport establish(Cluster cluster) throws KafkaUnavailable, InterruptedException {
        Cluster.Members members = cluster.members();
        List<String> names = catalogue.plans().stream().map(TopicPlan::name).toList();
        Map<String, TopicState> before = cluster.states(names);
        Map<String, TopicRecord> recorded = recorded(cluster, before);
        Map<String, Integer> counts = counts(recorded);
        Map<String, Integer> required = PartitionCounts.required(catalogue, counts, before);

        List<String> created = create(cluster, members, before, required);
        cluster.awaitAnswers(names);

        Map<String, TopicState> after = cluster.states(names);
        List<Problem> problems = new ArrayList<>(TopicLoss.problems(recorded, after, tools));
        problems.addAll(new TopicCheck(catalogue, members.brokers(), tools).problems(counts, after));
        Permission permission = Permission.from(problems);
        if (!(permission instanceof Permission.MayNotRun)) {
            record(cluster, recorded, after);
        }
        Map<String, Integer> partitions = PartitionCounts.required(catalogue, counts, after);
        return new TopicsReport(members.clusterId(), created, partitions, problems, permission);
    }

    /**
     * Confirms, in the name of a person, that this topic was deleted with all that it held: from now on the one that is
     * there is the right one. The next {@link #establish} permits accordingly. The command in the {@link Problem} does the
     * same.
     *
     * @throws IllegalStateException where there is no such topic
     * @throws KafkaUnavailable when Kafka does not answer or does not let us
     */
    public void adopt(Topic topic) throws KafkaUnavailable, InterruptedException {
        String name = topic.topicName();
        try (Cluster cluster = Cluster.connect(adminProperties(), tools.bootstrapServers(), limit)) {
            Map<String, TopicState> there = cluster.states(List.of(name, Catalogue.RECORDS));
            TopicState now = there.get(name);
            if (now == null || !there.containsKey(Catalogue.RECORDS)) {
                throw new IllegalStateException(
                        "There is no topic %s that could be adopted. Start Paramedic: it creates what is missing."
                                .formatted(now == null ? name : Catalogue.RECORDS));
            }
            int partitions = counts(recorded(cluster, there)).getOrDefault(name, now.partitions());
            write(cluster, Map.of(name, new TopicRecord(partitions, now.id())));
        }
    }

    private Map<String, TopicRecord> recorded(Cluster cluster, Map<String, TopicState> topics) throws KafkaUnavailable {
        if (!topics.containsKey(Catalogue.RECORDS)) {
            return Map.of();
        }
        return cluster.attempt(
                "read what was recorded of the topics", () -> records().read());
    }

    private List<String> create(
            Cluster cluster, Cluster.Members members, Map<String, TopicState> existing, Map<String, Integer> partitions)
            throws KafkaUnavailable, InterruptedException {
        List<TopicPlan.Creation> missing = catalogue.plans().stream()
                .filter(plan -> !existing.containsKey(plan.name()))
                .map(plan -> plan.withPartitions(partitions.getOrDefault(plan.name(), plan.partitions())))
                .map(plan -> plan.creationOn(members.brokers().size()))
                .toList();
        cluster.create(missing);
        return missing.stream().map(TopicPlan.Creation::name).toList();
    }

    private static Map<String, Integer> counts(Map<String, TopicRecord> recorded) {
        return recorded.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().partitions()));
    }

    /** Records new topics, and losses that nobody needs to confirm; a recorded count is never changed. */
    private void record(Cluster cluster, Map<String, TopicRecord> recorded, Map<String, TopicState> topics)
            throws KafkaUnavailable {
        Map<String, TopicRecord> news = new TreeMap<>();
        for (Topic topic : Topic.values()) {
            TopicState now = topics.get(topic.topicName());
            TopicRecord before = recorded.get(topic.topicName());
            if (now != null && (before == null || !TopicLoss.needsConfirmation(topic))) {
                TopicRecord present =
                        new TopicRecord(before == null ? now.partitions() : before.partitions(), now.id());
                if (!present.equals(before)) {
                    news.put(now.name(), present);
                }
            }
        }
        write(cluster, news);
    }

    private void write(Cluster cluster, Map<String, TopicRecord> news) throws KafkaUnavailable {
        cluster.attempt("record the topics", () -> {
            records().write(news);
            return news;
        });
    }

    private TopicRecords records() {
        return new TopicRecords(properties, limit);
    }

    private Map<String, Object> adminProperties() {
        Map<String, Object> settings = new HashMap<>(properties);
        int milliseconds = (int) limit.toMillis();
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, milliseconds);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, milliseconds);
        return settings;
    }
}
