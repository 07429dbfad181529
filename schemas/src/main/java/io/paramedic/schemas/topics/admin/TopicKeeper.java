package io.paramedic.schemas.topics.admin;

import io.paramedic.schemas.topics.Catalogue;
import io.paramedic.schemas.topics.Gravity;
import io.paramedic.schemas.topics.KafkaTools;
import io.paramedic.schemas.topics.PartitionCounts;
import io.paramedic.schemas.topics.Permission;
import io.paramedic.schemas.topics.Problem;
import io.paramedic.schemas.topics.TopicCheck;
import io.paramedic.schemas.topics.TopicPlan;
import io.paramedic.schemas.topics.TopicState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Sees to it at every start that the topics are there and as the catalogue wants them.
 *
 * <p>Creates what is missing, waits until each partition answers, records partition counts and compares everything. It
 * changes nothing that exists: a topic that differs is reported, with the command that corrects it.
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
        Map<String, Integer> recorded = recorded(cluster, before);
        Map<String, Integer> required = PartitionCounts.required(catalogue, recorded, before);

        List<String> created = create(cluster, members, before, required);
        cluster.awaitAnswers(names);

        Map<String, TopicState> after = cluster.states(names);
        List<Problem> problems = new ArrayList<>(lost(created, recorded));
        problems.addAll(new TopicCheck(catalogue, members.brokers(), tools).problems(recorded, after));
        Permission permission = Permission.from(problems);
        if (!(permission instanceof Permission.MayNotRun)) {
            record(cluster, recorded, after);
        }
        Map<String, Integer> partitions = PartitionCounts.required(catalogue, recorded, after);
        return new TopicsReport(members.clusterId(), created, partitions, problems, permission);
    }

    private Map<String, Integer> recorded(Cluster cluster, Map<String, TopicState> topics) throws KafkaUnavailable {
        if (!topics.containsKey(Catalogue.RECORDS)) {
            return Map.of();
        }
        return cluster.attempt(
                "read the recorded partition counts", () -> records().read());
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

    /** A count is recorded after the topic exists, so a topic with a record and without existence was deleted. */
    private static List<Problem> lost(List<String> created, Map<String, Integer> recorded) {
        return created.stream()
                .filter(recorded::containsKey)
                .map(name -> new Problem(
                        name,
                        "topic",
                        "Topic " + name + " had been deleted, with all its records. It was created anew, empty.",
                        "",
                        Gravity.ADVICE))
                .toList();
    }

    private void record(Cluster cluster, Map<String, Integer> recorded, Map<String, TopicState> topics)
            throws KafkaUnavailable {
        Map<String, Integer> missing = new TreeMap<>();
        topics.forEach((name, state) -> {
            if (!recorded.containsKey(name) && !name.equals(Catalogue.RECORDS)) {
                missing.put(name, state.partitions());
            }
        });
        cluster.attempt("record partition counts", () -> {
            records().write(missing);
            return missing;
        });
    }

    private PartitionRecords records() {
        return new PartitionRecords(properties, limit);
    }

    private Map<String, Object> adminProperties() {
        Map<String, Object> settings = new HashMap<>(properties);
        int milliseconds = (int) limit.toMillis();
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, milliseconds);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, milliseconds);
        return settings;
    }
}
