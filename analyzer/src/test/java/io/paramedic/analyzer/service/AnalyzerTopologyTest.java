package io.paramedic.analyzer.service;

import static io.paramedic.analyzer.service.Events.listed;
import static io.paramedic.analyzer.service.Events.policy;
import static io.paramedic.analyzer.service.Events.unblocked;
import static io.paramedic.analyzer.service.Events.unlisted;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Codec;
import io.paramedic.schemas.wire.Decoded;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way of an event, in one partition. */
class AnalyzerTopologyTest {
    private static final UUID RUN = new UUID(4, 2);
    private static final Instant START = Effects.AT;

    private final CountingCore core = new CountingCore();
    private final Partitions partitions = new Partitions(RUN);

    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> events;

    @BeforeEach
    void begin() {
        Properties properties = StreamsSettings.of(
                Events.log(1).connection(), AnalyzerSettings.DEFAULT, new StreamsSettings.Safety(1, 1), "test");
        driver = new TopologyTestDriver(AnalyzerTopology.of(Events.log(1), core, partitions), properties, START);
        events =
                driver.createInputTopic(Topic.EVENTS.topicName(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void end() {
        driver.close();
    }

    @Test
    void eachEffectGoesToItsTopicUnderItsKey() {
        send(policy("north", 1, "mode: act"));
        send(listed("north", "xen-a"));
        send(unblocked("north"));

        assertThat(keys(Topic.JOURNAL)).containsExactly("north");
        assertThat(keys(Topic.OVERVIEW)).containsExactly("north/xen-a");
        assertThat(keys(Topic.REQUESTS)).containsExactly("xen-a");
        assertThat(keys(Topic.COMMANDS)).containsExactly("north");
        assertThat(keys(Topic.INCIDENTS)).containsExactly("north/i-1");
        assertThat(metrics().decisions()).isEqualTo(1);
        assertThat(metrics().commands()).isEqualTo(1);
        assertThat(metrics().events()).isEqualTo(3);
    }

    @Test
    void whatIsWrittenCanBeRead() {
        send(unblocked("north"));

        assertThat(values(Topic.COMMANDS, Contract.COMMANDS)).containsExactly(Effects.command("north", "xen-a"));
        assertThat(values(Topic.INCIDENTS, Contract.INCIDENTS)).containsExactly(Effects.incident("north", "i-1"));
    }

    @Test
    void whatIsHiddenLeavesATombstone() {
        send(unlisted("north", "xen-a"));

        assertThat(records(Topic.INCIDENTS)).containsExactly(new KeyValue<>("north/i-1", null));
        assertThat(records(Topic.OVERVIEW)).containsExactly(new KeyValue<>("north/xen-a", null));
    }

    @Test
    void theStateOfEachPoolIsKeptAsEntries() {
        send(policy("north", 7, ""));
        send(policy("south", 8, ""));
        send(unlisted("north", "xen-a"));

        KeyValueStore<String, byte[]> store = driver.getKeyValueStore(PoolProcessor.STORE);
        assertThat(store.get("north\0events")).isEqualTo("2".getBytes(UTF_8));
        assertThat(store.get("north\0revision")).as("is deleted").isNull();
        assertThat(store.get("south\0revision")).isEqualTo("8".getBytes(UTF_8));
    }

    @Test
    void aTickIsGivenToEachPoolOfThePartition() {
        send(policy("north", 1, ""));
        send(policy("south", 1, ""));
        core.given.clear();

        send(new PoolEvent.Tick(0, RUN, 0, -1));

        assertThat(core.given).extracting(CountingCore.Given::pool).containsExactly("north", "south");
        assertThat(core.given)
                .allSatisfy(given -> assertThat(given.input().run()).isEqualTo(RUN));
    }

    @Test
    void nowIsTheGreatestAppendTimeSoFar() {
        send(policy("north", 1, ""), START.plusSeconds(10));
        send(policy("north", 2, ""), START.plusSeconds(4));
        send(policy("north", 3, ""), START.plusSeconds(11));

        assertThat(core.given)
                .extracting(given -> given.input().now())
                .containsExactly(START.plusSeconds(10), START.plusSeconds(10), START.plusSeconds(11));
        assertThat(core.given).extracting(given -> given.input().offset()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void whatCannotBeReadIsPutAwayAndReadingGoesOn() {
        events.pipeInput("no json".getBytes(UTF_8));
        events.pipeInput((byte[]) null);
        send(new PoolEvent.Tick(5, RUN, 0, -1));
        send(policy("north", 1, ""));

        assertThat(values(Topic.QUARANTINE, Contract.QUARANTINE))
                .extracting(refused -> refused.offset() + ": " + refused.reason())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("0: this is no JSON"),
                        second -> assertThat(second).startsWith("1: "),
                        third -> assertThat(third).isEqualTo("2: it belongs on partition 5 and stands on 0"));
        assertThat(core.given).hasSize(1);
        assertThat(metrics().quarantined()).isEqualTo(3);
        assertThat(metrics().stopped()).isEmpty();
    }

    @Test
    void aBugStopsThePartitionAndLeavesNothingBehind() {
        send(policy("north", 1, ""));
        send(policy("north", 2, CountingCore.BUG));
        send(policy("north", 3, ""));
        send(policy("south", 1, ""));

        assertThat(values(Topic.JOURNAL, Contract.JOURNAL))
                .extracting(JournalEntry::number)
                .containsExactly(0L);
        assertThat(core.given).hasSize(2);
        KeyValueStore<String, byte[]> store = driver.getKeyValueStore(PoolProcessor.STORE);
        assertThat(store.get("north\0revision")).isEqualTo("1".getBytes(UTF_8));
        assertThat(new Memory(store).place().offset()).isZero();
        assertThat(partitions.of(0).heldAt()).hasValue(1);
        assertThat(metrics().stopped())
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("Partition 0 of events has stopped")
                        .contains("offset 1")
                        .contains("this is a bug"));
    }

    @Test
    void anEffectOfAnotherPoolIsABugAndNothingOfItsEventIsWritten() {
        send(policy("north", 1, CountingCore.STRAY));

        assertThat(records(Topic.JOURNAL)).isEmpty();
        assertThat(metrics().stopped())
                .hasValueSatisfying(why -> assertThat(why).contains("elsewhere"));
    }

    private AnalyzerMetrics.Partition metrics() {
        return partitions.of(0).metrics(OptionalLong.empty());
    }

    private void send(PoolEvent event) {
        events.pipeInput(Contract.EVENTS.encode(event));
    }

    private void send(PoolEvent event, Instant appended) {
        events.pipeInput(Contract.EVENTS.encode(event), appended);
    }

    private List<String> keys(Topic topic) {
        return records(topic).stream().map(entry -> entry.key).toList();
    }

    private List<KeyValue<String, byte[]>> records(Topic topic) {
        return driver.createOutputTopic(topic.topicName(), new StringDeserializer(), new ByteArrayDeserializer())
                .readKeyValuesToList();
    }

    private <T> List<T> values(Topic topic, Codec<T> codec) {
        return records(topic).stream()
                .map(entry -> codec.decode(entry.value))
                .map(decoded -> ((Decoded.Ok<T>) decoded).value())
                .toList();
    }
}
