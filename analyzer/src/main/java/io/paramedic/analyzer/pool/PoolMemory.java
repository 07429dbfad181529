package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.CommandState;
import io.paramedic.analyzer.incidents.HeldControl;
import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.incidents.Spent;
import io.paramedic.analyzer.policy.Policy;
import io.paramedic.analyzer.policy.Policy.Rung;
import io.paramedic.analyzer.policy.Policy.RungRule;
import io.paramedic.analyzer.sightings.DomainKey;
import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.wire.Codec;
import io.paramedic.schemas.wire.Decoded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/** Keeps the state of a pool as small entries, so that a change costs what changed and not what is known. */
public final class PoolMemory {
    static final String POOL = "pool";
    static final String POLICY = "policy";

    private static final String HOST = "host/";
    private static final String DOMAIN = "domain/";
    private static final String PART = "part/";
    private static final String INCIDENT = "incident/";
    private static final String COMMAND = "command/";
    private static final String SPENT = "spent/";
    private static final String CONTROL = "control/";

    private static final Codec<Head> HEADS = Codec.ofDocument(Head.class);
    private static final Codec<PolicyKept> POLICIES = Codec.ofDocument(PolicyKept.class);
    private static final Codec<HostState> HOSTS = Codec.ofDocument(HostState.class);
    private static final Codec<DomainState> DOMAINS = Codec.ofDocument(DomainState.class);
    private static final Codec<PartKept> PARTS = Codec.ofDocument(PartKept.class);
    private static final Codec<IncidentState> INCIDENTS = Codec.ofDocument(IncidentState.class);
    private static final Codec<CommandState> COMMANDS = Codec.ofDocument(CommandState.class);
    private static final Codec<Spent> SPENDINGS = Codec.ofDocument(Spent.class);
    private static final Codec<HeldControl> CONTROLS = Codec.ofDocument(HeldControl.class);

    private PoolMemory() {}

    /** A policy with its rungs as a list, because the wire has no other maps than those of words. */
    record PolicyKept(
            long revision,
            Mode mode,
            Policy.Patience patience,
            Policy.Guards guards,
            List<RungKept> rungs,
            List<String> protectedVms) {
        static PolicyKept of(PolicyHeld held) {
            Policy policy = held.policy();
            List<RungKept> rungs = new ArrayList<>();
            new TreeMap<>(policy.rungs()).forEach((rung, rule) -> rungs.add(new RungKept(rung, rule)));
            return new PolicyKept(
                    held.revision(), policy.mode(), policy.patience(), policy.guards(), rungs, policy.protectedVms());
        }

        PolicyHeld held() {
            Map<Rung, RungRule> rules = new HashMap<>();
            rungs.forEach(kept -> rules.put(kept.rung(), kept.rule()));
            return new PolicyHeld(revision, new Policy(mode, patience, guards, rules, protectedVms));
        }
    }

    record RungKept(Rung rung, RungRule rule) {}

    static String host(String name) {
        return HOST + name;
    }

    static String domain(DomainKey key) {
        return DOMAIN + key.domid() + "/" + key.host();
    }

    static String part(DomainKey key) {
        return PART + key.domid() + "/" + key.host();
    }

    static String incident(String id) {
        return INCIDENT + id;
    }

    static String command(UUID id) {
        return COMMAND + id;
    }

    static String spent(UUID id) {
        return SPENT + id;
    }

    static String control(UUID id) {
        return CONTROL + id;
    }

    /** The names of all entries that a state has. */
    public static Set<String> names(PoolState state) {
        Set<String> names = new TreeSet<>(Set.of(POOL, POLICY));
        state.hosts.keySet().forEach(host -> names.add(host(host)));
        state.domains.keySet().forEach(key -> names.add(domain(key)));
        state.parts.keySet().forEach(key -> names.add(part(key)));
        state.incidents.keySet().forEach(id -> names.add(incident(id)));
        state.commands.values().forEach(command -> names.add(command(command.id())));
        state.spent.values().forEach(one -> names.add(spent(one.command())));
        state.controls.values().forEach(control -> names.add(control(control.id())));
        return names;
    }

    /**
     * The entries of the given names as they stand in this state.
     *
     * @param touched names as {@link Step#touched()} gives them
     * @return by name; null where the state has no such entry any more, so that it is to be deleted
     */
    public static Map<String, byte @Nullable []> encode(PoolState state, Set<String> touched) {
        Map<String, byte @Nullable []> entries = new TreeMap<>();
        touched.forEach(name -> entries.put(name, entry(state, name)));
        return entries;
    }

