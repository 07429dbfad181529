package io.paramedic.deploy.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.topics.Catalogue;
import io.paramedic.schemas.topics.ClusterKind;
import io.paramedic.schemas.topics.KafkaTools;
import io.paramedic.schemas.topics.Permission;
import io.paramedic.schemas.topics.PoolPartitioner;
import io.paramedic.schemas.topics.Problem;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.topics.TopicPlan;
import io.paramedic.schemas.topics.admin.TopicKeeper;
import io.paramedic.schemas.topics.admin.TopicsReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Paramedic relies on in any broker, run against each kind of it. */
abstract class BrokerContract {
    private static final int POOL_PARTITIONS = 3;
    private static final Pattern SET = Pattern.compile("kafka-configs\\.sh --bootstrap-server (?<servers>\\S+) --alter"
            + " --entity-type topics --entity-name (?<topic>\\S+) --add-config (?<name>[a-z.]+)=(?<value>\\S+)");

    private static final Pattern RECORD =
            Pattern.compile("echo '(?<key>[^|']+)\\|(?<value>[^']+)' \\| kafka-console-producer\\.sh --bootstrap-server"
                    + " (?<servers>\\S+) --topic paramedic\\.catalogue --property parse\\.key=true"
                    + " --property 'key\\.separator=\\|'");

    /** The broker under test; shared by all tests of a class. */
    abstract KafkaConnection connection();

    abstract ClusterKind kind();

    @BeforeEach
    void withoutTopics() throws Exception {
        TestLog.deleteAllTopics(connection());
    }

    @Test
    void createsEveryTopicOnceAndFindsNothingElseToCorrect() throws Exception {
        TopicsReport first = establish(catalogue());
        TopicsReport second = establish(catalogue());

        assertThat(first.created())
                .containsExactlyElementsOf(
                        catalogue().plans().stream().map(TopicPlan::name).toList());
        assertThat(second.created()).isEmpty();
        assertThat(second.partitions(Topic.EVENTS)).isEqualTo(POOL_PARTITIONS);
        assertThat(second.clusterId()).isNotBlank();
        assertFreshTopicsArePermitted(first);
        assertFreshTopicsArePermitted(second);
    }

    @Test
    void losesNothingThatIsSentAsSoonAsTheTopicsAreThere() throws Exception {
        establish(catalogue());
        List<ProducerRecord<String, String>> burst = IntStream.range(0, 3_000)
                .mapToObj(i -> new ProducerRecord<String, String>(
                        Topic.EVENTS.topicName(), i % POOL_PARTITIONS, "pool", "value " + i))
                .toList();

        TestLog.send(connection(), burst);

        assertThat(TestLog.readAll(connection(), Topic.EVENTS.topicName()))
                .extracting(ConsumerRecord::value)
                .containsExactlyInAnyOrderElementsOf(
                        burst.stream().map(ProducerRecord::value).toList());
    }

