package io.paramedic.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison of the topics with the catalogue. */
class TopicCheckTest {
    private static final Catalogue EXTERNAL = new Catalogue(ClusterKind.EXTERNAL, 2, 3);
    private static final KafkaTools TOOLS = new KafkaTools("kafka-1:9092", null);

    private final Map<String, TopicState> topics = new TreeMap<>();
    private final Map<String, Integer> recorded = new TreeMap<>();

    TopicCheckTest() {
        EXTERNAL.plans().forEach(plan -> put(plan.name(), plan.partitions(), List.of(1, 2, 3), values(plan)));
        topics.forEach((name, state) -> recorded.put(name, state.partitions()));
        recorded.remove(Catalogue.RECORDS);
    }

    @Test
    void findsNothingWhereEverythingIsAsWanted() {
        assertThat(problems()).isEmpty();
        assertThat(Permission.from(problems())).isEqualTo(new Permission.MayAct());
    }

    @ParameterizedTest
    @CsvSource({
        "leases,   message.timestamp.type,         CreateTime,     LogAppendTime, FORBIDS_ACTING",
        "events,   cleanup.policy,                 compact,        delete,        FORBIDS_ACTING",
        "events,   cleanup.policy,                 'compact,delete', delete,      FORBIDS_ACTING",
        "incidents, cleanup.policy,                delete,         compact,       FORBIDS_ACTING",
        "commands, min.insync.replicas,            1,              2,             FORBIDS_ACTING",
        "journal,  unclean.leader.election.enable, true,           false,         FORBIDS_ACTING",
        "leases,   retention.ms,                   604799999,      2592000000,    FORBIDS_ACTING",
        "leases,   retention.bytes,                1000000,        -1,            FORBIDS_ACTING",
        "requests, retention.ms,                   1000,           86400000,      ADVICE",
        "events,   max.message.bytes,              100000,         1048588,       ADVICE",
        "incidents, delete.retention.ms,           1000,           604800000,     ADVICE"
    })
    void namesTheSettingThatDriftedAndPrintsTheCommandThatCorrectsIt(
            String topic, String setting, String actual, String corrected, Gravity gravity) {
        set("paramedic." + topic, setting, actual);

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.sentence())
                    .startsWith("Topic paramedic.%s has %s=%s;".formatted(topic, setting, actual));
            assertThat(problem.correction())
                    .isEqualTo(("kafka-configs.sh --bootstrap-server kafka-1:9092 --alter --entity-type topics"
                                    + " --entity-name paramedic.%s --add-config %s=%s")
                            .formatted(topic, setting, corrected));
            assertThat(problem.gravity()).isEqualTo(gravity);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "leases,  retention.ms,        604800000",
        "leases,  retention.ms,        -1",
        "journal, min.insync.replicas, 3",
        "events,  max.message.bytes,   10000000"
    })
    void acceptsMoreThanIsNeeded(String topic, String setting, String actual) {
        set("paramedic." + topic, setting, actual);

        assertThat(problems()).isEmpty();
    }

    @Test
    void doesNotTakeASettingThatIsNotReportedForAGoodOne() {
        TopicState events = state("paramedic.events");
        Map<String, String> settings = new HashMap<>(events.settings());
        settings.remove("cleanup.policy");
        topics.put(events.name(), new TopicState(events.name(), events.id(), events.replicas(), settings));

        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.sentence()).contains("cleanup.policy=not reported"));
    }

    @Test
    void printsAReassignmentThatKeepsLeadersAndSpreadsTheRest() {
        put("paramedic.leases", 2, List.of(2), state("paramedic.leases").settings());

        Problem problem = problems().getFirst();

        assertThat(problem.subject()).isEqualTo("replicas");
        assertThat(problem.correction())
                .isEqualTo("echo '{\"version\":1,\"partitions\":["
                        + "{\"topic\":\"paramedic.leases\",\"partition\":0,\"replicas\":[2,1,3]},"
                        + "{\"topic\":\"paramedic.leases\",\"partition\":1,\"replicas\":[2,3,4]}"
                        + "]}' > paramedic.leases.json && kafka-reassign-partitions.sh --bootstrap-server kafka-1:9092"
                        + " --reassignment-json-file paramedic.leases.json --execute");
        assertThat(Permission.from(problems())).isInstanceOf(Permission.MayOnlyObserve.class);
    }

    @Test
    void asksForBrokersWhereThereAreTooFewForTheReplicas() {
        put("paramedic.leases", 2, List.of(1), state("paramedic.leases").settings());

        List<Problem> problems = new TopicCheck(EXTERNAL, List.of(1, 2), TOOLS).problems(recorded, topics);

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.sentence()).contains("1 of the 3 replicas", "the cluster has 2 of the 3 brokers");
            assertThat(problem.correction()).isEmpty();
        });
    }

    @Test
    void refusesToRunOnACountOtherThanTheRecordedOne() {
        put("paramedic.events", 4, List.of(1, 2, 3), state("paramedic.events").settings());
        put(
                "paramedic.commands",
                1,
                List.of(1, 2, 3),
                state("paramedic.commands").settings());

        List<Problem> problems = problems();

        assertThat(problems)
                .extracting(problem -> problem.topic() + " " + problem.subject() + " " + problem.gravity())
                .containsExactly(
                        "paramedic.events partitions FORBIDS_RUNNING", "paramedic.commands partitions FORBIDS_RUNNING");
        assertThat(problems.get(0).correction()).isEmpty();
        assertThat(problems.get(1).correction())
                .isEqualTo("kafka-topics.sh --bootstrap-server kafka-1:9092 --alter --topic paramedic.commands"
                        + " --partitions 2");
        assertThat(Permission.from(problems)).isEqualTo(new Permission.MayNotRun(problems));
    }

    @Test
    void refusesToRunOnPoolTopicsThatOthersCreatedWithDifferentCounts() {
        recorded.clear();
        put("paramedic.events", 4, List.of(1, 2, 3), state("paramedic.events").settings());

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.gravity()).isEqualTo(Gravity.FORBIDS_RUNNING);
            assertThat(problem.sentence()).contains("paramedic.events 4", "paramedic.commands 2", "paramedic.leases 2");
        });
    }

    @Test
    void refusesToRunWithoutATopic() {
        topics.remove("paramedic.leases");

        assertThat(Permission.from(problems()))
                .isInstanceOfSatisfying(
                        Permission.MayNotRun.class,
                        verdict -> assertThat(verdict.problems())
                                .extracting(Problem::topic)
                                .containsExactly("paramedic.leases"));
    }

    @Test
    void adviceForbidsNothing() {
        set("paramedic.requests", "retention.ms", "1000");

        assertThat(Permission.from(problems())).isEqualTo(new Permission.MayAct());
    }

    @Test
    void commandsNameTheFileWithTheSettingsOfAProtectedCluster() {
        set("paramedic.requests", "retention.ms", "1000");
        KafkaTools tools = new KafkaTools("kafka-1:9093", "/etc/paramedic/kafka settings");

        assertThat(new TopicCheck(EXTERNAL, List.of(1, 2, 3), tools).problems(recorded, topics))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text())
                        .contains("--bootstrap-server kafka-1:9093 --command-config '/etc/paramedic/kafka settings'"));
    }

    private List<Problem> problems() {
        return new TopicCheck(EXTERNAL, List.of(4, 1, 2, 3), TOOLS).problems(recorded, topics);
    }

    private TopicState state(String name) {
        return Objects.requireNonNull(topics.get(name), name);
    }

    private void set(String topic, String setting, String value) {
        TopicState state = state(topic);
        Map<String, String> settings = new HashMap<>(state.settings());
        settings.put(setting, value);
        topics.put(topic, new TopicState(topic, state.id(), state.replicas(), settings));
    }

    private void put(String name, int partitions, List<Integer> replicas, Map<String, String> settings) {
        topics.put(name, new TopicState(name, "id of " + name, Collections.nCopies(partitions, replicas), settings));
    }

    private static Map<String, String> values(TopicPlan plan) {
        return plan.settings().stream().collect(Collectors.toMap(Setting::name, Setting::value));
    }
}
