package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.policy.Policy;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step.Settle;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.PoolEvent.Tick;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A log of one pool with its analyzer: time passes second by second, each host beats every other second. */
final class ALog {
    static final String POOL = "lab";

    PoolState state = PoolState.empty(POOL);
    Instant now = Instant.parse("2026-11-20T12:00:00Z");
    UUID run = new UUID(1, 1);
    long offset;
    final List<Effect> left = new ArrayList<>();
    final Map<String, AHostOnTheLog> hosts = new LinkedHashMap<>();
    final Map<String, Policy> policies = new LinkedHashMap<>();

    @Nullable
    String silent;

    private long ticks;
    private long revision;
    private long second;

    AHostOnTheLog host(String name, Toolstack toolstack, AGuest... guests) {
        AHostOnTheLog host = new AHostOnTheLog(POOL, name, toolstack);
        for (AGuest guest : guests) {
            host.domains.put(guest.domid(), guest.seen());
        }
        hosts.put(name, host);
        feed(host.listed());
        host.snapshot(1).forEach(this::feed);
        return host;
    }

    List<Effect> feed(PoolEvent event) {
        Step step = PoolCore.decide(state, new Input(event, 0, offset++, now, run), this::read);
        state = step.next();
        left.addAll(step.effects());
        return step.effects();
    }

    PolicyReader.Read read(String document) {
        Policy policy = policies.get(document);
        return policy == null ? new PolicyReader.Read.Refused("nobody wrote it") : new PolicyReader.Read.Taken(policy);
    }

    void policy(UnaryOperator<Policy> change) {
        policy(change.apply(Policy.DEFAULT));
    }

    void policy(Policy policy) {
        String document = "policy " + ++revision;
        policies.put(document, policy);
        feed(new PoolEvent.PolicyChanged(POOL, revision, document, "00", "ops", ""));
    }

    static Policy mode(Policy policy, Mode mode) {
        return new Policy(mode, policy.patience(), policy.guards(), policy.rungs(), policy.protectedVms());
    }

    void acts() {
        policy(policy -> mode(policy, Mode.ACT));
    }

    void tick() {
        feed(new Tick(0, run, ticks, ticks - 1));
        ticks++;
    }

    /** So many seconds pass, and every host but a silent one is seen. */
    void pass(Duration time) {
        for (long i = 0; i < time.toSeconds(); i++) {
            now = now.plusSeconds(1);
            second++;
            tick();
            for (AHostOnTheLog host : hosts.values()) {
                host.uptime = host.uptime.plusSeconds(1);
                if (second % 2 == 0 && !host.name.equals(silent)) {
                    feed(host.beat());
                }
            }
        }
    }

    void pass(long seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    List<Command> orders() {
        return left.stream()
                .filter(Effect.Order.class::isInstance)
                .map(effect -> ((Effect.Order) effect).command())
                .filter(command -> !(command.step() instanceof Settle))
                .toList();
    }

    Command order() {
        return orders().getLast();
    }

    List<JournalEntry> journal() {
        return left.stream()
                .filter(Effect.Note.class::isInstance)
                .map(effect -> ((Effect.Note) effect).entry())
                .toList();
    }

    <T extends Decision> List<T> decided(Class<T> type) {
        return journal().stream()
                .map(JournalEntry::decision)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The incidents as they were last shown. */
    List<Incident> incidents() {
        Map<String, Incident> last = new LinkedHashMap<>();
        for (Effect effect : left) {
            switch (effect) {
                case Effect.Show show -> last.put(show.incident().id(), show.incident());
                case Effect.Hide hide -> last.remove(hide.incident());
                case Effect.Order _, Effect.Note _, Effect.ShowHost _, Effect.HideHost _, Effect.Ask _ -> {}
            }
        }
        return List.copyOf(last.values());
    }

    Incident incident() {
        return incidents().getLast();
    }

    void ended(Command command, Outcome outcome) {
        AHostOnTheLog host = hosts.get(command.step().on().host());
        HostTime at = host == null ? null : host.time();
        feed(new StepOutcome(POOL, command.id(), "actuator", null, false, outcome, at, List.of()));
    }
}