    @Test
    void recordsCarryTheTimeOfTheirAppendWhateverTheSenderSays() throws Exception {
        establish(catalogue());
        Instant before = Instant.now().minusSeconds(60);

        TestLog.send(
                connection(), List.of(new ProducerRecord<>(Topic.LEASES.topicName(), 0, 86_400_000L, "pool", "claim")));

        assertThat(TestLog.readAll(connection(), Topic.LEASES.topicName()))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
                    assertThat(Instant.ofEpochMilli(record.timestamp())).isAfter(before);
                });
    }

    @Test
    void theBrokersOwnClientsPutARecordThatIsKeyedByPoolWhereThePartitionerDoes() throws Exception {
        establish(catalogue());
        List<String> pools = IntStream.range(0, 50).mapToObj(i -> "pool-ä-" + i).toList();

        TestLog.send(
                connection(),
                pools.stream()
                        .map(pool -> new ProducerRecord<>(Topic.COMMANDS.topicName(), pool, "by hand"))
                        .toList());

        assertThat(TestLog.readAll(connection(), Topic.COMMANDS.topicName()))
                .hasSize(50)
                .allSatisfy(record -> assertThat(record.partition())
                        .isEqualTo(PoolPartitioner.partition(record.key(), POOL_PARTITIONS)));
    }

    @Test
    void aSettingThatDriftedIsReportedWithTheCommandThatReallyCorrectsIt() throws Exception {
        establish(catalogue());
        TestLog.alter(connection(), Topic.EVENTS.topicName(), "message.timestamp.type", "CreateTime");
        TestLog.alter(connection(), Topic.LEASES.topicName(), "retention.ms", "60000");
        TestLog.alter(connection(), Topic.JOURNAL.topicName(), "cleanup.policy", "compact");
        TestLog.alter(connection(), Topic.QUARANTINE.topicName(), "retention.ms", "1000");

        TopicsReport drifted = establish(catalogue());

        List<Problem> settings = drifted.problems().stream()
                .filter(problem -> problem.correction().startsWith("kafka-configs.sh"))
                .toList();
        assertThat(settings)
                .extracting(problem -> problem.topic() + " " + problem.subject())
                .contains(
                        "paramedic.events message.timestamp.type",
                        "paramedic.leases retention.ms",
                        "paramedic.journal cleanup.policy",
                        "paramedic.quarantine retention.ms");
        assertThat(drifted.permission()).isInstanceOf(Permission.MayOnlyObserve.class);
        settings.stream()
                .filter(problem -> !problem.subject().startsWith("min.insync"))
                .forEach(this::run);
        assertFreshTopicsArePermitted(establish(catalogue()));
    }

    @Test
    void aTopicThatGrewIsNotUsedBecausePoolsWouldBeInOtherPartitions() throws Exception {
        establish(catalogue());
        TestLog.grow(connection(), Topic.EVENTS.topicName(), POOL_PARTITIONS + 1);

        TopicsReport grown = establish(catalogue());

        assertThat(grown.permission())
                .isInstanceOfSatisfying(
                        Permission.MayNotRun.class,
                        verdict -> assertThat(verdict.problems())
                                .singleElement()
                                .satisfies(problem -> assertThat(problem.sentence())
                                        .contains("paramedic.events has 4 partitions", "created with 3", "delete it")));
        assertThat(grown.partitions(Topic.EVENTS)).isEqualTo(POOL_PARTITIONS);
    }

    @Test
    void aTopicThatWasCreatedAnewWithTooFewPartitionsCanBeGivenTheMissingOnes() throws Exception {
        establish(catalogue());
        TestLog.recreate(connection(), Topic.COMMANDS.topicName(), 1);

        TopicsReport shrunk = establish(catalogue());

        assertThat(shrunk.permission()).isInstanceOf(Permission.MayNotRun.class);
        Problem problem = shrunk.problems().stream()
                .filter(one -> one.subject().equals("partitions"))
                .findFirst()
                .orElseThrow();
        assertThat(problem.correction())
                .isEqualTo("kafka-topics.sh --bootstrap-server %s --alter --topic paramedic.commands --partitions 3"
                        .formatted(connection().bootstrapServers()));
        TestLog.admin(
                connection(),
                admin -> admin.createPartitions(Map.of(problem.topic(), NewPartitions.increaseTo(POOL_PARTITIONS)))
                        .all()
                        .get());
        assertThat(establish(catalogue()).permission()).isNotInstanceOf(Permission.MayNotRun.class);
    }

    @Test
    void theCountsOfTheFirstStartCountWhateverALaterOneIsConfiguredWith() throws Exception {
        establish(catalogue());

        TopicsReport later = establish(new Catalogue(kind(), 7, 9));

        assertThat(later.partitions(Topic.LEASES)).isEqualTo(POOL_PARTITIONS);
        assertFreshTopicsArePermitted(later);
    }

    @Test
    void aTopicThatWasDeletedIsCreatedAnewAsItWasAndTheLossIsSaid() throws Exception {
        establish(catalogue());
        TestLog.delete(connection(), Set.of(Topic.LEASES.topicName()));

        TopicsReport later = establish(new Catalogue(kind(), 7, 9));

        assertThat(later.created()).containsExactly(Topic.LEASES.topicName());
        assertThat(later.partitions(Topic.LEASES)).isEqualTo(POOL_PARTITIONS);
        assertThat(later.problems())
                .anySatisfy(problem -> assertThat(problem.sentence())
                        .contains("paramedic.leases had been deleted, with all its records"));
    }

    @Test
    void aTopicThatActsRestOnAndThatWasDeletedForbidsActingAtEveryStartUntilItIsAdopted() throws Exception {
        establish(catalogue());
        TestLog.delete(connection(), Set.of(Topic.LEASES.topicName(), Topic.INVENTORY.topicName()));

        TopicsReport first = establish(catalogue());
        TopicsReport second = establish(catalogue());

        assertThat(losses(first)).extracting(Problem::topic).containsExactly("paramedic.inventory", "paramedic.leases");
        assertThat(losses(second)).extracting(Problem::topic).containsExactly("paramedic.leases");
        assertThat(List.of(first.permission(), second.permission()))
                .allSatisfy(permission -> assertThat(permission)
                        .isInstanceOfSatisfying(
                                Permission.MayOnlyObserve.class,
                                observe -> assertThat(observe.problems())
                                        .anyMatch(problem -> problem.topic().equals("paramedic.leases")
                                                && problem.subject().equals("topic"))));

        keeper(catalogue()).adopt(Topic.LEASES);

        assertFreshTopicsArePermitted(establish(catalogue()));
    }

    @Test
    void theLossOfATopicThatSomebodyElseCreatedAnewIsConfirmedByThePrintedCommand() throws Exception {
        establish(catalogue());
        TestLog.recreate(connection(), Topic.JOURNAL.topicName(), POOL_PARTITIONS);

        Problem loss = losses(establish(catalogue())).getFirst();

        assertThat(loss.topic()).isEqualTo("paramedic.journal");
        Matcher command = RECORD.matcher(loss.correction());
        assertThat(command.matches()).as(loss.correction()).isTrue();
        assertThat(command.group("servers")).isEqualTo(connection().bootstrapServers());
        TestLog.send(
                connection(),
                List.of(new ProducerRecord<>(Catalogue.RECORDS, command.group("key"), command.group("value"))));
        assertThat(losses(establish(catalogue()))).isEmpty();
    }

    private static List<Problem> losses(TopicsReport report) {
        return report.problems().stream()
                .filter(problem -> problem.subject().equals("topic"))
                .toList();
    }

    final Catalogue catalogue() {
        return new Catalogue(kind(), POOL_PARTITIONS, 2);
    }

    final TopicsReport establish(Catalogue catalogue) throws Exception {
        return keeper(catalogue).establish();
    }

    private TopicKeeper keeper(Catalogue catalogue) {
        KafkaTools tools = new KafkaTools(connection().bootstrapServers(), null);
        return new TopicKeeper(connection().common(), catalogue, tools, Duration.ofSeconds(20));
    }

    /** An external Kafka of one broker has every setting right and too few replicas; ours needs none. */
    private void assertFreshTopicsArePermitted(TopicsReport report) {
        switch (kind()) {
            case EMBEDDED -> {
                assertThat(report.problems()).isEmpty();
                assertThat(report.permission()).isEqualTo(new Permission.MayAct());
            }
            case EXTERNAL -> {
                assertThat(report.problems())
                        .hasSize(2 * catalogue().plans().size())
                        .extracting(Problem::subject)
                        .containsOnly("replicas", "min.insync.replicas");
                assertThat(report.permission()).isInstanceOf(Permission.MayOnlyObserve.class);
            }
        }
    }

    /** Does what the printed command says, word for word. */
    private void run(Problem problem) {
        Matcher command = SET.matcher(problem.correction());
        assertThat(command.matches()).as(problem.correction()).isTrue();
        assertThat(command.group("servers")).isEqualTo(connection().bootstrapServers());
        TestLog.alter(connection(), command.group("topic"), command.group("name"), command.group("value"));
    }
}
