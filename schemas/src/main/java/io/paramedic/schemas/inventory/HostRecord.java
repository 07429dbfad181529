package io.paramedic.schemas.inventory;

import io.paramedic.schemas.identity.Names;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One host that Paramedic looks after. Producing this record adds the host; Kafka then assigns it to a collector.
 *
 * @param host its name, by which every other message means it
 * @param pool to which it belongs; hosts that share storage or VMs belong to one pool
 * @param access how to reach it
 * @param labels the operator's own words, for example {@code rack=b4}; incidents are grouped by them
 * @param probes how to ask the guests of this host whether they live
 */
public record HostRecord(String host, String pool, Access access, Map<String, String> labels, List<Probe> probes) {
    public HostRecord {
        Names.requireHost(host);
        Names.requirePool(pool);
        probes = List.copyOf(probes);
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }
}
