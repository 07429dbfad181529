package io.paramedic.collector.access.ssh;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.session.ConnectionService;

/**
 * One established connection with the jump hosts under it, and the count of what runs over it. It outlives its use
 * for new commands: a link that is full of commands nobody waits for any more is retired, and closes when its last
 * channel does.
 */
final class Link implements AutoCloseable {
    private final ClientSession session;
    private final List<AutoCloseable> below;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private int inside;
    private long changes;
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

    /**
     * Takes part in the link, from before a channel is opened; false if it is retired, and then another one has to be
     * asked for.
     */
    boolean enter() {
        lock.lock();
        try {
            if (!retired) {
                inside++;
            }
            return !retired;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends a part in the link.
     *
     * @param finished whether the command came to its end; else the host may still keep a session for it
     */
    void leave(boolean finished) {
        locked(() -> {
            inside--;
            served = true;
            abandoned += finished ? 0 : 1;
        });
        closeIfDone();
    }

    /**
     * Ends a part in the link whose channel the server refused.
     *
     * @return when it happened, for {@link #awaitChange}
     */
    long leaveRefused() {
        long[] at = new long[1];
        locked(() -> {
            inside--;
            at[0] = changes + 1;
        });
        closeIfDone();
        return at[0];
    }

    /**
     * Whether a refused channel is a reason to connect anew: something we gave up still counts against OpenSSH's
     * MaxSessions, until its process ends, or nothing of ours is open that could end. A link that never served is no
     * better when new.
     */
    boolean worthRetiring() {
        lock.lock();
        try {
            return served && (abandoned > 0 || inside == 0);
        } finally {
            lock.unlock();
        }
    }

    /** Whether someone is in the link who will leave. */
    boolean busy() {
        lock.lock();
        try {
            return inside > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until someone left after that moment, or the time is over. */
    void awaitChange(long since, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (changes == since && left > 0) {
                left = change.awaitNanos(left);
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
            done = retired && inside == 0;
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
            changes++;
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
