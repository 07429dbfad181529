package io.paramedic.analyzer.service;

import static io.paramedic.analyzer.service.Events.listed;
import static io.paramedic.analyzer.service.Events.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One partition of many, over a restart. */
class PoolProcessorTest {
    private static final int COUNT = 16;
    private static final Log LOG = Events.log(COUNT);
    private static final Instant START = Effects.AT;

    /** Two pools of one partition, and one of another. */
    private static final String NORTH = "north";

    private static final int PARTITION = LOG.partition(Topic.EVENTS, NORTH);
    private static final String SISTER = poolOn(PARTITION);
    private static final String STRANGER = poolOn((PARTITION + 1) % COUNT);

    @TempDir
    private Path directory;

    private MockProcessorContext<Address, byte[]> context;
    private KeyValueStore<String, byte[]> store;

    @BeforeEach
    void begin() {
        context = context();
        store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(PoolProcessor.STORE), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }

    @Test
    void aRestartGoesOnWithTheSameState() {
        Reader before = new Reader();
        before.read(10, START, policy(NORTH, 3, ""));
        before.read(11, START.plusSeconds(1), policy(SISTER, 1, ""));
        before.processor.close();

        Reader after = new Reader();
        after.read(12, START.plusSeconds(2), new PoolEvent.Tick(PARTITION, after.run, 0, -1));
        after.read(13, START, policy(NORTH, 4, ""));

        assertThat(after.core.given).extracting(CountingCore.Given::pool).containsExactly(NORTH, SISTER, NORTH);
        assertThat(after.core.given.getLast().input().now()).isEqualTo(START.plusSeconds(2));
        assertThat(entry(NORTH, "events")).isEqualTo("3");
    }

    @Test
    void anEventThatIsInTheStateIsNotTakenTwice() {
        Reader before = new Reader();
        before.read(10, START, policy(NORTH, 1, ""));
        before.processor.close();

        Reader after = new Reader();
        after.read(10, START, policy(NORTH, 1, ""));
        after.read(11, START, policy(NORTH, 2, ""));

        assertThat(after.core.given).hasSize(1);
        assertThat(entry(NORTH, "events")).isEqualTo("2");
    }

    @Test
    void aTopicThatIsThereAnewIsReadFromItsBeginning() {
        Reader reader = new Reader();
        reader.read(1_000, START, policy(NORTH, 1, ""));
        reader.read(0, START.plusSeconds(60), policy(NORTH, 2, ""));
        reader.read(1, START.plusSeconds(60), policy(NORTH, 3, ""));

        assertThat(reader.core.given).hasSize(3);
    }

    @Test
    void everyRecordGoesToThePartitionOfItsPoolOrHost() {
        Reader reader = new Reader();
        reader.read(1, START, listed(SISTER, "xen-7"));

        List<Address> addresses = new ArrayList<>();
        context.forwarded().forEach(forward -> addresses.add(forward.record().key()));
        assertThat(addresses)
                .containsExactly(
                        new Address(PARTITION, SISTER + "/xen-7"),
                        new Address(LOG.partition(Topic.REQUESTS, "xen-7"), "xen-7"));
        assertThat(Address.PARTITION.partitions("any", new Address(5, "key"), null, 1))
                .hasValueSatisfying(all -> assertThat(all).containsExactly(5));
    }

    @Test
    void aPoolThatBelongsElsewhereIsPutIntoQuarantine() {
        Reader reader = new Reader();
        reader.read(1, START, policy(STRANGER, 1, ""));

        assertThat(reader.core.given).isEmpty();
        assertThat(context.forwarded(Topic.QUARANTINE.topicName())).hasSize(1);
    }

    @Test
    void aStateThatCannotBeRestoredStopsThePartitionAtItsNextEvent() {
        store.put(NORTH + "\0events", "no number".getBytes(StandardCharsets.UTF_8));

        Reader reader = new Reader();
        reader.read(21, START, policy(NORTH, 1, ""));
        reader.read(22, START, policy(NORTH, 2, ""));

        assertThat(reader.core.given).isEmpty();
        assertThat(context.forwarded()).isEmpty();
        PartitionWatch watch = reader.partitions.of(PARTITION);
        assertThat(watch.heldAt()).hasValue(21);
        assertThat(watch.metrics(OptionalLong.empty()).stopped())
                .hasValueSatisfying(why -> assertThat(why).contains("cannot be restored"));
    }

    @Test
    void whatStoppedAPartitionIsTriedAgainWhenItIsAssignedAnew() {
        Reader reader = new Reader();
        reader.read(1, START, policy(NORTH, 1, CountingCore.BUG));
        reader.processor.close();
        assertThat(reader.partitions.of(PARTITION).isStopped()).isTrue();

        reader.processor.init(context);
        reader.read(1, START, policy(NORTH, 1, "mended"));

        assertThat(reader.partitions.of(PARTITION).isStopped()).isFalse();
        assertThat(reader.partitions.of(PARTITION).heldAt()).isEmpty();
        assertThat(entry(NORTH, "revision")).isEqualTo("1");
    }

    @Test
    void onlyTheTicksOfThisRunAreReadBack() {
        Reader reader = new Reader();
        PartitionWatch watch = reader.partitions.of(PARTITION);
        PoolEvent.Tick own = watch.tick().orElseThrow();
        watch.tickWritten();

        reader.read(1, START, new PoolEvent.Tick(PARTITION, new UUID(9, 9), 40, 39));
        assertThat(watch.metrics(OptionalLong.empty()).live()).isFalse();

        reader.read(2, START, own);
        assertThat(watch.metrics(OptionalLong.empty()).live()).isTrue();
    }

    private String entry(String pool, String name) {
        return new String(store.get(pool + "\0" + name), StandardCharsets.UTF_8);
    }

    private MockProcessorContext<Address, byte[]> context() {
        return new MockProcessorContext<>(
                StreamsSettings.of(
                        LOG.connection(), AnalyzerSettings.DEFAULT, new StreamsSettings.Safety(1, 1), "test"),
                new TaskId(0, PARTITION),
                directory.toFile());
    }

    private static String poolOn(int partition) {
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> "pool-" + number)
                .filter(pool -> LOG.partition(Topic.EVENTS, pool) == partition)
                .findFirst()
                .orElseThrow();
    }

    /** One run of the analyzer on the same store. */
    private final class Reader {
        final UUID run = UUID.randomUUID();
        final CountingCore core = new CountingCore();
        final Partitions partitions = new Partitions(run);
        final PoolProcessor<CountingCore.Count> processor = new PoolProcessor<>(LOG, core, partitions);

        Reader() {
            processor.init(context);
        }

        void read(long offset, Instant appended, PoolEvent event) {
            context.setRecordMetadata(Topic.EVENTS.topicName(), PARTITION, offset);
            processor.process(new Record<>(new byte[0], Contract.EVENTS.encode(event), appended.toEpochMilli()));
        }
    }
}
