package io.paramedic.deploy.simulation.account;

import io.paramedic.deploy.simulation.hosts.HostRecord;
import io.paramedic.deploy.simulation.model.Life;
import java.util.Set;
import java.util.UUID;

/**
 * One command that is not on the list of those that only look.
 *
 * @param host on which it ran, or was to run
 * @param entry as that host recorded it
 * @param vms the VMs that it names or that its effects hit; none where it is not about any
 * @param lives the incarnations among them that it names by domid or hits
 */
public record Deed(String host, HostRecord.Entry entry, Set<UUID> vms, Set<Life> lives) {
    public Deed {
        vms = Set.copyOf(vms);
        lives = Set.copyOf(lives);
    }
}
