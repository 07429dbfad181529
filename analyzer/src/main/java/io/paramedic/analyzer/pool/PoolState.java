package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.CommandState;
import io.paramedic.analyzer.incidents.HeldControl;
import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.incidents.Spent;
import io.paramedic.analyzer.sightings.DomainKey;
import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.schemas.identity.Names;
import io.paramedic.schemas.identity.VmId;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * All that the analyzer knows of one pool; an immutable value. Its maps are sorted, so that the order in which things are
 * looked at is the same on every machine.
 */
public final class PoolState {
    private final String pool;
    final Head head;
    final PolicyHeld policy;
    final TreePMap<String, HostState> hosts;
    final TreePMap<DomainKey, DomainState> domains;
    final TreePMap<DomainKey, PartKept> parts;
    final TreePMap<String, IncidentState> incidents;
    final TreePMap<String, CommandState> commands;
    final TreePMap<String, Spent> spent;
    final TreePMap<String, HeldControl> controls;
    /** In which domains each VM was seen; follows from the domains. */
    final TreePMap<String, TreePSet<DomainKey>> copies;
    /** Follows from the hosts, incidents and commands. */
    final TreePSet<Timer> timers;

    PoolState(
            String pool,
            Head head,
            PolicyHeld policy,
            TreePMap<String, HostState> hosts,
            TreePMap<DomainKey, DomainState> domains,
            TreePMap<DomainKey, PartKept> parts,
            TreePMap<String, IncidentState> incidents,
            TreePMap<String, CommandState> commands,
            TreePMap<String, Spent> spent,
            TreePMap<String, HeldControl> controls,
            TreePMap<String, TreePSet<DomainKey>> copies,
            TreePSet<Timer> timers) {
        Names.requirePool(pool);
        this.pool = pool;
        this.head = head;
        this.policy = policy;
        this.hosts = hosts;
        this.domains = domains;
        this.parts = parts;
        this.incidents = incidents;
        this.commands = commands;
        this.spent = spent;
        this.controls = controls;
        this.copies = copies;
        this.timers = timers;
    }

    /** Nothing is known yet; the default policy holds, which only observes. */
    public static PoolState empty(String pool) {
        return new PoolState(
                pool,
                Head.BEGIN,
                PolicyHeld.DEFAULT,
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty(),
                TreePMap.empty(),
                TreePSet.empty());
    }

    public String pool() {
        return pool;
    }

    /** Whether the analyzer read the log as it grew after the last event. */
    public boolean live() {
        return head.live();
    }

    /** How many hosts are known. */
    public int hosts() {
        return hosts.size();
    }

    /** How many domains are known, dom0 included. */
    public int domains() {
        return domains.size();
    }

    /** How many incidents are open. */
    public int openIncidents() {
        return (int) incidents.values().stream().filter(IncidentState::open).count();
    }

    static String nameOf(VmId vm) {
        return switch (vm) {
            case VmId.ByUuid byUuid -> "uuid " + byUuid.uuid();
            case VmId.ByName byName -> "name " + byName.name();
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PoolState that
                && pool.equals(that.pool)
                && head.equals(that.head)
                && policy.equals(that.policy)
                && hosts.equals(that.hosts)
                && domains.equals(that.domains)
                && parts.equals(that.parts)
                && incidents.equals(that.incidents)
                && commands.equals(that.commands)
                && spent.equals(that.spent)
                && controls.equals(that.controls)
                && copies.equals(that.copies)
                && timers.equals(that.timers);
    }

    @Override
    public int hashCode() {
        return pool.hashCode() * 31 + head.hashCode();
    }
}