    private static byte @Nullable [] entry(PoolState state, String name) {
        if (name.equals(POOL)) {
            return HEADS.encode(state.head);
        }
        if (name.equals(POLICY)) {
            return POLICIES.encode(PolicyKept.of(state.policy));
        }
        String kind = name.substring(0, name.indexOf('/') + 1);
        String rest = name.substring(kind.length());
        return switch (kind) {
            case HOST -> bytes(HOSTS, state.hosts.get(rest));
            case DOMAIN -> bytes(DOMAINS, state.domains.get(key(rest)));
            case PART -> bytes(PARTS, state.parts.get(key(rest)));
            case INCIDENT -> bytes(INCIDENTS, state.incidents.get(rest));
            case COMMAND -> bytes(COMMANDS, state.commands.get(rest));
            case SPENT -> bytes(SPENDINGS, state.spent.get(rest));
            case CONTROL -> bytes(CONTROLS, state.controls.get(rest));
            default -> throw new IllegalArgumentException("no entry is called " + name);
        };
    }

    private static <T> byte @Nullable [] bytes(Codec<T> codec, @Nullable T value) {
        return value == null ? null : codec.encode(value);
    }

    private static DomainKey key(String rest) {
        int slash = rest.indexOf('/');
        return new DomainKey(rest.substring(slash + 1), Integer.parseInt(rest.substring(0, slash)));
    }

    /**
     * The state of which {@link #encode} wrote the entries.
     *
     * @throws IllegalArgumentException where an entry cannot be read; it names the entry and the reason
     */
    public static PoolState restore(String pool, Map<String, byte[]> entries) {
        Restoring restoring = new Restoring(pool);
        new TreeMap<>(entries).forEach(restoring::take);
        return restoring.state();
    }

    /** A state that is being put together. */
    private static final class Restoring {
        private final String pool;
        private Head head = Head.BEGIN;
        private PolicyHeld policy = PolicyHeld.DEFAULT;
        private TreePMap<String, HostState> hosts = TreePMap.empty();
        private TreePMap<DomainKey, DomainState> domains = TreePMap.empty();
        private TreePMap<DomainKey, PartKept> parts = TreePMap.empty();
        private TreePMap<String, IncidentState> incidents = TreePMap.empty();
        private TreePMap<String, CommandState> commands = TreePMap.empty();
        private TreePMap<String, Spent> spent = TreePMap.empty();
        private TreePMap<String, HeldControl> controls = TreePMap.empty();
        private TreePMap<String, TreePSet<DomainKey>> copies = TreePMap.empty();
        private TreePSet<Timer> timers = TreePSet.empty();

        Restoring(String pool) {
            this.pool = pool;
        }

        void take(String name, byte[] bytes) {
            if (name.equals(POOL)) {
                head = read(HEADS, name, bytes);
                return;
            }
            if (name.equals(POLICY)) {
                policy = read(POLICIES, name, bytes).held();
                return;
            }
            String kind = name.substring(0, name.indexOf('/') + 1);
            switch (kind) {
                case HOST -> host(name, read(HOSTS, name, bytes));
                case DOMAIN -> domain(read(DOMAINS, name, bytes));
                case PART -> part(read(PARTS, name, bytes));
                case INCIDENT -> incident(name, read(INCIDENTS, name, bytes));
                case COMMAND -> command(name, read(COMMANDS, name, bytes));
                case SPENT -> spent(read(SPENDINGS, name, bytes));
                case CONTROL -> control(read(CONTROLS, name, bytes));
                default -> throw new IllegalArgumentException("no entry is called " + name);
            }
        }

        private void host(String name, HostState host) {
            hosts = hosts.plus(host.host(), host);
            wake(name, host.wake());
        }

        private void domain(DomainState domain) {
            domains = domains.plus(domain.key(), domain);
            if (domain.vm() != null) {
                copies = Index.with(copies, domain.vm(), domain.key());
            }
        }

        private void part(PartKept part) {
            parts = parts.plus(new DomainKey(part.host(), part.number()), part);
        }

        private void incident(String name, IncidentState incident) {
            incidents = incidents.plus(incident.id(), incident);
            wake(name, incident.wake());
        }

        private void command(String name, CommandState command) {
            commands = commands.plus(command.id().toString(), command);
            wake(name, command.wake());
        }

        private void spent(Spent one) {
            spent = spent.plus(one.command().toString(), one);
        }

        private void control(HeldControl control) {
            controls = controls.plus(control.id().toString(), control);
        }

        private void wake(String id, @Nullable Instant due) {
            if (due != null) {
                timers = timers.plus(new Timer(due, id));
            }
        }

        PoolState state() {
            return new PoolState(
                    pool, head, policy, hosts, domains, parts, incidents, commands, spent, controls, copies, timers);
        }

        private static <T> T read(Codec<T> codec, String name, byte[] bytes) {
            return switch (codec.decode(bytes)) {
                case Decoded.Ok<T>(T value) -> value;
                case Decoded.Undecodable<T> broken ->
                    throw new IllegalArgumentException("entry " + name + " of the memory cannot be read: "
                            + broken.reason() + " (in " + broken.quote() + ")");
            };
        }
    }
}
