package io.paramedic.analyzer.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.analyzer.policy.Policy;
import io.paramedic.analyzer.policy.Policy.Guards;
import io.paramedic.analyzer.policy.Policy.Patience;
import io.paramedic.analyzer.policy.Policy.Rung;
import io.paramedic.analyzer.policy.Policy.RungRule;
import io.paramedic.analyzer.sightings.DomainKey;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step.DestroyDomain;
import io.paramedic.schemas.command.Step.OnDomain;
import io.paramedic.schemas.command.Step.ReapDomain;
import io.paramedic.schemas.command.Step.RebootCleanly;
import io.paramedic.schemas.command.Step.RebootHard;
import io.paramedic.schemas.command.Step.Settle;
import io.paramedic.schemas.command.Step.StartVm;
import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.PoolEvent.Tick;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.event.Sighting;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.journal.Chain;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult.Answer;
import io.paramedic.schemas.observation.HostObservation.Answer.How;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.observation.ShutdownReason;
import io.paramedic.schemas.wire.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole pool with everything that can go wrong, event by event, and what must hold after each of them. */
class PoolSimulationTest {
    private static final int EVENTS = 20_000;
    private static final String SEED = "paramedic.simulation.seed";
    private static final Duration SECOND = Duration.ofSeconds(1);

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void keepsItsPromisesWhateverHappens(long seed) {
        World world = new World(seed);
        world.run(EVENTS);
        assertThat(world.ordered)
                .as("a world in which nothing is ordered proves nothing")
                .isGreaterThan(30);
        world.replay();
    }

    @Test
    void keepsItsPromisesOnASeedNobodyChose() {
        long seed = Long.getLong(SEED, new Random().nextLong());
        System.out.println("replay this pool with -D" + SEED + "=" + seed);
        World world = new World(seed);
        world.run(EVENTS);
        world.replay();
    }

    private static final class World {
        private static final String POOL = "sim";
        private static final Codec<JournalEntry> JOURNAL = Codec.ofMessage(JournalEntry.class);

        private final long seed;
        private final Random random;
        private final List<AHostOnTheLog> hosts = new ArrayList<>();
        private final Map<String, Policy> policies = new HashMap<>();
        private final List<Input> inputs = new ArrayList<>();
        private final List<List<Effect>> effects = new ArrayList<>();
        private final TreeMap<String, byte[]> memory = new TreeMap<>();
        private final Map<UUID, Command> outstanding = new LinkedHashMap<>();
        private final Map<UUID, Command> given = new LinkedHashMap<>();
        private final List<Spending> spendings = new ArrayList<>();
        private final Map<UUID, Control.OfScope> inForce = new LinkedHashMap<>();
        private final Map<UUID, Control.Approve> approvable = new LinkedHashMap<>();
        private final Map<String, Integer> quietUntil = new HashMap<>();
        private final Map<String, Integer> generations = new HashMap<>();
        private final TreeMap<Integer, List<Runnable>> later = new TreeMap<>();
        private final Set<String> asked = new HashSet<>();

        private PoolState state = PoolState.empty(POOL);
        private Instant now = Instant.parse("2026-11-20T12:00:00Z");
        private UUID run = new UUID(7, 1);
        private long ticks;
        private int second;
        private long entries;
        private String chain = Chain.START;
        private Policy policy = Policy.DEFAULT;
        private long revision;
        private int nextDomid = 100;
        private int drawn;
        private @Nullable PoolEvent last;
        int ordered;

        private record Spending(UUID command, Instant at, String host) {}

        World(long seed) {
            this.seed = seed;
            random = new Random(seed);
            for (int h = 1; h <= 4; h++) {
                AHostOnTheLog host =
                        new AHostOnTheLog(POOL, "xen-" + h, Toolstack.XL).labelled(Map.of("storage", "sr-" + h));
                for (int domid = 1; domid <= 5; domid++) {
                    host.domains.put(
                            domid, AGuest.named("vm" + h + domid, domid).seen());
                }
                hosts.add(host);
                generations.put(host.name, 1);
            }
        }

        void run(int events) {
            hosts.forEach(host -> {
                feed(host.listed());
                host.snapshot(2).forEach(this::feed);
            });
            arm(Mode.ACT, 400);
            while (inputs.size() < events) {
                second();
            }
        }

        private boolean chance(double probability) {
            return random.nextDouble() < probability;
        }

