package io.paramedic.deploy.demo;

import io.paramedic.schemas.diagnosis.Verdict.Severity;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.overview.HostOverview;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the topics have said up to a moment.
 *
 * @param incidents the last record of each, by key; also of those that were taken off the screen
 * @param versions every record of every incident, oldest first
 * @param journal in the order of each pool's chain
 * @param hosts the last overview of each host, by key
 * @param witnesses the channels by which a domain could be told hung from idle when they were last known, by host and domid
 *     with a blank between
 * @param leases that are in force
 */
public record Heard(
        Map<String, Incident> incidents,
        List<Incident> versions,
        List<JournalEntry> journal,
        Map<String, HostOverview> hosts,
        Map<String, Set<String>> witnesses,
        HeldLeases leases) {
    public static final Heard NOTHING = new Heard(Map.of(), List.of(), List.of(), Map.of(), Map.of(), HeldLeases.NONE);

    public Heard {
        incidents = new TreeMap<>(incidents);
        versions = List.copyOf(versions);
        journal = List.copyOf(journal);
        hosts = new TreeMap<>(hosts);
        witnesses = Map.copyOf(witnesses);
    }

    /** The last version of an incident that says what is wrong: the one that closes it says that nothing is any more. */
    Incident gravest(Incident incident) {
        return versions.stream()
                .filter(version -> version.key().equals(incident.key()))
                .filter(version -> version.finding().verdict().severity() == Severity.SICK)
                .reduce((_, later) -> later)
                .orElse(incident);
    }
}
