package io.paramedic.deploy.simulation.model;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Time that stands still until it is advanced. */
public final class ManualTime implements TimeSource {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private Instant now;

    public ManualTime(Instant start) {
        this.now = start;
    }

    @Override
    public Instant now() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Instant end = now.plus(duration);
            while (now.isBefore(end)) {
                advanced.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets {@code duration} pass and wakes all whose sleep has ended by then. */
    public void advance(Duration duration) {
        lock.lock();
        try {
            now = now.plus(duration);
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
