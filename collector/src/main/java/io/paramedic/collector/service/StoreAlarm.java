package io.paramedic.collector.service;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostAccess.CommandStream;
import io.paramedic.collector.access.HostCommand;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has xenstored itself say that a domain came or went. It is a help and no more: without it a host is looked at as often as
 * ever. One that ended is begun again after a while, and one whose tool is not there after a long while.
 */
final class StoreAlarm implements AutoCloseable {
    private static final int NOT_FOUND = 127;
    private static final int LONG_WHILE = 10;
    private static final String COMMAND = "xenstore-watch @releaseDomain @introduceDomain";

    private final HostAccess access;
    private final Duration limit;
    private final Duration retry;
    private final Runnable alarm;
    private final LongSupplier clock;
    private @Nullable CommandStream stream;
    private boolean running;
    private boolean closed;
    private long retryAt;

    /** @param alarm called for each word of xenstored, on a thread of the access */
    StoreAlarm(HostAccess access, Duration limit, Duration retry, Runnable alarm, LongSupplier clock) {
        this.access = access;
        this.limit = limit;
        this.retry = retry;
        this.alarm = alarm;
        this.clock = clock;
        this.retryAt = clock.getAsLong();
    }

    /** Begins the watch where none runs and one is due. */
    void keep() throws InterruptedException {
        synchronized (this) {
            if (closed || running || clock.getAsLong() < retryAt) {
                return;
            }
            running = true;
        }
        CommandStream begun = access.stream(HostCommand.tools(limit, COMMAND), _ -> alarm.run(), this::ended);
        boolean late;
        synchronized (this) {
            stream = begun;
            late = closed;
        }
        if (late) {
            begun.close();
        }
    }

    private synchronized void ended(CommandResult how) {
        boolean missing = how instanceof CommandResult.Completed done && done.exitStatus() == NOT_FOUND;
        running = false;
        stream = null;
        retryAt =
                clock.getAsLong() + retry.multipliedBy(missing ? LONG_WHILE : 1).toNanos();
    }

    synchronized boolean isRunning() {
        return running;
    }

    @Override
    public void close() {
        CommandStream open;
        synchronized (this) {
            closed = true;
            open = stream;
            stream = null;
        }
        if (open != null) {
            open.close();
        }
    }
}
