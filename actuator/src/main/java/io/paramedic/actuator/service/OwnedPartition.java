package io.paramedic.actuator.service;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.quarantine.Quarantined;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Decoded;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition of {@code commands} for as long as this actuator owns it, and after that until what ran then has ended. Each
 * command runs on a thread of its own; which may begin is decided by the line, what may be committed by the prefix that is finished.
 */
final class OwnedPartition {
    private static final Logger LOG = LoggerFactory.getLogger(OwnedPartition.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final int partition;
    private final Carrier carrier;
    private final SharedLog log;
    private final Time time;
    private final LogClock clock;
    private final ActuatorSettings settings;
    private final Counters counters;
    private final Runnable progressed;
    private final Consumer<String> failed;

    private final Object lock = new Object();
    private final WaitingLine line = new WaitingLine();
    private final FinishedPrefix prefix = new FinishedPrefix();
    private final Set<Thread> threads = new HashSet<>();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private boolean lost;
    private boolean fetching;

    /** @param progressed called when something more may be committed or fetched */
    OwnedPartition(int partition, Carrier carrier, ActingCarrier.Outfit outfit, Runnable progressed) {
        this.partition = partition;
        this.carrier = carrier;
        this.log = outfit.log();
        this.time = outfit.time();
        this.clock = outfit.clock();
        this.settings = outfit.settings();
        this.counters = outfit.counters();
        this.progressed = progressed;
        this.failed = outfit.failed();
        var _ = carrier.ready().whenComplete((_, _) -> progressed.run());
    }

    /** Takes a record that was fetched. */
    void take(Line record) {
        clock.saw(record.appended());
        synchronized (lock) {
            prefix.delivered(record.offset());
        }
        switch (Contract.COMMANDS.decode(record.bytes())) {
            case Decoded.Ok<Command>(Command command) -> {
                counters.commands.increment();
                synchronized (lock) {
                    line.add(new Order(partition, record.offset(), command));
                }
                beginWhatMay();
            }
            case Decoded.Undecodable<Command> unreadable ->
                begin("quarantine-" + record.offset(), record.offset(), () -> putAway(record, unreadable), () -> {});
        }
    }

    private boolean putAway(Line record, Decoded.Undecodable<Command> unreadable) throws InterruptedException {
        LOG.error(
                "The command at offset {} of partition {} cannot be read and is not carried out: {}",
                record.offset(),
                partition,
                unreadable.reason());
        Quarantined refused = Quarantined.of(
                Topic.COMMANDS.topicName(), partition, record.offset(), record.appended(), record.bytes(), unreadable);
        while (true) {
            var place = log.quarantine(refused);
            if (time.await(place, Duration.ofSeconds(30)) && !place.isCompletedExceptionally()) {
                counters.quarantined.increment();
                return true;
            }
            time.pause(AGAIN);
        }
    }

    private void beginWhatMay() {
        List<Order> begun;
        synchronized (lock) {
            begun = lost ? List.of() : line.begin(settings.concurrency());
        }
        for (Order order : begun) {
            begin(
                    "command-" + order.command().id(),
                    order.offset(),
                    () -> carrier.carryOut(order),
                    () -> line.ended(order));
        }
    }

    private interface Work {
        /** @return whether it is finished and need not come again */
        boolean run() throws InterruptedException;
    }

    /** @param ended called under the lock */
    private void begin(String name, long offset, Work work, Runnable ended) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            boolean finished = false;
            try {
                finished = work.run();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error bug) {
                LOG.error("{} of partition {} broke off", name, partition, bug);
                failed.accept(name + " of partition " + partition + " broke off (" + bug
                        + "); it is delivered again when the actuator is started again.");
            } finally {
                ended(offset, finished, ended);
            }
        });
        synchronized (lock) {
            threads.add(thread);
        }
        thread.start();
    }

    private void ended(long offset, boolean finished, Runnable ended) {
        synchronized (lock) {
            ended.run();
            if (finished) {
                prefix.finished(offset);
            }
            threads.remove(Thread.currentThread());
        }
        beginWhatMay();
        closeIfOver();
        progressed.run();
    }

    private void closeIfOver() {
        boolean over;
        synchronized (lock) {
            over = lost && threads.isEmpty();
        }
        if (over && idle.complete(null)) {
            carrier.close();
        }
    }

    /** Whether more commands may be fetched: the leases are read and not too much waits here. */
    boolean wantsMore() {
        synchronized (lock) {
            return Time.result(carrier.ready().thenApply(_ -> true)).isPresent() && line.waiting() < settings.backlog();
        }
    }

    /** Notes whether commands are fetched; true if that is a change. */
    boolean fetches(boolean now) {
        boolean change = fetching != now;
        fetching = now;
        return change;
    }

    boolean isReady() {
        return carrier.ready().isDone();
    }

    OptionalLong committable() {
        synchronized (lock) {
            return prefix.committable();
        }
    }

    void committed(long offset) {
        synchronized (lock) {
            prefix.committed(offset);
        }
    }

    int running() {
        synchronized (lock) {
            return line.running();
        }
    }

    int waiting() {
        synchronized (lock) {
            return line.waiting();
        }
    }

    /**
     * Begins nothing more; what runs goes on and is told by whoever has it.
     *
     * @return done when nothing runs any more
     */
    CompletableFuture<Void> lose() {
        synchronized (lock) {
            lost = true;
            line.dropWaiting();
        }
        carrier.lost();
        closeIfOver();
        return idle;
    }

    /** Ends all waiting for acts; the acts themselves go on. */
    void interrupt() {
        Set<Thread> all;
        synchronized (lock) {
            all = Set.copyOf(threads);
        }
        all.forEach(Thread::interrupt);
    }

    /** Waits for nothing more, not even for threads that do not end. */
    void abandon() {
        interrupt();
        carrier.close();
    }
}
