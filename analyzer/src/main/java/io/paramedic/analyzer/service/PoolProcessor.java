package io.paramedic.analyzer.service;

import io.paramedic.analyzer.pool.Input;
import io.paramedic.analyzer.service.Core.Turn;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.quarantine.Quarantined;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Decoded;
import io.paramedic.schemas.wire.Decoded.Undecodable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the events of one partition into the core, and writes down what follows. All that an event leads to is computed and
 * encoded before the first of it is written, so that a core that fails leaves nothing behind.
 *
 * <p>Where the core fails, the partition stops: its events are passed over, and {@link HoldingClients} keeps its offset at the
 * event that could not be processed. Kafka Streams by itself knows only two ways: to skip the event, which loses it, or to end
 * the thread, whose partitions then move to the next thread and end that.
 *
 * @param <S> the state of a pool
 */
final class PoolProcessor<S> implements Processor<byte[], byte[], Address, byte[]> {
    static final String STORE = "pools";

    private static final Logger LOG = LoggerFactory.getLogger(PoolProcessor.class);

    private final Log log;
    private final Core<S> core;
    private final Partitions partitions;
    private final Map<String, S> pools = new TreeMap<>();

    private @Nullable Assignment assignment;
    private Memory.Place place = Memory.Place.START;

    PoolProcessor(Log log, Core<S> core, Partitions partitions) {
        this.log = log;
        this.core = core;
        this.partitions = partitions;
    }

    /** What is known from the assignment of the partition on. */
    private record Assignment(
            int partition, PartitionWatch watch, Memory memory, ProcessorContext<Address, byte[]> context) {}

    @Override
    public void init(ProcessorContext<Address, byte[]> context) {
        int partition = context.taskId().partition();
        PartitionWatch watch = partitions.of(partition);
        Memory memory = new Memory(context.getStateStore(STORE));
        assignment = new Assignment(partition, watch, memory, context);
        place = memory.place();
        watch.assigned(place.now());
        try {
            memory.entries().forEach((pool, entries) -> pools.put(pool, core.restore(pool, entries)));
            LOG.info(
                    "Partition {} of events is ours: {} pools, read up to offset {}",
                    partition,
                    pools.size(),
                    place.offset());
        } catch (RuntimeException | StackOverflowError | AssertionError bug) {
            stop(watch, "its state cannot be restored", bug);
        }
    }

    @Override
    public void close() {
        if (assignment != null) {
            assignment.watch().unassigned();
            LOG.info("Partition {} of events is given back", assignment.partition());
        }
        pools.clear();
        assignment = null;
    }

    @Override
    public void process(Record<byte[], byte[]> received) {
        Assignment ours = requireAssignment();
        RecordMetadata metadata =
                ours.context().recordMetadata().orElseThrow(() -> new IllegalStateException("an event has a place"));
        long offset = metadata.offset();
        Instant appended = Instant.ofEpochMilli(received.timestamp());
        if (ours.watch().isStopped()) {
            ours.watch().hold(offset);
        } else if (!place.contains(offset, appended)) {
            reportNewTopic(offset);
            Memory.Place reached = place.after(offset, appended);
            Optional<Decided<S>> decided = attempt(ours, received, reached);
            decided.ifPresent(all -> write(ours, all, received, reached));
        }
    }

    private Assignment requireAssignment() {
        if (assignment == null) {
            throw new IllegalStateException("an event came before its partition was assigned");
        }
        return assignment;
    }

    private void reportNewTopic(long offset) {
        if (offset <= place.offset()) {
            LOG.error(
                    "Offset {} follows {}: the topic {} was deleted and is there anew. What was on it is lost.",
                    offset,
                    place.offset(),
                    Topic.EVENTS.topicName());
        }
    }

    /** All that one event leads to; nothing of it is written yet. */
    private record Decided<S>(Map<String, Turn<S>> turns, List<Outgoing> outgoing) {}

