package io.paramedic.deploy.simulation.account;

import io.paramedic.deploy.simulation.hosts.HostRecord;
import io.paramedic.deploy.simulation.hosts.SimulatedHost;
import io.paramedic.deploy.simulation.model.DomainSpec;
import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.Life;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What one host itself knows at one moment.
 *
 * @param entries every command that reached it, in the order of their starts
 * @param lives every incarnation of every guest, oldest first
 * @param configs which guest each configuration file is for
 * @param answering guests that would now answer a probe
 */
public record HostAccount(
        String host, List<HostRecord.Entry> entries, List<Life> lives, Map<String, UUID> configs, Set<UUID> answering) {
    public HostAccount {
        entries = List.copyOf(entries);
        lives = List.copyOf(lives);
        configs = Map.copyOf(configs);
        answering = Set.copyOf(answering);
    }

    /** As it is now. */
    public static HostAccount of(SimulatedHost host) {
        HostModel model = host.model();
        Map<String, UUID> configs = model.locked(() -> model.configs().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> uuid(entry.getValue()))));
        List<Life> lives = model.lives();
        Set<UUID> answering =
                lives.stream().map(Life::vm).distinct().filter(model::answers).collect(Collectors.toSet());
        return new HostAccount(host.name(), host.record().entries(), lives, configs, answering);
    }

    private static UUID uuid(DomainSpec spec) {
        return spec.uuid();
    }
}
