package io.paramedic.collector.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paramedic.collector.probing.Attempt;
import io.paramedic.collector.sampling.SamplerSettings;
import io.paramedic.collector.watch.WatchSettings;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.PoolEvent.HostListed;
import io.paramedic.schemas.event.PoolEvent.HostUnlisted;
import io.paramedic.schemas.event.Sighting;
import io.paramedic.schemas.event.Sighting.DomainEvent;
import io.paramedic.schemas.event.Sighting.HostBeat;
import io.paramedic.schemas.event.Sighting.HostSnapshotPart;
import io.paramedic.schemas.event.Sighting.HostUnreachable;
import io.paramedic.schemas.identity.HostStream;
import io.paramedic.schemas.inventory.Access;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.request.Request;
import io.paramedic.schemas.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CollectorServiceTest {
    private static final CollectorSettings FAST = fast(Duration.ofMillis(50));
    private static final TopicPartition ZERO = new TopicPartition(Topic.INVENTORY.topicName(), 0);
    private static final TopicPartition ASKED = new TopicPartition(Topic.REQUESTS.topicName(), 0);

    private final MockConsumer<byte[], byte[]> inventory = new MockConsumer<>("earliest");
    private final MockConsumer<byte[], byte[]> requests = new MockConsumer<>("none");
    private final FakeOutlet outlet = new FakeOutlet();
    private final Map<String, FakeHost> hosts = new ConcurrentHashMap<>();
    private final CollectorService service = service(FAST);
    private long offset;
    private long asked;

    private CollectorService service(CollectorSettings settings) {
        return new CollectorService(
                inventory,
                requests,
                outlet,
                record -> Objects.requireNonNull(hosts.get(record.host())).connect(),
                settings,
                (_, _) -> new Attempt.NotAsked("in-a-test"));
    }

    @BeforeEach
    void setUp() {
        inventory.updateBeginningOffsets(Map.of(ZERO, 0L));
        inventory.updateEndOffsets(Map.of(ZERO, 0L));
        requests.updateBeginningOffsets(Map.of(ASKED, 0L));
        requests.updateEndOffsets(Map.of(ASKED, 0L));
        hosts.put("xen-1", new FakeHost().domain(5, "web", "-b----"));
        hosts.put("xen-2", new FakeHost());
    }

    @AfterEach
    void tearDown() {
        service.close();
    }

    private void start() {
        service.start();
        assign(List.of(ZERO));
    }

    private void assign(Collection<TopicPartition> partitions) {
        inventory.schedulePollTask(() -> inventory.rebalance(partitions));
    }

    private static HostRecord host(String name, String pool) {
        return new HostRecord(name, pool, new Access.Local(false), Map.of(), List.of());
    }

    private void produce(HostRecord host) {
        produce(host.host(), Contract.INVENTORY.encode(host));
    }

    private void produce(String key, byte @Nullable [] value) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(ZERO.topic(), 0, offset++, key.getBytes(StandardCharsets.UTF_8), value);
        inventory.schedulePollTask(() -> inventory.addRecord(record));
    }

    private void ask(Request request) {
        byte[] value = Contract.REQUESTS.encode(request);
        ask(request.host(), value);
    }

    private void ask(String key, byte[] value) {
        requests.schedulePollTask(() -> requests.addRecord(
                new ConsumerRecord<>(ASKED.topic(), 0, asked++, key.getBytes(StandardCharsets.UTF_8), value)));
    }

    @Test
    void tellsOfAHostThatItTakesOverAndThenAllOfIt() throws InterruptedException {
        start();
        produce(host("xen-1", "pool"));
        assertThat(outlet.next(HostListed.class).host().host()).isEqualTo("xen-1");
        HostSnapshotPart snapshot = outlet.next(HostSnapshotPart.class);
        assertThat(snapshot.sequence()).isZero();
        assertThat(snapshot.stream().generation())
                .isEqualTo(inventory.groupMetadata().generationId());
        assertThat(snapshot.domains()).hasSize(2);
        assertThat(snapshot.domains().getLast().observation().condition())
                .as("activity is known from the beginning")
                .isEqualTo(new Condition.Running(Activity.QUIET));
        assertThat(outlet.next(HostBeat.class).digest()).isEqualTo(snapshot.digest());
    }

    @Test
    void tellsOfADomainThatChangesAndOneThatGoes() throws InterruptedException {
        start();
        produce(host("xen-1", "pool"));
        outlet.next(HostSnapshotPart.class);
        Objects.requireNonNull(hosts.get("xen-1")).domain(5, "web", "---sc-");
        assertThat(outlet.next(DomainEvent.class).domain().observation().condition())
                .isInstanceOf(Condition.ShutDown.class);
        Objects.requireNonNull(hosts.get("xen-1")).without(5);
        assertThat(outlet.next(DomainEvent.class).domain().observation().condition())
                .isEqualTo(new Condition.Gone());
    }

    @Test
    void theSightingsOfAStreamAreNumberedWithoutAGap() throws InterruptedException {
        start();
        produce(host("xen-1", "pool"));
        for (int i = 0; i < 5; i++) {
            outlet.next(HostBeat.class);
        }
        List<Sighting> sightings = outlet.written.stream()
                .filter(Sighting.class::isInstance)
                .map(Sighting.class::cast)
                .toList();
        for (int i = 0; i < sightings.size(); i++) {
            assertThat(sightings.get(i).sequence()).isEqualTo(i);
        }
    }

    @Test
    void readsTheWholeInventoryBeforeItBelievesAnyOfIt() throws InterruptedException {
        inventory.updateEndOffsets(Map.of(ZERO, 3L));
        service.start();
        assign(List.of(ZERO));
        produce(host("xen-1", "pool"));
        produce(host("xen-2", "pool"));
        produce("xen-1", null);
        assertThat(outlet.next(HostUnlisted.class).host()).isEqualTo("xen-1");
        assertThat(outlet.next(HostListed.class).host().host()).isEqualTo("xen-2");
        assertThat(Objects.requireNonNull(hosts.get("xen-1")).commands).hasValue(0);
    }

    @Test
    void aHostThatCameBackBeforeTheInventoryEndsHasNotLeft() throws InterruptedException {
        inventory.updateEndOffsets(Map.of(ZERO, 6L));
        service.start();
        assign(List.of(ZERO));
        produce(host("xen-1", "pool"));
        produce("xen-1", null);
        produce(host("xen-1", "pool"));
        produce(host("xen-2", "old"));
        produce("xen-2", null);
        produce(host("xen-2", "new"));
        outlet.next(HostBeat.class);
        outlet.next(HostBeat.class);
        assertThat(outlet.written)
                .filteredOn(HostUnlisted.class::isInstance)
                .containsExactly(new HostUnlisted("old", "xen-2"));
    }

    @Test
    void givesUpAHostThatLeavesTheInventory() throws InterruptedException {
        start();
        produce(host("xen-1", "pool"));
        outlet.next(HostBeat.class);
        produce("xen-1", null);
        assertThat(outlet.next(HostUnlisted.class)).isEqualTo(new HostUnlisted("pool", "xen-1"));
        await().until(() -> Objects.requireNonNull(hosts.get("xen-1")).open.get() == 0);
        assertThat(outlet.written.getLast()).isInstanceOf(HostUnlisted.class);
    }

    @Test
    void aHostThatMovesToAnotherPoolLeavesItsOld() throws InterruptedException {
        start();
        produce(host("xen-1", "old"));
        outlet.next(HostBeat.class);
        produce(host("xen-1", "new"));
        assertThat(outlet.next(HostUnlisted.class)).isEqualTo(new HostUnlisted("old", "xen-1"));
        assertThat(outlet.next(HostListed.class).pool()).isEqualTo("new");
        assertThat(outlet.next(HostSnapshotPart.class).pool()).isEqualTo("new");
    }

    @Test
    void theSameRecordAgainChangesNothing() throws InterruptedException {
        start();
        produce(host("xen-1", "pool"));
        outlet.next(HostBeat.class);
        produce(host("xen-1", "pool"));
        produce(host("xen-2", "pool"));
        assertThat(outlet.next(HostListed.class).host().host()).isEqualTo("xen-2");
    }

    @Test
    void whatTheGroupGivesToAnotherIsEndedBeforeItIsGiven() throws InterruptedException {
        start();
        produce(host("xen-1", "pool"));
        outlet.next(HostBeat.class);
        int[] openAfter = {-1};
        inventory.schedulePollTask(() -> {
            inventory.rebalance(List.of());
            openAfter[0] = Objects.requireNonNull(hosts.get("xen-1")).open.get();
        });
        await().until(() -> openAfter[0] >= 0);
        assertThat(openAfter[0]).isZero();
        assertThat(service.metrics().hosts()).isZero();
    }

    @Test
    void whatKafkaDidNotAcknowledgeIsToldAnewInAnotherStream() throws InterruptedException {
        start();
        produce(host("xen-1", "pool"));
        HostStream first = outlet.next(HostBeat.class).stream();
        outlet.refuse(DomainEvent.class::isInstance);
        Objects.requireNonNull(hosts.get("xen-1")).domain(5, "web", "---sc-");
        HostSnapshotPart second = outlet.next(HostSnapshotPart.class);
        assertThat(second.stream().session()).isNotEqualTo(first.session());
        assertThat(second.stream().generation()).isEqualTo(first.generation());
        assertThat(second.sequence()).isZero();
        assertThat(second.domains().getLast().observation().condition()).isInstanceOf(Condition.ShutDown.class);
        assertThat(service.metrics().notAppended()).isPositive();
    }

    @Test
    void aHostThatDoesNotAnswerIsToldAtOnceAndThenRarely() throws InterruptedException {
        start();
        produce(host("xen-1", "pool"));
        outlet.next(HostBeat.class);
        FakeHost host = Objects.requireNonNull(hosts.get("xen-1"));
        host.reachable(false);
        HostUnreachable silent = outlet.next(HostUnreachable.class);
        assertThat(silent.kind()).isEqualTo("refused");
        assertThat(silent.lastAnswer()).isNotNull();
        int before = host.commands.get();
        outlet.next(HostUnreachable.class);
        assertThat(host.commands.get() - before).isGreaterThanOrEqualTo(FAST.unreachableEvery() - 1);
        host.reachable(true);
        HostBeat well = outlet.next(HostBeat.class);
        assertThat(well.stream()).isEqualTo(silent.stream());
    }

    @Test
    void aHostThatNeverAnsweredIsToldWithoutATime() throws InterruptedException {
        Objects.requireNonNull(hosts.get("xen-1")).reachable(false);
        start();
        produce(host("xen-1", "pool"));
        outlet.next(HostListed.class);
        HostUnreachable silent = outlet.next(HostUnreachable.class);
        assertThat(silent.lastAnswer()).isNull();
        assertThat(silent.sequence()).isZero();
    }

    @Test
    void asRequestedTellsAllOfAHost() throws InterruptedException {
        start();
        produce(host("xen-1", "pool"));
        UUID first = outlet.next(HostSnapshotPart.class).snapshot();
        outlet.next(HostBeat.class);
        ask(new Request.SendSnapshot(new UUID(1, 1), "xen-1", "analyzer", "a gap"));
        HostSnapshotPart second = outlet.next(HostSnapshotPart.class);
        assertThat(second.snapshot()).isNotEqualTo(first);
        assertThat(second.sequence()).isPositive();
    }

    @Test
    void xenstoredItselfAndARequestBringALookForward() throws InterruptedException {
        service.close();
        FakeHost host = Objects.requireNonNull(hosts.get("xen-2"));
        HostKeeper.World world = new HostKeeper.World(
                _ -> host.connect(),
                fast(Duration.ofHours(1)),
                outlet,
                (_, _) -> new Attempt.NotAsked("in-a-test"),
                new Semaphore(1),
                new Meters(),
                new Random(7) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public long nextLong(long bound) {
                        return 0;
                    }
                });
        HostKeeper keeper = new HostKeeper(host("xen-2", "pool"), 1, world);
        keeper.start();
        try {
            outlet.next(HostSnapshotPart.class);
            host.domain(6, "db", "-b----");
            await().until(host::ring);
            assertThat(outlet.next(DomainEvent.class).domain().observation().domid())
                    .isEqualTo(6);
            host.without(6);
            keeper.lookNow();
            assertThat(outlet.next(DomainEvent.class).domain().observation().condition())
                    .isEqualTo(new Condition.Gone());
        } finally {
            keeper.stop();
            assertThat(keeper.join(Duration.ofSeconds(20))).isTrue();
        }
    }

    /** Looks follow each other fast, on a host whose own clock says that they do not. */
    private static CollectorSettings fast(Duration interval) {
        CollectorSettings scaled = CollectorSettings.DEFAULT.scaled(0.01);
        return new CollectorSettings(
                interval,
                Duration.ofMillis(1),
                scaled.warmUpLooks(),
                scaled.alarmGap(),
                Duration.ofDays(1),
                scaled.unreachableEvery(),
                scaled.probing(),
                scaled.probeLimit(),
                scaled.probeSilences(),
                scaled.probesAtOnce(),
                scaled.configurations(),
                scaled.watchRetry(),
                scaled.acknowledgement(),
                scaled.stopping(),
                SamplerSettings.DEFAULT,
                WatchSettings.DEFAULT);
    }

    @Test
    void whatCannotBeReadIsPutAwayAndTheRestGoesOn() throws InterruptedException {
        start();
        produce("xen-1", "{nonsense".getBytes(StandardCharsets.UTF_8));
        produce("xen-1", Contract.INVENTORY.encode(host("xen-2", "pool")));
        produce(host("xen-1", "pool"));
        assertThat(outlet.next(HostListed.class).host().host()).isEqualTo("xen-1");
        assertThat(outlet.quarantined.take().topic()).isEqualTo(ZERO.topic());
        assertThat(outlet.quarantined.take().reason()).contains("another host");
        ask("xen-1", new byte[] {1, 2, 3});
        assertThat(outlet.quarantined.take().topic()).isEqualTo(ASKED.topic());
        assertThat(service.metrics().quarantined()).isEqualTo(3);
    }

    @Test
    void aFaultOfOurOwnIsToldAndTheHostIsTakenUpAgain() throws InterruptedException {
        start();
        produce(host("xen-1", "pool"));
        HostStream first = outlet.next(HostBeat.class).stream();
        Objects.requireNonNull(hosts.get("xen-1")).broken(true);
        assertThat(outlet.next(HostUnreachable.class).kind()).isEqualTo("collector-fault");
        Objects.requireNonNull(hosts.get("xen-1")).broken(false);
        assertThat(outlet.next(HostSnapshotPart.class).stream()).isNotEqualTo(first);
        assertThat(service.metrics().faults()).isPositive();
    }

    @Test
    void saysWhenItCannotGoOn() {
        service.start();
        inventory.schedulePollTask(() -> inventory.setPollException(new KafkaException("not allowed")));
        await().until(() -> service.failure().isDone());
        assertThat(service.failure().join()).contains("not allowed");
    }

    @Test
    void closesInGoodOrder() throws InterruptedException {
        start();
        produce(host("xen-1", "pool"));
        produce(host("xen-2", "pool"));
        Stream.of("xen-1", "xen-2")
                .forEach(name -> await().until(() ->
                        Objects.requireNonNull(hosts.get(name)).open.get() == 1));
        service.close();
        assertThat(hosts.values()).allSatisfy(host -> assertThat(host.open).hasValue(0));
        assertThat(inventory.closed()).isTrue();
        assertThat(requests.closed()).isTrue();
        assertThat(outlet.closed).isTrue();
        assertThat(service.failure()).isNotDone();
    }
}
