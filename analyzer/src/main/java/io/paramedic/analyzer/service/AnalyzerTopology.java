package io.paramedic.analyzer.service;

import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Topic;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The way of an event: from its topic through the core to the topics of its effects. */
final class AnalyzerTopology {
    /** What is written, in the order in which it is connected. */
    static final List<Topic> SINKS =
            List.of(Topic.COMMANDS, Topic.JOURNAL, Topic.INCIDENTS, Topic.OVERVIEW, Topic.REQUESTS, Topic.QUARANTINE);

    private static final String SOURCE = Topic.EVENTS.topicName();
    private static final String CORE = "core";

    /** A record without a time must not stop the partition; it is simply as old as can be. */
    private static final TimestampExtractor APPEND_TIME = (received, _) -> Math.max(0, received.timestamp());

    /** Restoring reads all of the changelog, so it is kept short. */
    private static final Map<String, String> CHANGELOG = Map.of(
            "cleanup.policy",
            "compact",
            "segment.bytes",
            Integer.toString(32 << 20),
            "min.cleanable.dirty.ratio",
            "0.2",
            "delete.retention.ms",
            Long.toString(86_400_000L));

    private AnalyzerTopology() {}

    static <S> Topology of(Log log, Core<S> core, Partitions partitions) {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                SOURCE,
                APPEND_TIME,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                SOURCE);
        topology.addProcessor(CORE, () -> new PoolProcessor<>(log, core, partitions), SOURCE);
        topology.addStateStore(store(), CORE);
        for (Topic sink : SINKS) {
            topology.addSink(
                    sink.topicName(),
                    sink.topicName(),
                    Address.KEY,
                    new ByteArraySerializer(),
                    Address.PARTITION,
                    CORE);
        }
        return topology;
    }

    /** Cached, so that an entry that changes with every event goes to the changelog once per commit. */
    private static StoreBuilder<KeyValueStore<String, byte[]>> store() {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(PoolProcessor.STORE), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(CHANGELOG)
                .withCachingEnabled();
    }
}
