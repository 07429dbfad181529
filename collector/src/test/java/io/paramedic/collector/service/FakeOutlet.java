package io.paramedic.collector.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.log.LogPlace;
import io.paramedic.schemas.quarantine.Quarantined;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A log in memory that a test can make fail. */
final class FakeOutlet implements Outlet {
    private static final int PATIENCE = 20;

    private final BlockingQueue<PoolEvent.InPool> events = new LinkedBlockingQueue<>();
    final List<PoolEvent.InPool> written = new CopyOnWriteArrayList<>();
    final BlockingQueue<Quarantined> quarantined = new LinkedBlockingQueue<>();
    private volatile Predicate<PoolEvent.InPool> refused = _ -> false;
    volatile boolean closed;

    void refuse(Predicate<PoolEvent.InPool> which) {
        refused = which;
    }

    @Override
    public CompletableFuture<LogPlace> append(PoolEvent.InPool event) {
        if (refused.test(event)) {
            return CompletableFuture.failedFuture(new IllegalStateException("the broker is away"));
        }
        written.add(event);
        events.add(event);
        return CompletableFuture.completedFuture(new LogPlace(0, written.size(), Instant.EPOCH));
    }

    @Override
    public CompletableFuture<LogPlace> quarantine(Quarantined what) {
        quarantined.add(what);
        return CompletableFuture.completedFuture(new LogPlace(0, 0, Instant.EPOCH));
    }

    @Override
    public void close() {
        closed = true;
    }

    /** The next event of a kind that a test waits for; others before it are passed over. */
    <T extends PoolEvent.InPool> T next(Class<T> kind) throws InterruptedException {
        return next(kind, _ -> true);
    }

    <T extends PoolEvent.InPool> T next(Class<T> kind, Predicate<T> which) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (true) {
            PoolEvent.InPool event = events.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            assertThat(event)
                    .as("a %s within %d s", kind.getSimpleName(), PATIENCE)
                    .isNotNull();
            if (kind.isInstance(event) && which.test(kind.cast(event))) {
                return kind.cast(event);
            }
        }
    }
}
