package io.paramedic.deploy.operator;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.log.LogReader;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.topics.Topic;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How things stand: what the inventory, the overview and the incidents say at one moment.
 *
 * @param inventory every host that Paramedic looks after, by pool and name
 * @param hosts what the analyzer knows of them; one that it never heard of is missing
 * @param incidents open ones and those closed lately, the oldest first
 */
public record Situation(List<HostRecord> inventory, List<HostOverview> hosts, List<Incident> incidents) {
    private static final String CLIENT = "paramedic-view";

    public Situation {
        inventory = List.copyOf(inventory);
        hosts = List.copyOf(hosts);
        incidents = List.copyOf(incidents);
    }

    /** Reads it all; takes as long as reading the three compacted topics. */
    public static Situation read(Log log) {
        return of(
                inventory(log),
                LogReader.current(log, CLIENT, Topic.OVERVIEW, Contract.OVERVIEW),
                LogReader.current(log, CLIENT, Topic.INCIDENTS, Contract.INCIDENTS));
    }

    /** The inventory alone, by the hosts' names. */
    public static Map<String, HostRecord> inventory(Log log) {
        return LogReader.current(log, CLIENT, Topic.INVENTORY, Contract.INVENTORY);
    }

    static Situation of(
            Map<String, HostRecord> inventory, Map<String, HostOverview> overview, Map<String, Incident> incidents) {
        return new Situation(
                inventory.values().stream()
                        .sorted(Comparator.comparing(HostRecord::pool).thenComparing(HostRecord::host))
                        .toList(),
                overview.values().stream()
                        .sorted(Comparator.comparing(HostOverview::pool).thenComparing(HostOverview::host))
                        .toList(),
                incidents.values().stream()
                        .sorted(Comparator.comparing(Incident::opened).thenComparing(Incident::key))
                        .toList());
    }

    /** Of one pool alone. */
    public Situation inPool(String pool) {
        return new Situation(
                inventory.stream().filter(host -> host.pool().equals(pool)).toList(),
                hosts.stream().filter(host -> host.pool().equals(pool)).toList(),
                incidents.stream()
                        .filter(incident -> incident.pool().equals(pool))
                        .toList());
    }

    public List<Incident> open() {
        return incidents.stream().filter(incident -> incident.closed() == null).toList();
    }
}
