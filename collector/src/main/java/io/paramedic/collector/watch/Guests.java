package io.paramedic.collector.watch;

import io.paramedic.schemas.observation.DomainSignals.Configuration;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.util.List;
import java.util.Map;

/**
 * What others found out about the domains of one look.
 *
 * @param configurations files from which VMs can be started again, by domid
 * @param probes what guests answered, by domid
 * @param unread of both
 */
public record Guests(
        Map<Integer, Configuration> configurations, Map<Integer, List<ProbeResult>> probes, List<Unread> unread) {
    public static final Guests NONE = new Guests(Map.of(), Map.of(), List.of());

    public Guests {
        configurations = Map.copyOf(configurations);
        probes = Map.copyOf(probes);
        unread = List.copyOf(unread);
    }
}
