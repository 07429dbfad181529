package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.CommandState;
import io.paramedic.analyzer.incidents.HeldControl;
import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.incidents.Spent;
import io.paramedic.analyzer.policy.Policy;
import io.paramedic.analyzer.sightings.DomainKey;
import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.incident.Check;
import io.paramedic.schemas.journal.Chain;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/** One event being decided: the state as it comes to be, and what leaves. Lives for one call and never leaves it. */
final class Turn {
    final Input input;
    final PolicyReader reader;
    /** Hosts that are to be diagnosed anew. */
    final Set<String> undiagnosed = new TreeSet<>();
    /** Hosts whose suspects and incidents are to be looked at. */
    final Set<String> hostsDue = new TreeSet<>();
    /** Incidents that are to be looked at. */
    final Set<String> incidentsDue = new TreeSet<>();

    /** VMs that were seen in more than one domain. */
    final Set<VmId> copied = new LinkedHashSet<>();

    private final String pool;
    private @Nullable Boolean network;
    private Head head;
    private PolicyHeld policy;
    private TreePMap<String, HostState> hosts;
    private TreePMap<DomainKey, DomainState> domains;
    private TreePMap<DomainKey, PartKept> parts;
    private TreePMap<String, IncidentState> incidents;
    private TreePMap<String, CommandState> commands;
    private TreePMap<String, Spent> spent;
    private TreePMap<String, HeldControl> controls;
    private TreePMap<String, TreePSet<DomainKey>> copies;
    private TreePSet<Timer> timers;

    private final Set<String> touched = new LinkedHashSet<>();
    private final List<Effect> effects = new ArrayList<>();
    private int drawn;

    Turn(PoolState state, Input input, PolicyReader reader) {
        this.input = input;
        this.reader = reader;
        pool = state.pool();
        head = state.head;
        policy = state.policy;
        hosts = state.hosts;
        domains = state.domains;
        parts = state.parts;
        incidents = state.incidents;
        commands = state.commands;
        spent = state.spent;
        controls = state.controls;
        copies = state.copies;
        timers = state.timers;
    }

    Step step() {
        PoolState next = new PoolState(
                pool, head, policy, hosts, domains, parts, incidents, commands, spent, controls, copies, timers);
        return new Step(next, touched, effects);
    }

    String pool() {
        return pool;
    }

    Instant now() {
        return input.now();
    }

    boolean live() {
        return head.live();
    }

    Head head() {
        return head;
    }

    Policy policy() {
        return policy.policy();
    }

    /** Whether nothing speaks against the collectors' way to the guests; asked once. */
    boolean networkWorks() {
        if (network == null) {
            network = Fleet.networkWorks(this);
        }
        return network;
    }

