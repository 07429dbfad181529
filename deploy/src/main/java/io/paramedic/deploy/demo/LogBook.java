package io.paramedic.deploy.demo;

import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.overview.HostOverview;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Collects what the topics say; thread-safe. */
final class LogBook {
    private final Map<String, Incident> incidents = new TreeMap<>();
    private final List<Incident> versions = new ArrayList<>();
    private final List<JournalEntry> journal = new ArrayList<>();
    private final Map<String, HostOverview> hosts = new TreeMap<>();
    private final Map<String, Set<String>> witnesses = new HashMap<>();
    private HeldLeases leases = HeldLeases.NONE;

    synchronized void incident(Incident incident) {
        incidents.put(incident.key(), incident);
        versions.add(incident);
    }

    synchronized void decided(JournalEntry entry) {
        journal.add(entry);
    }

    synchronized void overview(HostOverview host) {
        hosts.put(host.key(), host);
        host.domains().stream()
                .filter(domain -> !domain.witnesses().isEmpty())
                .forEach(
                        domain -> witnesses.put(host.host() + " " + domain.domid(), new HashSet<>(domain.witnesses())));
    }

    synchronized void hostGone(String key) {
        hosts.remove(key);
    }

    synchronized void lease(LeaseRecord record, Instant at) {
        leases = leases.after(record, at);
    }

    synchronized Heard heard() {
        return new Heard(incidents, versions, journal, hosts, witnesses, leases);
    }
}
