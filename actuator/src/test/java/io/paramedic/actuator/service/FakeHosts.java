package io.paramedic.actuator.service;

import io.paramedic.actuator.rung.StepRunner;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.lease.LogId;
import io.paramedic.schemas.lease.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Hosts that outlive every actuator: what began goes on, results are kept, and what is settled never runs. */
final class FakeHosts implements StepRunner {
    static final UUID BOOT = new UUID(0, 77);

    private final Map<UUID, Outcome> results = new HashMap<>();
    private final Set<UUID> tombstones = new HashSet<>();
    private final List<UUID> started = new ArrayList<>();
    private final List<UUID> runCalls = new ArrayList<>();
    private final List<UUID> settleCalls = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Set<UUID> lasting = new HashSet<>();
    private final Set<String> away = new HashSet<>();
    private final Set<String> busy = new HashSet<>();
    private final Set<String> full = new HashSet<>();

    /** Before the command reaches the host. */
    final List<Consumer<Command>> beforeRun = new CopyOnWriteArrayList<>();

    /** While the act runs. */
    final List<Consumer<Command>> duringRun = new CopyOnWriteArrayList<>();

    /** After the act has ended and its result is kept. */
    final List<Consumer<Command>> afterEffect = new CopyOnWriteArrayList<>();

    @Override
    public Ended run(Command command, FencingToken token, Duration patience) {
        synchronized (this) {
            runCalls.add(command.id());
        }
        beforeRun.forEach(hook -> hook.accept(command));
        synchronized (this) {
            if (tombstones.contains(command.id())) {
                return ended(new Outcome.Refused(Refusal.TOMBSTONED, "settled"));
            }
            Outcome known = results.get(command.id());
            if (known != null) {
                return ended(known);
            }
            String host = command.step().on().host();
            if (newest.getOrDefault(host, -1L) >= token.offset()) {
                return ended(new Outcome.Refused(Refusal.TOKEN_NOT_NEWER, "seen " + newest.get(host)));
            }
            newest.put(host, token.offset());
            started.add(command.id());
        }
        duringRun.forEach(hook -> hook.accept(command));
        synchronized (this) {
            if (lasting.contains(command.id())) {
                return ended(new Outcome.Running("it takes its time"));
            }
            results.put(command.id(), new Outcome.Done("gone"));
        }
        afterEffect.forEach(hook -> hook.accept(command));
        return ended(new Outcome.Done("gone"));
    }

    @Override
    public synchronized Ended settle(Command original, FencingToken token) {
        settleCalls.add(original.id());
        if (away.contains(original.step().on().host())) {
            return new Ended(new Outcome.NotReached("no route"), null, List.of());
        }
        if (full.contains(original.step().on().host())) {
            return ended(new Outcome.Refused(Refusal.NOT_POSSIBLE_HERE, "the disk is full"));
        }
        Outcome known = results.get(original.id());
        if (known != null) {
            return ended(known);
        }
        if (started.contains(original.id())) {
            return ended(new Outcome.Running("it takes its time"));
        }
        tombstones.add(original.id());
        return ended(new Outcome.Refused(Refusal.TOMBSTONED, "it never ran and never will"));
    }

    @Override
    public synchronized Told tell(String host, Scope scope, FencingToken token) {
        told.add(host);
        if (away.contains(host)) {
            return new Told.NotTold("no route");
        }
        newest.merge(host, token.offset(), Math::max);
        return busy.contains(host) ? new Told.Busy(at()) : new Told.Idle(at());
    }

    @Override
    public synchronized Enrolled enrol(String host, LogId log, long newest, boolean adopt) {
        told.add(host + "@" + newest);
        return new Enrolled.Done();
    }

    private static HostTime at() {
        return new HostTime(BOOT, Duration.ofSeconds(1));
    }

    private static Ended ended(Outcome outcome) {
        return new Ended(outcome, at(), List.of());
    }

    /** The act of this command takes until {@link #end}. */
    synchronized void takesLong(UUID command) {
        lasting.add(command);
    }

    synchronized void end(UUID command) {
        results.put(command, new Outcome.Done("gone"));
    }

    synchronized void goesAway(String host) {
        away.add(host);
    }

    /** Nothing more can be written there. */
    synchronized void isFull(String host) {
        full.add(host);
    }

    synchronized void comesBack(String host) {
        away.remove(host);
    }

    synchronized void isBusy(String host, boolean now) {
        if (now) {
            busy.add(host);
        } else {
            busy.remove(host);
        }
    }

    /** Commands whose act began, once for each time it began. */
    synchronized List<UUID> started() {
        return List.copyOf(started);
    }

    synchronized List<UUID> runCalls() {
        return List.copyOf(runCalls);
    }

    synchronized List<UUID> settleCalls() {
        return List.copyOf(settleCalls);
    }

    synchronized List<String> told() {
        return List.copyOf(told);
    }
}
