package io.paramedic.collector.access.ssh;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.session.ConnectionService;

/**
 * One established connection with the jump hosts under it, and the count of what runs over it. It outlives its use for new
 * commands: a link that is full of commands nobody waits for any more is retired, and closes when its last channel does.
 */
final class Link implements AutoCloseable {
    private final ClientSession session;
    private final List<AutoCloseable> below;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private int active;
    private int abandoned;
    private boolean served;
    private boolean retired;

    /** @param below what carries it, the nearest first */
    Link(ClientSession session, List<AutoCloseable> below) {
        this.session = session;
        this.below = List.copyOf(below);
    }

    boolean isOpen() {
        return session.isOpen();
    }

    void whenClosed(Runnable action) {
        session.addCloseFutureListener(_ -> action.run());
    }

    void register(ExecChannel channel) throws IOException {
        session.getService(ConnectionService.class).registerChannel(channel);
    }

    void opened() {
        locked(() -> {
            active++;
            served = true;
        });
    }

    /** @param finished whether the command came to its end; else the host may still keep a session for it */
    void released(boolean finished) {
        locked(() -> {
            active--;
            abandoned += finished ? 0 : 1;
        });
        closeIfDone();
    }

    /**
     * Whether a refused channel is a reason to connect anew: something we gave up still counts against OpenSSH's MaxSessions,
     * until its process ends, or nothing of ours is open that could end. A link that never served is no better when new.
     */
    boolean worthRetiring() {
        lock.lock();
        try {
            return served && (abandoned > 0 || active == 0);
        } finally {
            lock.unlock();
        }
    }

    /** Whether some channel is open that will free its place. */
    boolean busy() {
        lock.lock();
        try {
            return active > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a channel was opened or released, or the time is over. */
    void awaitChange(long nanos) throws InterruptedException {
        lock.lock();
        try {
            if (!change.await(nanos, TimeUnit.NANOSECONDS)) {
                return;
            }
        } finally {
            lock.unlock();
        }
    }

    void retire() {
        locked(() -> retired = true);
        closeIfDone();
    }

    private void closeIfDone() {
        boolean done;
        lock.lock();
        try {
            done = retired && active == 0;
        } finally {
            lock.unlock();
        }
        if (done) {
            close();
        }
    }

    private void locked(Runnable update) {
        lock.lock();
        try {
            update.run();
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        session.close(true);
        Dialer.closeAll(below);
    }
}