        private UUID draw() {
            return new UUID(seed, drawn++);
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private void arm(Mode mode, int budget) {
            Map<Rung, RungRule> rungs = new HashMap<>();
            for (Rung rung : Rung.values()) {
                rungs.put(rung, new RungRule(true, false, Duration.ofSeconds(20)));
            }
            policy = new Policy(
                    mode,
                    new Patience(
                            Duration.ofSeconds(12),
                            Duration.ofSeconds(4),
                            Duration.ofSeconds(4),
                            Duration.ofSeconds(4),
                            Duration.ofSeconds(6),
                            Duration.ofSeconds(12),
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(6),
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(8)),
                    new Guards(3, Duration.ofSeconds(20), Duration.ofSeconds(20), budget, 2 * budget, budget, 2, 20),
                    rungs,
                    List.of("vm11"));
            String document = mode + " " + budget;
            policies.put(document, policy);
            feed(new PoolEvent.PolicyChanged(POOL, ++revision, document, "00", "ops", ""));
        }

        private void second() {
            second++;
            if (chance(0.004)) {
                // The analyzer was stopped, or reads a backlog: time passes without its ticks.
                now = now.plusSeconds(5 + random.nextInt(200));
                hosts.forEach(host -> host.uptime = host.uptime.plusSeconds(5 + random.nextInt(20)));
            }
            if (chance(0.003)) {
                restart();
            }
            now = now.plus(SECOND);
            hosts.forEach(host -> host.uptime = host.uptime.plus(SECOND));
            if (!chance(0.01)) {
                long unread = chance(0.01) ? 5 : 1;
                feed(new Tick(0, run, ticks, Math.max(-1, ticks - unread)));
                ticks++;
            }
            hosts.forEach(this::host);
            List<Runnable> due = later.remove(second);
            if (due != null) {
                due.forEach(Runnable::run);
            }
            people();
            if (last != null && chance(0.02)) {
                feed(last);
            }
        }

        private void host(AHostOnTheLog host) {
            int quiet = quietUntil.getOrDefault(host.name, 0);
            if (second < quiet) {
                return;
            }
            if (chance(0.001)) {
                quietUntil.put(host.name, second + 5 + random.nextInt(40));
                if (chance(0.5)) {
                    feed(host.unreachable());
                }
            } else if (chance(0.001)) {
                host.rebooted();
                for (int domid = 1; domid <= 3; domid++) {
                    host.domains.put(
                            domid,
                            AGuest.named("vm" + host.name.charAt(4) + domid, domid)
                                    .seen());
                }
                host.snapshot(1).forEach(this::feed);
            } else if (chance(0.002)) {
                generations.merge(host.name, chance(0.9) ? 1 : 0, Integer::sum);
                host.taken(generations.getOrDefault(host.name, 1));
                List<PoolEvent> parts = host.snapshot(1 + random.nextInt(3));
                parts.stream()
                        .limit(chance(0.8) ? parts.size() : parts.size() - 1)
                        .forEach(this::feed);
            } else if (chance(0.002)) {
                host.loses();
            } else if (chance(0.001)) {
                host.corrupts();
            } else if (chance(0.002)) {
                feed(host.says(host.facts(chance(0.5) ? How.HUNG : How.ANSWERED, How.ANSWERED)));
            } else if (host.facts.xenstore().how() == How.HUNG && chance(0.05)) {
                feed(host.says(host.facts(How.ANSWERED, How.ANSWERED)));
            }
            if (asked.remove(host.name) && chance(0.7)) {
                host.snapshot(1 + random.nextInt(2)).forEach(this::feed);
            }
            if (chance(0.03)) {
                guest(host);
            }
            if (second % 2 == 0) {
                feed(host.beat(Duration.ofMillis(chance(0.005) ? 8_000 : 30)));
            }
        }

        private void guest(AHostOnTheLog host) {
            List<WatchedDomain> guests = host.domains.values().stream()
                    .filter(domain -> domain.observation().domid() != 0)
                    .toList();
            if (guests.isEmpty()) {
                return;
            }
            AGuest guest = AGuest.of(any(guests));
            boolean well = healthy(guest.seen());
            AGuest next = switch (random.nextInt(12)) {
                case 0 -> well ? guest.does(Activity.SATURATED).stalled().silent() : guest;
                case 1 -> well ? guest.does(Activity.QUIET).stalled().silent() : guest;
                case 2 -> well ? guest.stopped(ShutdownReason.CRASH) : guest;
                case 3 -> well ? guest.stopped(ShutdownReason.REBOOT) : guest;
                case 4 -> well ? guest.stopped(ShutdownReason.POWEROFF) : guest;
                case 5 -> well ? guest.paused() : guest;
                case 6 ->
                    well
                            ? guest.emulated(null)
                                    .does(Activity.STUCK_IN_XEN)
                                    .silent()
                                    .stalled()
                            : guest;
                case 7 -> well ? guest.stalled() : guest.moving();
                case 8 -> well && chance(0.3) ? guest.dying() : guest;
                case 9, 10 -> AGuest.named(nameOf(guest), guest.domid());
                default -> guest.does(Activity.ACTIVE);
            };
            if (!next.equals(guest) && !(guest.condition() instanceof Condition.Dying)) {
                feed(host.is(next.seen()));
            } else if (guest.condition() instanceof Condition.Dying && chance(0.5)) {
                feed(host.isGone(guest.domid()));
            }
        }

        private static String nameOf(AGuest guest) {
            return guest.vm() instanceof VmId.ByName(String name) ? name : "nameless";
        }

        private void people() {
            if (chance(0.003)) {
                arm(chance(0.75) ? Mode.ACT : chance(0.5) ? Mode.ADVISE : Mode.OBSERVE, chance(0.9) ? 400 : 1);
            }
            if (chance(0.02)) {
                AHostOnTheLog host = any(hosts);
                Scope scope = chance(0.3) ? new Scope.Pool(POOL) : new Scope.Host(POOL, host.name);
                Instant until = chance(0.5) ? now.plusSeconds(random.nextInt(60)) : null;
                UUID id = draw();
                Control.OfScope order = chance(0.5)
                        ? new Control.Pause(id, scope, "ann", "", until)
                        : new Control.TakeHold(id, scope, "ann", "", until);
                inForce.put(id, order);
                feed(order);
            }
            if (!inForce.isEmpty() && chance(0.06)) {
                Control.OfScope order = any(List.copyOf(inForce.values()));
                Control end = order instanceof Control.Pause
                        ? new Control.Resume(draw(), order.scope(), "ann", "")
                        : new Control.ReleaseHold(draw(), order.scope(), order.id(), "ann", "");
                inForce.values()
                        .removeIf(o -> o.id().equals(order.id())
                                || (order instanceof Control.Pause
                                        && o instanceof Control.Pause
                                        && o.scope().equals(order.scope())));
                feed(end);
            }
            if (chance(0.03)) {
                feed(new Control.Unblock(draw(), new Scope.Pool(POOL), "ann", ""));
            }
            if (!approvable.isEmpty() && chance(0.1)) {
                Control.Approve yes = any(List.copyOf(approvable.values()));
                approvable.remove(yes.proposal());
                feed(chance(0.8) ? yes : new Control.Reject(draw(), POOL, yes.incident(), yes.proposal(), "ann", ""));
            }
        }

        private void restart() {
            state = PoolMemory.restore(POOL, memory);
            run = new UUID(7, random.nextInt());
            ticks = 0;
        }

        private void feed(PoolEvent event) {
            last = event instanceof Tick ? last : event;
            Input input = new Input(event, 3, inputs.size(), now, run);
            PoolState before = state;
            Step step;
            try {
                step = PoolCore.decide(before, input, this::read);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", event " + inputs.size() + ": " + event, e);
            }
            inputs.add(input);
            effects.add(step.effects());
            state = step.next();
            if (event instanceof StepOutcome outcome) {
                settled(outcome);
            }
            remember(step);
            for (Effect effect : step.effects()) {
                check(effect);
            }
            if (event instanceof Sighting.HostBeat beat) {
                sameAsTheTruth(beat.stream().host());
            }
        }

