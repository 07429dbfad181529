package io.paramedic.collector.service;

import io.paramedic.schemas.event.Sighting;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts; safe for many threads. */
final class Meters {
    final AtomicInteger partitions = new AtomicInteger();
    final AtomicInteger hosts = new AtomicInteger();
    final AtomicInteger answering = new AtomicInteger();
    final LongAdder looks = new LongAdder();
    final LongAdder streams = new LongAdder();
    final LongAdder notAppended = new LongAdder();
    final LongAdder quarantined = new LongAdder();
    final LongAdder faults = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder beats = new LongAdder();
    private final LongAdder snapshotParts = new LongAdder();
    private final LongAdder unreachable = new LongAdder();

    void said(Sighting sighting) {
        switch (sighting) {
            case Sighting.DomainEvent _, Sighting.HostEvent _ -> events.increment();
            case Sighting.HostBeat _ -> beats.increment();
            case Sighting.HostSnapshotPart _ -> snapshotParts.increment();
            case Sighting.HostUnreachable _ -> unreachable.increment();
        }
    }

    CollectorMetrics metrics() {
        return new CollectorMetrics(
                partitions.get(),
                hosts.get(),
                answering.get(),
                looks.sum(),
                events.sum(),
                beats.sum(),
                snapshotParts.sum(),
                unreachable.sum(),
                streams.sum(),
                notAppended.sum(),
                quarantined.sum(),
                faults.sum());
    }
}
