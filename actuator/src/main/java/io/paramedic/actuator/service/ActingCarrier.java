package io.paramedic.actuator.service;

import io.paramedic.actuator.lease.Denial;
import io.paramedic.actuator.lease.LeaseLog;
import io.paramedic.actuator.rung.StepRunner;
import io.paramedic.actuator.service.LeaseDesk.Claimed;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.identity.HostBoot;
import io.paramedic.schemas.topics.Topic;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acts under leases: the present actuator of one partition. Where the log is not such that a lease on it could be trusted, none is
 * asked for: what nobody claimed before is refused, and what was claimed is settled, because it may have run or still run.
 */
final class ActingCarrier implements Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(ActingCarrier.class);

    private final Time time;
    private final Duration askEvery;
    private final LeaseTail tail;
    private final CommandWork work;
    private final SettleWork settling;
    private final @Nullable HoldTeller holds;
    private final CompletableFuture<Void> ready;
    private volatile boolean ours = true;
    private volatile @Nullable Thread telling;

    /** @param forbidden why no lease may be asked for; absent where that is permitted */
    ActingCarrier(int partition, Outfit outfit, @Nullable String forbidden) {
        SharedLog log = outfit.log();
        this.time = outfit.time();
        LogClock clock = outfit.clock();
        ActuatorSettings settings = outfit.settings();
        this.askEvery = settings.askEvery();
        Outcomes outcomes = outfit.outcomes();
        Counters counters = outfit.counters();
        LeaseLog identity = new LeaseLog(outfit.clusterId(), Topic.LEASES.topicName(), partition);
        this.tail = new LeaseTail(log, identity, clock, outfit.failed());
        Claims desk = forbidden == null
                ? new LeaseDesk(log, tail, time, settings, outfit.id())
                : (_, _) -> new Claimed.Denied(Denial.FORBIDDEN, forbidden);
        Inquiry inquiry = new Inquiry(outfit.runner(), outcomes, time, settings);
        Settlement settlement =
                new Settlement(tail, desk, outcomes, inquiry, clock, time, settings.askEvery(), () -> ours);
        this.work = new CommandWork(
                tail, desk, outfit.runner(), outcomes, inquiry, settlement, clock, counters, settings.patience());
        this.settling = new SettleWork(tail, desk, outcomes, inquiry, new CommandArchive(log), clock, counters);
        this.holds = forbidden != null
                ? null
                : new HoldTeller(
                        log,
                        tail,
                        outfit.runner(),
                        outcomes,
                        outfit.hosts()::hosts,
                        clock,
                        time,
                        counters,
                        settings,
                        () -> ours);
        this.ready = tail.caughtUp().thenRun(() -> {
            if (holds != null) {
                beginTelling(holds, outfit.failed());
            }
        });
    }

    /** What all partitions of an actuator share. */
    record Outfit(
            SharedLog log,
            String clusterId,
            String id,
            StepRunner runner,
            ActuatorSettings settings,
            HostDirectory hosts,
            Outcomes outcomes,
            LogClock clock,
            Time time,
            Counters counters,
            Consumer<String> failed) {}

    void start() {
        tail.start();
    }

    private void beginTelling(HoldTeller holds, Consumer<String> failed) {
        telling = Thread.ofVirtual()
                .name("holds-" + tail.book().log().partition())
                .start(() -> {
                    try {
                        holds.tellAll();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException bug) {
                        LOG.error("Hosts are told of no more holds", bug);
                        failed.accept("hosts are told of no more holds (" + bug + "). Start the actuator again.");
                    }
                });
    }

    @Override
    public CompletableFuture<Void> ready() {
        return ready;
    }

    @Override
    public boolean carryOut(Order order) throws InterruptedException {
        while (ours) {
            if (order.command().step() instanceof Step.Settle(HostBoot _, UUID earlier)) {
                settling.carryOut(order.partition(), order.command(), earlier);
                return true;
            }
            if (work.carryOut(order.command())) {
                return true;
            }
            // Once more, until it is on the log or has expired.
            time.pause(askEvery);
        }
        return false;
    }

    @Override
    public void lost() {
        ours = false;
        Thread running = telling;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public void close() {
        lost();
        tail.close();
    }
}