        private PolicyReader.Read read(String document) {
            Policy found = policies.get(document);
            return found == null ? new PolicyReader.Read.Refused("unknown") : new PolicyReader.Read.Taken(found);
        }

        private void remember(Step step) {
            PoolMemory.encode(step.next(), step.touched()).forEach((name, bytes) -> {
                if (bytes == null) {
                    memory.remove(name);
                } else {
                    memory.put(name, bytes);
                }
            });
            if (inputs.size() % 500 == 0) {
                assertThat(PoolMemory.restore(POOL, memory).equals(state))
                        .as("seed %d: the memory is the state after event %d", seed, inputs.size())
                        .isTrue();
                assertThat(memory.keySet()).isEqualTo(PoolMemory.names(step.next()));
            }
        }

        private void sameAsTheTruth(String name) {
            var known = state.hosts.get(name);
            AHostOnTheLog host =
                    hosts.stream().filter(h -> h.name.equals(name)).findFirst().orElseThrow();
            boolean current = known != null
                    && known.trust().trusted()
                    && known.pulse().time() != null
                    && known.pulse().time().equals(host.time());
            if (!current) {
                return;
            }
            List<WatchedDomain> seen = state.domains.values().stream()
                    .filter(domain -> domain.host().equals(name))
                    .map(domain -> domain.watched())
                    .toList();
            assertThat(seen).as(where()).isEqualTo(List.copyOf(host.domains.values()));
        }

