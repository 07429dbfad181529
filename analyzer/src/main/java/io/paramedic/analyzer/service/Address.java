package io.paramedic.analyzer.service;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Where a record goes within its topic. The partition belongs to the pool or host and not to the key, so it travels beside
 * the key as far as the sink.
 */
record Address(int partition, String key) {
    /** Only the key goes on the wire. */
    static final Serializer<Address> KEY = (topic, address) -> address.key().getBytes(StandardCharsets.UTF_8);

    /** Takes the partition as it was computed from the recorded count, whatever the topic has now. */
    static final StreamPartitioner<Address, byte[]> PARTITION =
            (topic, address, value, partitions) -> Optional.of(Set.of(address.partition()));
}
