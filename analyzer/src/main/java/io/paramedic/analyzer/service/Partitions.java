package io.paramedic.analyzer.service;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The partitions of events that this run has had to do with. Thread-safe. */
final class Partitions {
    private final UUID run;
    private final Map<Integer, PartitionWatch> watches = new ConcurrentHashMap<>();

    Partitions(UUID run) {
        this.run = run;
    }

    UUID run() {
        return run;
    }

    PartitionWatch of(int partition) {
        return watches.computeIfAbsent(partition, number -> new PartitionWatch(number, run));
    }

    Collection<PartitionWatch> all() {
        return watches.values();
    }

    Map<Integer, PartitionWatch> byNumber() {
        return new TreeMap<>(watches);
    }
}