        private String where() {
            return "seed " + seed + ", event " + inputs.size() + ": "
                    + inputs.getLast().event();
        }

        private void check(Effect effect) {
            switch (effect) {
                case Effect.Note(JournalEntry entry) -> {
                    assertThat(Chain.flaw(JOURNAL.encode(entry), entry, entries, chain))
                            .as(where())
                            .isEmpty();
                    entries++;
                    chain = entry.hash();
                    if (entry.decision() instanceof Decision.OutcomeTaken taken
                            && entry.reason().startsWith("closed by")) {
                        outstanding.remove(taken.command());
                    }
                }
                case Effect.Show(Incident incident) -> {
                    assertThat(incident.pool()).isEqualTo(POOL);
                    if (incident.proposal() != null) {
                        approvable.put(
                                incident.proposal().id(),
                                new Control.Approve(
                                        draw(),
                                        POOL,
                                        incident.id(),
                                        incident.proposal().id(),
                                        "ann",
                                        ""));
                    }
                }
                case Effect.Ask ask -> asked.add(ask.request().host());
                case Effect.Order(Command command) -> order(command);
                case Effect.Hide _, Effect.ShowHost _, Effect.HideHost _ -> {}
            }
        }

        private void order(Command command) {
            assertThat(state.live()).as(where()).isTrue();
            assertThat(command.notAfter()).isAfter(now);
            if (command.step() instanceof Settle settle) {
                settle(settle);
                return;
            }
            ordered++;
            String name = command.step().on().host();
            AHostOnTheLog host =
                    hosts.stream().filter(h -> h.name.equals(name)).findFirst().orElseThrow();
            var known = state.hosts.get(name);
            assertThat(known).isNotNull();
            assertThat(known.trust().trusted()).as(where()).isTrue();
            assertThat(known.block()).as(where()).isNull();
            assertThat(policy.mode()).as(where()).isNotEqualTo(Mode.OBSERVE);
            assertThat(policy.mode() != Mode.ADVISE || command.approval() != null)
                    .as(where())
                    .isTrue();
            assertThat(command.evidenceDeadline().bootId()).as(where()).isEqualTo(host.boot);
            assertThat(outstanding.values())
                    .as(where())
                    .noneMatch(other -> other.step().on().host().equals(name)
                            || other.scope().overlaps(command.scope()));
            assertThat(inForce.values())
                    .as(where())
                    .noneMatch(order -> order.scope().overlaps(command.scope()) && until(order));
            if (command.step() instanceof OnDomain on) {
                touches(command, on, host);
            } else if (command.step() instanceof StartVm start) {
                assertThat(state.domains.values())
                        .as(where())
                        .noneMatch(domain -> start.vm().equals(domain.vm()));
                assertThat(given.values())
                        .as("%s: only what we ended is started", where())
                        .anyMatch(c -> c.incident().equals(command.incident())
                                && (c.step() instanceof DestroyDomain || c.step() instanceof ReapDomain));
            }
            outstanding.put(command.id(), command);
            given.put(command.id(), command);
            outcome(command, host);
        }

        private boolean until(Control.OfScope order) {
            Instant until = order instanceof Control.Pause pause
                    ? pause.until()
                    : order instanceof Control.TakeHold hold ? hold.until() : null;
            return until == null || now.isBefore(until);
        }

        private void touches(Command command, OnDomain on, AHostOnTheLog host) {
            var incarnation = on.target().incarnation();
            assertThat(incarnation.isDom0()).isFalse();
            var domain = state.domains.get(new DomainKey(incarnation.host(), incarnation.domid()));
            assertThat(domain).as(where()).isNotNull();
            assertThat(domain.incarnation()).as(where()).isEqualTo(incarnation);
            assertThat(healthy(domain.watched())).as(where()).isFalse();
            assertThat(domain.watched().observation().condition())
                    .as(where())
                    .isNotInstanceOfAny(Condition.Paused.class, Condition.Dying.class, Condition.Gone.class);
            assertThat(on.target().vm()).as(where()).isNotEqualTo(new VmId.ByName("vm11"));
            if (Ordering.destructive(command.step())) {
                Instant hourAgo = now.minus(Duration.ofHours(1));
                long onHost = spendings.stream()
                        .filter(s -> s.at().isAfter(hourAgo) && s.host().equals(host.name))
                        .count();
                long inPool =
                        spendings.stream().filter(s -> s.at().isAfter(hourAgo)).count();
                assertThat(onHost).as(where()).isLessThan(policy.guards().perHostPerHour());
                assertThat(inPool).as(where()).isLessThan(policy.guards().perPoolPerHour());
                spendings.add(new Spending(command.id(), now, host.name));
            }
        }

