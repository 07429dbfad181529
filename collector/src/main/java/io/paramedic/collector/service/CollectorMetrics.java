package io.paramedic.collector.service;

/**
 * How a collector fares, counted since its start.
 *
 * @param partitions of the inventory that it owns now
 * @param hosts that it watches now
 * @param answering those of them that answered the last look
 * @param looks at hosts
 * @param events that said something new
 * @param beats that said that nothing was new
 * @param snapshotParts of whole states
 * @param unreachable looks that a host did not answer
 * @param streams begun
 * @param notAppended sightings that Kafka did not acknowledge
 * @param quarantined records that could not be read
 * @param faults of our own that ended the work on a host for a while
 */
public record CollectorMetrics(
        int partitions,
        int hosts,
        int answering,
        long looks,
        long events,
        long beats,
        long snapshotParts,
        long unreachable,
        long streams,
        long notAppended,
        long quarantined,
        long faults) {}