    private Optional<Decided<S>> attempt(Assignment ours, Record<byte[], byte[]> received, Memory.Place reached) {
        try {
            return Optional.of(decide(ours, received, reached));
        } catch (RuntimeException | StackOverflowError | AssertionError bug) {
            ours.watch().hold(reached.offset());
            stop(ours.watch(), "the event at offset " + reached.offset() + " cannot be processed", bug);
            return Optional.empty();
        }
    }

    private Decided<S> decide(Assignment ours, Record<byte[], byte[]> received, Memory.Place reached) {
        // A record without a value cannot be one of ours, and has no bytes to look at.
        byte[] bytes = received.value() == null ? new byte[0] : received.value();
        return switch (Contract.EVENTS.decode(bytes)) {
            case Decoded.Ok<PoolEvent>(var event) -> {
                Optional<String> stray = stray(event, ours.partition());
                yield stray.isEmpty()
                        ? decide(event, ours.partition(), reached)
                        : quarantine(ours, received, reached, new Undecodable<>(stray.get(), ""));
            }
            case Undecodable<PoolEvent> refused -> quarantine(ours, received, reached, refused);
        };
    }

    /** A pool that had events in two partitions would have two states. */
    private Optional<String> stray(PoolEvent event, int partition) {
        int right = switch (event) {
            case PoolEvent.Tick tick -> tick.partition();
            case PoolEvent.InPool inPool -> log.partition(Topic.EVENTS, inPool.pool());
        };
        return right == partition
                ? Optional.empty()
                : Optional.of("it belongs on partition " + right + " and stands on " + partition);
    }

    private Decided<S> decide(PoolEvent event, int partition, Memory.Place reached) {
        Input input = new Input(event, partition, reached.offset(), reached.now(), partitions.run());
        List<String> concerned = switch (event) {
            case PoolEvent.Tick tick -> {
                partitions.of(partition).read(tick);
                yield List.copyOf(pools.keySet());
            }
            case PoolEvent.InPool inPool -> List.of(inPool.pool());
        };
        Map<String, Turn<S>> turns = new TreeMap<>();
        List<Outgoing> outgoing = new ArrayList<>();
        for (String pool : concerned) {
            S state = pools.get(pool);
            Turn<S> turn = core.decide(state == null ? core.restore(pool, Map.of()) : state, input);
            Memory.requireFits(turn.entries());
            turn.effects().forEach(effect -> outgoing.add(Outgoing.of(effect, pool, log::partition)));
            turns.put(pool, turn);
        }
        return new Decided<>(turns, outgoing);
    }

    private Decided<S> quarantine(
            Assignment ours, Record<byte[], byte[]> received, Memory.Place reached, Undecodable<PoolEvent> why) {
        LOG.warn("Event at {}/{} is put into quarantine: {}", ours.partition(), reached.offset(), why.reason());
        byte[] raw = received.value() == null ? new byte[0] : received.value();
        Instant appended = Instant.ofEpochMilli(received.timestamp());
        Quarantined refused =
                Quarantined.of(Topic.EVENTS.topicName(), ours.partition(), reached.offset(), appended, raw, why);
        return new Decided<>(Map.of(), List.of(Outgoing.of(refused, log::partition)));
    }

    private void write(Assignment ours, Decided<S> decided, Record<byte[], byte[]> received, Memory.Place reached) {
        decided.turns().forEach((pool, turn) -> {
            ours.memory().keep(pool, turn.entries());
            pools.put(pool, turn.next());
        });
        for (Outgoing record : decided.outgoing()) {
            ours.context()
                    .forward(
                            new Record<>(record.address(), record.value(), received.timestamp()),
                            record.topic().topicName());
            ours.watch().decided(record);
        }
        ours.memory().keep(reached);
        place = reached;
        ours.watch().passed(reached.now());
    }

    private void stop(PartitionWatch watch, String what, Throwable bug) {
        int partition = requireAssignment().partition();
        String sentence = "Partition " + partition + " of events has stopped: " + what + ": " + bug
                + ". Nothing is decided for its pools until a corrected analyzer is started; no event is lost."
                + " Please report this.";
        watch.stop(sentence);
        LOG.error(sentence, bug);
    }
}