        /** It runs and shows a sign of life of its own. */
        private static boolean healthy(WatchedDomain domain) {
            var signals = domain.observation().signals();
            boolean beats = signals.heartbeat() != null && signals.heartbeat().moved();
            boolean answers = signals.probes().stream().anyMatch(probe -> probe.answer() == Answer.ANSWERS);
            return domain.observation().condition() instanceof Condition.Running && (beats || answers);
        }

        private void outcome(Command command, AHostOnTheLog host) {
            int delay = 1 + random.nextInt(12);
            if (chance(0.05)) {
                return; // It is lost, and must be settled.
            }
            Outcome outcome = switch (random.nextInt(14)) {
                case 0 -> new Outcome.Refused(any(List.of(Refusal.values())), "refused");
                case 1 -> new Outcome.NotReached("not reached");
                case 2 -> new Outcome.Ineffective("no effect");
                case 3 -> chance(0.5) ? new Outcome.Unknown("lost") : new Outcome.Garbled("?", "garbled");
                default -> new Outcome.Done("seen");
            };
            if (outcome instanceof Outcome.Done) {
                in(delay, () -> effect(command, host));
            }
            StepOutcome said = new StepOutcome(
                    POOL, command.id(), "actuator", null, false, outcome, chance(0.9) ? host.time() : null, List.of());
            in(delay, () -> feed(said));
            if (chance(0.1)) {
                in(delay + 1 + random.nextInt(30), () -> feed(said));
            }
        }

        private void in(int seconds, Runnable then) {
            later.computeIfAbsent(second + seconds, _ -> new ArrayList<>()).add(then);
        }

        private void effect(Command command, AHostOnTheLog host) {
            switch (command.step()) {
                case DestroyDomain destroy ->
                    ended(host, destroy.target().incarnation().domid());
                case ReapDomain reap -> ended(host, reap.target().incarnation().domid());
                case RebootCleanly reboot -> rebooted(host, reboot);
                case RebootHard reboot -> rebooted(host, reboot);
                case StartVm start -> begun(host, start.vm());
                default -> {}
            }
        }

        private void ended(AHostOnTheLog host, int domid) {
            if (host.domains.containsKey(domid)) {
                feed(host.isGone(domid));
            }
        }

        private void rebooted(AHostOnTheLog host, OnDomain reboot) {
            ended(host, reboot.target().incarnation().domid());
            if (reboot.target().vm() != null) {
                begun(host, reboot.target().vm());
            }
        }

        private void begun(AHostOnTheLog host, VmId vm) {
            if (vm instanceof VmId.ByName(String name)) {
                feed(host.is(AGuest.named(name, nextDomid++).seen()));
            }
        }

        private void settle(Settle settle) {
            assertThat(outstanding).as(where()).containsKey(settle.command());
            if (chance(0.7)) {
                Outcome found = any(List.of(
                        new Outcome.Done("recorded"),
                        new Outcome.Refused(Refusal.TOMBSTONED, "it never ran"),
                        new Outcome.Unknown("nobody knows")));
                in(
                        2,
                        () -> feed(new StepOutcome(
                                POOL, settle.command(), "actuator", null, true, found, null, List.of())));
            }
        }

        /** What is final by its own outcome; what only the analyzer's timer closes blocks the host, which is asked above. */
        private void settled(StepOutcome outcome) {
            boolean over = switch (outcome.outcome()) {
                case Outcome.Done _, Outcome.Ineffective _ -> true;
                case Outcome.Refused _, Outcome.NotReached _ -> {
                    if (outstanding.containsKey(outcome.command())) {
                        spendings.removeIf(s -> s.command().equals(outcome.command()));
                    }
                    yield true;
                }
                case Outcome.Unknown _, Outcome.Garbled _ -> outcome.settled();
                case Outcome.Running _ -> false;
            };
            if (over) {
                outstanding.remove(outcome.command());
            }
        }

        void replay() {
            PoolState again = PoolState.empty(POOL);
            for (int i = 0; i < inputs.size(); i++) {
                Step step = PoolCore.decide(again, inputs.get(i), this::read);
                assertThat(step.effects())
                        .as("seed %d: the replay of event %d", seed, i)
                        .isEqualTo(effects.get(i));
                again = step.next();
            }
        }
    }
}
