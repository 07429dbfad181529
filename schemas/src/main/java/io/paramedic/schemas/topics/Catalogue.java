package io.paramedic.schemas.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All topics for one kind of cluster.
 *
 * <p>The partition counts matter only at the very first start: then they are recorded, and the record counts ever after,
 * because another count would send pools to other partitions.
 *
 * @param kind embedded or external
 * @param poolPartitions for all topics that are routed by pool: they have one count, so that a pool is in the same
 *     partition of each
 * @param hostPartitions for the topics that are routed by host or source; bounds how many collectors share the hosts
 */
public record Catalogue(ClusterKind kind, int poolPartitions, int hostPartitions) {
    /** No topic of ours has more: beyond that the cost of idle partitions outgrows what they spread. */
    public static final int MOST_PARTITIONS = 1024;

    /** Holds the partition count and the id of each topic as it was at creation: one partition, compacted, keyed by topic. */
    public static final String RECORDS = "paramedic.catalogue";

    static final String MIN_IN_SYNC = "min.insync.replicas";

    /** One MiB of record and some room for the batch around it: Kafka's own default. */
    private static final long MESSAGE_BYTES = 1_048_588;

    public Catalogue {
        requireCount("poolPartitions", poolPartitions);
        requireCount("hostPartitions", hostPartitions);
    }

    /** For the broker in our own process: one small machine, few partitions. */
    public static Catalogue embedded() {
        return new Catalogue(ClusterKind.EMBEDDED, 4, 4);
    }

    /** For a Kafka that others run: room for a dozen analyzers and four dozen collectors. */
    public static Catalogue external() {
        return new Catalogue(ClusterKind.EXTERNAL, 12, 48);
    }

    /** The plan of each topic, and last that of the topic that holds the recorded partition counts. */
    public List<TopicPlan> plans() {
        List<TopicPlan> plans = new ArrayList<>();
        Arrays.stream(Topic.values()).map(this::plan).forEach(plans::add);
        plans.add(recordsPlan());
        return List.copyOf(plans);
    }

    /** The plan of one topic. */
    public TopicPlan plan(Topic topic) {
        return new TopicPlan(topic.topicName(), partitions(topic), kind.replication(), settings(topic));
    }

    TopicPlan recordsPlan() {
        List<Setting> settings = common();
        settings.add(Setting.exactly("cleanup.policy", "compact", Gravity.FORBIDS_ACTING));
        return new TopicPlan(RECORDS, 1, kind.replication(), settings);
    }

    private int partitions(Topic topic) {
        return switch (topic.routing()) {
            case POOL -> poolPartitions;
            case HOST, SOURCE -> hostPartitions;
        };
    }

    private List<Setting> settings(Topic topic) {
        List<Setting> settings = common();
        settings.addAll(cleanUp(topic));
        settings.add(Setting.atLeast("max.message.bytes", MESSAGE_BYTES, MESSAGE_BYTES, Gravity.ADVICE));
        if (kind == ClusterKind.EMBEDDED && topic.flushEachAppend()) {
            settings.add(Setting.exactly("flush.messages", "1", Gravity.FORBIDS_ACTING));
        }
        return settings;
    }

    private List<Setting> common() {
        List<Setting> settings = new ArrayList<>();
        settings.add(Setting.exactly("message.timestamp.type", "LogAppendTime", Gravity.FORBIDS_ACTING));
        settings.add(Setting.exactly("unclean.leader.election.enable", "false", Gravity.FORBIDS_ACTING));
        int inSync = kind.inSyncReplicas();
        settings.add(Setting.atLeast(MIN_IN_SYNC, inSync, inSync, Gravity.FORBIDS_ACTING));
        return settings;
    }

    private static List<Setting> cleanUp(Topic topic) {
        Gravity early = topic.actsRestOnIt() ? Gravity.FORBIDS_ACTING : Gravity.ADVICE;
        return switch (topic.cleanUp()) {
            case DELETE ->
                List.of(
                        Setting.exactly("cleanup.policy", "delete", Gravity.FORBIDS_ACTING),
                        duration("retention.ms", topic, early),
                        // A bound on size would delete before the time is over, and just when trouble makes much
                        // traffic.
                        Setting.exactly("retention.bytes", "-1", early));
            case COMPACT ->
                List.of(
                        Setting.exactly("cleanup.policy", "compact", Gravity.FORBIDS_ACTING),
                        duration("delete.retention.ms", topic, Gravity.ADVICE));
        };
    }

    private static Setting duration(String name, Topic topic, Gravity gravity) {
        Duration shortest = topic.shortestRetention();
        return Setting.atLeast(name, topic.retention().toMillis(), shortest.toMillis(), gravity);
    }

    private static void requireCount(String name, int count) {
        if (count < 1 || count > MOST_PARTITIONS) {
            throw new IllegalArgumentException(name + " is " + count + "; it must be 1 to " + MOST_PARTITIONS);
        }
    }
}
