package io.paramedic.analyzer.service;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How an analyzer stands at one moment. Counters are those of this run; an event that had to be processed twice, because its
 * transaction was aborted, is counted twice.
 *
 * @param run the id of this run
 * @param streams the state of Kafka Streams, in its own words
 * @param partitions of {@code events} that this analyzer has, or had in this run, by number
 */
public record AnalyzerMetrics(String run, String streams, SortedMap<Integer, Partition> partitions) {
    public AnalyzerMetrics {
        partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
    }

    /**
     * @param assigned whether the partition is this analyzer's now
     * @param live whether its ticks come back; whether a pool acts upon that, its core decides from the log alone
     * @param lag events on the log that are not read yet; absent while the consumer does not know
     * @param now the greatest append time so far
     * @param events read
     * @param decisions journalled
     * @param commands given
     * @param quarantined events that could not be read
     * @param stopped why nothing of the partition is read any more; absent where it is read
     */
    public record Partition(
            boolean assigned,
            boolean live,
            OptionalLong lag,
            Instant now,
            long events,
            long decisions,
            long commands,
            long quarantined,
            Optional<String> stopped) {}

    /** The partitions that have stopped, each with its reason. */
    public Map<Integer, String> stopped() {
        Map<Integer, String> stopped = new TreeMap<>();
        partitions.forEach((number, partition) -> partition.stopped().ifPresent(why -> stopped.put(number, why)));
        return stopped;
    }
}
