package io.paramedic.schemas.topics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares the topics as they are with the catalogue.
 *
 * @param catalogue what is wanted
 * @param brokers ids of the cluster's brokers, for replicas
 * @param tools how the correcting commands are written
 */
public record TopicCheck(Catalogue catalogue, Collection<Integer> brokers, KafkaTools tools) {
    public TopicCheck {
        brokers = List.copyOf(new TreeSet<>(brokers));
    }

    /**
     * Every difference, in the order of the catalogue.
     *
     * @param recorded partition counts as recorded at creation, by topic name
     * @param actual the topics as they are, by name
     */
    public List<Problem> problems(Map<String, Integer> recorded, Map<String, TopicState> actual) {
        List<Problem> problems = new ArrayList<>();
        for (TopicPlan plan : catalogue.plans()) {
            TopicState state = actual.get(plan.name());
            if (state == null) {
                problems.add(missing(plan));
                continue;
            }
            partitionProblem(state, required(plan, recorded)).ifPresent(problems::add);
            replicaProblem(plan, state).ifPresent(problems::add);
            plan.settings().stream()
                    .filter(setting -> !setting.accepts(state.settings().get(setting.name())))
                    .map(setting -> settingProblem(state, setting))
                    .forEach(problems::add);
        }
        problems.addAll(sisterProblems(problems, actual));
        return List.copyOf(problems);
    }

    private static @Nullable Integer required(TopicPlan plan, Map<String, Integer> recorded) {
        return plan.name().equals(Catalogue.RECORDS) ? Integer.valueOf(1) : recorded.get(plan.name());
    }

    private static Problem missing(TopicPlan plan) {
        String sentence = "Topic " + plan.name() + " does not exist and could not be created.";
        return new Problem(plan.name(), "topic", sentence, "", Gravity.FORBIDS_RUNNING);
    }

    private Optional<Problem> partitionProblem(TopicState topic, @Nullable Integer wanted) {
        if (wanted == null || topic.partitions() == wanted) {
            return Optional.empty();
        }
        String counted = "Topic %s has %d partitions; it was created with %d. Pools would be looked for in the wrong"
                .formatted(topic.name(), topic.partitions(), wanted);
        boolean tooFew = topic.partitions() < wanted;
        String sentence = tooFew
                ? counted + " partition. Stop every part of Paramedic and add the missing ones:"
                : counted
                        + " partition, and Kafka cannot remove partitions. Stop every part of Paramedic, copy what you"
                        + " need from the topic, delete it and start again: it is created anew with " + wanted + ".";
        String correction = tooFew ? tools.addPartitions(topic.name(), wanted) : "";
        return Optional.of(new Problem(topic.name(), "partitions", sentence, correction, Gravity.FORBIDS_RUNNING));
    }

    private Optional<Problem> replicaProblem(TopicPlan plan, TopicState topic) {
        if (topic.fewestReplicas() >= plan.replication()) {
            return Optional.empty();
        }
        String counted = "Topic %s has a partition with %d of the %d replicas that acting needs"
                .formatted(topic.name(), topic.fewestReplicas(), plan.replication());
        boolean enoughBrokers = brokers.size() >= plan.replication();
        String sentence = enoughBrokers
                ? counted + ": a broker that is lost takes acknowledged records with it. Add replicas:"
                : "%s, and the cluster has %d of the %d brokers that this takes. Add brokers, then look again."
                        .formatted(counted, brokers.size(), plan.replication());
        String correction = enoughBrokers ? tools.addReplicas(topic, plan.replication(), brokers) : "";
        return Optional.of(new Problem(topic.name(), "replicas", sentence, correction, Gravity.FORBIDS_ACTING));
    }

    private Problem settingProblem(TopicState topic, Setting setting) {
        String actual = topic.settings().getOrDefault(setting.name(), "not reported");
        String sentence = "Topic %s has %s=%s; it must be %s. Correct it:"
                .formatted(topic.name(), setting.name(), actual, setting.wanted());
        String correction = tools.set(topic.name(), setting.name(), setting.value());
        return new Problem(topic.name(), setting.name(), sentence, correction, setting.gravity());
    }

    /** Topics that others created for us may disagree among themselves before any count was recorded. */
    private static List<Problem> sisterProblems(List<Problem> found, Map<String, TopicState> actual) {
        Predicate<Topic> known = topic -> found.stream().anyMatch(problem -> isPartitionProblem(problem, topic));
        List<Problem> problems = new ArrayList<>();
        for (Topic.Routing routing : Topic.Routing.values()) {
            List<Topic> sisters = Arrays.stream(Topic.values())
                    .filter(topic -> topic.routing() == routing && actual.containsKey(topic.topicName()))
                    .toList();
            if (sisters.stream().noneMatch(known)) {
                disagreement(sisters, actual).ifPresent(problems::add);
            }
        }
        return problems;
    }

    private static boolean isPartitionProblem(Problem problem, Topic topic) {
        return problem.topic().equals(topic.topicName()) && problem.subject().equals("partitions");
    }

    private static Optional<Problem> disagreement(List<Topic> sisters, Map<String, TopicState> actual) {
        List<String> counts = new ArrayList<>();
        TreeSet<Integer> distinct = new TreeSet<>();
        for (Topic topic : sisters) {
            TopicState state = actual.get(topic.topicName());
            if (state != null) {
                counts.add(topic.topicName() + " " + state.partitions());
                distinct.add(state.partitions());
            }
        }
        if (distinct.size() < 2) {
            return Optional.empty();
        }
        String sentence = "These topics must have the same number of partitions and have different ones: "
                + String.join(", ", counts) + ". Delete those that are empty and create them with one count, or let"
                + " Paramedic create them.";
        return Optional.of(
                new Problem(sisters.getFirst().topicName(), "partitions", sentence, "", Gravity.FORBIDS_RUNNING));
    }
}
