package io.paramedic.actuator.service;

import io.paramedic.actuator.lease.Hold;
import io.paramedic.actuator.rung.StepRunner;
import io.paramedic.actuator.rung.StepRunner.Told;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.HoldTold;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.topics.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells each host in the scope of a hold that it is held, until it has answered that no act runs there. Told anew by each actuator
 * that takes the partition over, because nobody knows what the one before managed to tell. Repeats a hold on the log before it is
 * so old that it would be deleted there.
 */
final class HoldTeller {
    private static final Logger LOG = LoggerFactory.getLogger(HoldTeller.class);

    private record Errand(UUID hold, String host) {}

    /** @param saidBusy whether it was told to the log that an act runs */
    private record State(boolean done, boolean underWay, boolean saidBusy, long triedAt) {}

    private final SharedLog log;
    private final LeaseTail tail;
    private final StepRunner runner;
    private final Outcomes outcomes;
    private final Function<String, Set<String>> hostsOfPool;
    private final LogClock clock;
    private final Time time;
    private final Counters counters;
    private final Duration askEvery;
    private final Duration recordAgain;
    private final BooleanSupplier ours;
    private final Map<Errand, State> errands = new ConcurrentHashMap<>();
    private final Map<UUID, Instant> repeated = new ConcurrentHashMap<>();

    HoldTeller(
            SharedLog log,
            LeaseTail tail,
            StepRunner runner,
            Outcomes outcomes,
            Function<String, Set<String>> hostsOfPool,
            LogClock clock,
            Time time,
            Counters counters,
            ActuatorSettings settings,
            BooleanSupplier ours) {
        this.log = log;
        this.tail = tail;
        this.runner = runner;
        this.outcomes = outcomes;
        this.hostsOfPool = hostsOfPool;
        this.clock = clock;
        this.time = time;
        this.counters = counters;
        this.askEvery = settings.askEvery();
        this.recordAgain = settings.holdsRecordedAgain();
        this.ours = ours;
    }

    /** Goes on until the partition is lost or the thread is interrupted. */
    void tellAll() throws InterruptedException {
        while (ours.getAsBoolean()) {
            CompletableFuture<Void> changed = tail.changed();
            List<Hold> holds = tail.book().holds();
            Set<UUID> inForce = holds.stream().map(Hold::id).collect(Collectors.toSet());
            errands.keySet().removeIf(errand -> !inForce.contains(errand.hold));
            repeated.keySet().retainAll(inForce);
            holds.forEach(this::keepOnTheLog);
            holds.forEach(hold -> hosts(hold.scope()).forEach(host -> consider(hold, host)));
            time.await(changed, askEvery);
        }
    }

    private Set<String> hosts(Scope scope) {
        return switch (scope) {
            case Scope.Pool pool -> hostsOfPool.apply(pool.pool());
            case Scope.Host host -> Set.of(host.host());
            case Scope.Vm vm -> Set.of(vm.host());
        };
    }

    private void consider(Hold hold, String host) {
        Errand errand = new Errand(hold.id(), host);
        State state = errands.get(errand);
        if (state != null
                && (state.done || state.underWay || time.since(state.triedAt).compareTo(askEvery) < 0)) {
            return;
        }
        boolean saidBusy = state != null && state.saidBusy;
        errands.put(errand, new State(false, true, saidBusy, time.nanos()));
        Thread.ofVirtual().name("hold-" + host).start(() -> {
            State after = new State(false, false, saidBusy, time.nanos());
            try {
                after = told(hold, host, saidBusy);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException bug) {
                LOG.error("Host {} could not be told of the hold {}", host, hold.id(), bug);
            } finally {
                State now = after;
                errands.computeIfPresent(errand, (_, _) -> now);
            }
        });
    }

    private State told(Hold hold, String host, boolean saidBusy) throws InterruptedException {
        switch (runner.tell(host, hold.scope(), hold.token())) {
            case Told.Idle(HostTime at) -> {
                outcomes.tell(new HoldTold(hold.scope().pool(), hold.id(), host, at, true));
                counters.holdsTold.increment();
                LOG.info("Host {} was told of the hold {} and is idle", host, hold.id());
                return new State(true, false, saidBusy, time.nanos());
            }
            case Told.Busy(HostTime at) -> {
                if (!saidBusy) {
                    outcomes.tell(new HoldTold(hold.scope().pool(), hold.id(), host, at, false));
                    LOG.info("Host {} was told of the hold {}; an act still runs there", host, hold.id());
                }
                return new State(false, false, true, time.nanos());
            }
            case Told.NotTold(String why) -> {
                LOG.warn("Host {} was not told of the hold {} yet: {}", host, hold.id(), why);
                return new State(false, false, saidBusy, time.nanos());
            }
        }
    }

    private void keepOnTheLog(Hold hold) {
        boolean old = hold.recorded().plus(recordAgain).isBefore(clock.atLeast());
        if (!old || hold.recorded().equals(repeated.put(hold.id(), hold.recorded()))) {
            return;
        }
        LeaseRecord again = new LeaseRecord.Hold(hold.id(), hold.scope(), hold.by(), hold.why(), hold.until());
        var _ = log.append(Topic.LEASES, hold.scope().pool(), Contract.LEASES, again)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        LOG.warn("The hold {} could not be repeated on the log: {}", hold.id(), failure.toString());
                        repeated.remove(hold.id());
                    }
                });
    }
}