    /** An id that the same event always gives. */
    UUID draw(String what) {
        String text = pool + '/' + input.partition() + '/' + input.offset() + '/' + what + '/' + drawn++;
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void leave(Effect effect) {
        effects.add(effect);
    }

    void note(Decision decision, String reason) {
        note(decision, reason, List.of());
    }

    void note(Decision decision, String reason, List<Check> checks) {
        JournalEntry entry = Chain.seal(new JournalEntry(
                pool,
                head.number(),
                head.hash(),
                now(),
                new JournalEntry.Cause(input.partition(), input.offset()),
                PoolCore.VERSION,
                policy.revision(),
                policy().mode(),
                Showing.cut(decision),
                reason,
                checks,
                Chain.START));
        put(head.chained(entry.hash()));
        effects.add(new Effect.Note(entry));
    }

    // What is known.

    @Nullable
    HostState host(String name) {
        return hosts.get(name);
    }

    Collection<HostState> hosts() {
        return hosts.values();
    }

    @Nullable
    DomainState domain(DomainKey key) {
        return domains.get(key);
    }

    Collection<DomainState> domainsOf(String host) {
        return domains.subMap(
                        new DomainKey(host, Integer.MIN_VALUE), true, new DomainKey(host, Integer.MAX_VALUE), true)
                .values();
    }

    /** Every domain in which a VM was seen. */
    List<DomainState> copiesOf(VmId vm) {
        TreePSet<DomainKey> keys = copies.get(PoolState.nameOf(vm));
        List<DomainState> found = new ArrayList<>();
        if (keys != null) {
            for (DomainKey key : keys) {
                DomainState domain = domains.get(key);
                if (domain != null) {
                    found.add(domain);
                }
            }
        }
        return found;
    }

    @Nullable
    PartKept part(String host, int number) {
        return parts.get(new DomainKey(host, number));
    }

    @Nullable
    IncidentState incident(String id) {
        return incidents.get(id);
    }

    Collection<IncidentState> incidents() {
        return incidents.values();
    }

    List<IncidentState> open() {
        return incidents.values().stream().filter(IncidentState::open).toList();
    }

    @Nullable
    CommandState command(UUID id) {
        return commands.get(id.toString());
    }

    Collection<CommandState> commands() {
        return commands.values();
    }

    Collection<Spent> spent() {
        return spent.values();
    }

    Collection<HeldControl> controls() {
        return controls.values();
    }

    @Nullable
    HeldControl control(UUID id) {
        return controls.get(id.toString());
    }

    // What comes to be known.

    void put(Head now) {
        if (!now.equals(head)) {
            head = now;
            touched.add(PoolMemory.POOL);
        }
    }

    void put(PolicyHeld now) {
        policy = now;
        touched.add(PoolMemory.POLICY);
    }

    void put(HostState now) {
        HostState before = hosts.get(now.host());
        if (!now.equals(before)) {
            hosts = hosts.plus(now.host(), now);
            String name = PoolMemory.host(now.host());
            wake(name, before == null ? null : before.wake(), now.wake());
            touched.add(name);
        }
    }

    void forgetHost(String host) {
        HostState before = hosts.get(host);
        if (before != null) {
            List.copyOf(domainsOf(host)).forEach(domain -> forgetDomain(domain.key()));
            forgetParts(host);
            hosts = hosts.minus(host);
            String name = PoolMemory.host(host);
            wake(name, before.wake(), null);
            touched.add(name);
        }
    }

    void put(DomainState now) {
        DomainState before = domains.get(now.key());
        if (!now.equals(before)) {
            domains = domains.plus(now.key(), now);
            index(now.key(), before == null ? null : before.vm(), now.vm());
            touched.add(PoolMemory.domain(now.key()));
        }
    }

    void forgetDomain(DomainKey key) {
        DomainState before = domains.get(key);
        if (before != null) {
            domains = domains.minus(key);
            index(key, before.vm(), null);
            touched.add(PoolMemory.domain(key));
        }
    }

    private void index(DomainKey key, @Nullable VmId before, @Nullable VmId now) {
        if (before != null && !before.equals(now)) {
            String name = PoolState.nameOf(before);
            TreePSet<DomainKey> rest =
                    copies.getOrDefault(name, TreePSet.<DomainKey>empty()).minus(key);
            copies = rest.isEmpty() ? copies.minus(name) : copies.plus(name, rest);
        }
        if (now != null) {
            copies = Index.with(copies, now, key);
        }
    }

    void put(PartKept now) {
        DomainKey key = new DomainKey(now.host(), now.number());
        parts = parts.plus(key, now);
        touched.add(PoolMemory.part(key));
    }

    void forgetParts(String host) {
        List<DomainKey> keys =
                List.copyOf(parts.subMap(new DomainKey(host, 0), true, new DomainKey(host, Integer.MAX_VALUE), true)
                        .keySet());
        for (DomainKey key : keys) {
            parts = parts.minus(key);
            touched.add(PoolMemory.part(key));
        }
    }

    void put(IncidentState now) {
        IncidentState before = incidents.get(now.id());
        if (!now.equals(before)) {
            incidents = incidents.plus(now.id(), now);
            String name = PoolMemory.incident(now.id());
            wake(name, before == null ? null : before.wake(), now.wake());
            touched.add(name);
        }
    }

    void forgetIncident(String id) {
        IncidentState before = incidents.get(id);
        if (before != null) {
            incidents = incidents.minus(id);
            wake(PoolMemory.incident(id), before.wake(), null);
            touched.add(PoolMemory.incident(id));
        }
    }

    void put(CommandState now) {
        CommandState before = commands.get(now.id().toString());
        commands = commands.plus(now.id().toString(), now);
        String name = PoolMemory.command(now.id());
        wake(name, before == null ? null : before.wake(), now.wake());
        touched.add(name);
    }

    void forgetCommand(UUID id) {
        CommandState before = commands.get(id.toString());
        if (before != null) {
            commands = commands.minus(id.toString());
            wake(PoolMemory.command(id), before.wake(), null);
            touched.add(PoolMemory.command(id));
        }
    }

    void put(Spent now) {
        spent = spent.plus(now.command().toString(), now);
        touched.add(PoolMemory.spent(now.command()));
    }

    void forgetSpent(UUID command) {
        if (spent.containsKey(command.toString())) {
            spent = spent.minus(command.toString());
            touched.add(PoolMemory.spent(command));
        }
    }

    void put(HeldControl now) {
        controls = controls.plus(now.id().toString(), now);
        touched.add(PoolMemory.control(now.id()));
    }

    void forgetControl(UUID id) {
        controls = controls.minus(id.toString());
        touched.add(PoolMemory.control(id));
    }

    private void wake(String id, @Nullable Instant before, @Nullable Instant now) {
        if (before != null) {
            timers = timers.minus(new Timer(before, id));
        }
        if (now != null) {
            timers = timers.plus(new Timer(now, id));
        }
    }

    /** The next timer that is due, taken out; absent where none is. */
    @Nullable
    String due() {
        if (timers.isEmpty() || timers.first().due().isAfter(now())) {
            return null;
        }
        Timer timer = timers.first();
        timers = timers.minus(timer);
        return timer.id();
    }

    /** How long ago, by the log. */
    Duration since(@Nullable Instant then) {
        return then == null ? Duration.ofDays(3650) : Duration.between(then, now());
    }
}
