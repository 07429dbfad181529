package io.paramedic.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A topic that was deleted and is there anew. */
class TopicLossTest {
    private static final KafkaTools TOOLS = new KafkaTools("kafka:9092", "client.properties");

    @ParameterizedTest
    @EnumSource(names = {"EVENTS", "COMMANDS", "LEASES", "JOURNAL"})
    void forbidsActingWhereActsRestOnIt(Topic topic) {
        List<Problem> problems = problems(topic, "old", "new");

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.topic()).isEqualTo(topic.topicName());
            assertThat(problem.sentence())
                    .contains("deleted", "(id new, recorded was old)", "Lost is", "until a person confirms");
        });
        assertThat(Permission.from(problems)).isEqualTo(new Permission.MayOnlyObserve(problems));
        assertThat(TopicLoss.needsConfirmation(topic)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"INVENTORY", "REQUESTS", "INCIDENTS", "QUARANTINE"})
    void isAdviceWhereNoActRestsOnIt(Topic topic) {
        assertThat(problems(topic, "old", "new"))
                .singleElement()
                .extracting(Problem::gravity)
                .isEqualTo(Gravity.ADVICE);
        assertThat(TopicLoss.needsConfirmation(topic)).isFalse();
    }

    @Test
    void saysWhatWentWithTheLeasesAndHowToConfirm() {
        Problem problem = problems(Topic.LEASES, "old", "new").getFirst();

        assertThat(problem.sentence()).contains("every claim and every hold", "place holds and pauses again");
        assertThat(problem.correction())
                .isEqualTo("echo 'paramedic.leases|{\"partitions\":4,\"id\":\"new\"}' | kafka-console-producer.sh"
                        + " --bootstrap-server kafka:9092 --producer.config 'client.properties'"
                        + " --topic paramedic.catalogue --property parse.key=true --property 'key.separator=|'");
    }

    @Test
    void isNoneWhereTheIdIsTheRecordedOneOrNothingIsRecordedOrThere() {
        assertThat(problems(Topic.LEASES, "same", "same")).isEmpty();
        String name = Topic.LEASES.topicName();
        assertThat(TopicLoss.problems(Map.of(), Map.of(name, state(name, "new")), TOOLS))
                .isEmpty();
        assertThat(TopicLoss.problems(Map.of(name, new TopicRecord(4, "old")), Map.of(), TOOLS))
                .isEmpty();
    }

    @Test
    void aRecordIsReadAsItWasWritten() {
        TopicRecord record = new TopicRecord(12, "IKGWS1CiQvO2pCFiFtbBhg");

        assertThat(record.value()).isEqualTo("{\"partitions\":12,\"id\":\"IKGWS1CiQvO2pCFiFtbBhg\"}");
        assertThat(TopicRecord.parse(record.value())).contains(record);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{\"partitions\":12}",
                "{\"partitions\":12,\"id\":\"\"}",
                "{\"partitions\":12,\"id\":\"x y\"}",
                "{\"partitions\":-1,\"id\":\"x\"}",
                "{\"partitions\":12,\"id\":\"x\"} "
            })
    void whatIsNoRecordIsNotRead(String value) {
        assertThat(TopicRecord.parse(value)).isEmpty();
    }

    private static List<Problem> problems(Topic topic, String recorded, String actual) {
        String name = topic.topicName();
        return TopicLoss.problems(Map.of(name, new TopicRecord(4, recorded)), Map.of(name, state(name, actual)), TOOLS);
    }

    private static TopicState state(String name, String id) {
        return new TopicState(name, id, List.of(List.of(1)), Map.of());
    }
}
