package io.paramedic.collector.access.ssh;

import io.paramedic.collector.access.CommandResult.Unreachable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection to a host: makes it when it is first asked for, again after it broke, and not more often than
 * the backoff allows. While it waits, whoever asks is told so at once.
 */
final class Connection implements AutoCloseable {
    private final SshTarget target;
    private final Dialer dialer;
    private final LongSupplier clock;
    private final RandomGenerator chance;
    private final ReentrantLock lock = new ReentrantLock();

    private Backoff backoff;
    private @Nullable CompletableFuture<Link> attempt;
    private @Nullable Link link;
    /** When the link was made. */
    private long since;

    private @Nullable Unreachable last;
    private volatile @Nullable Handshake progress;
    private boolean closed;

    /** @param clock nanoseconds that only ever grow */
    Connection(SshTarget target, Dialer dialer, LongSupplier clock, RandomGenerator chance) {
        this.target = target;
        this.dialer = dialer;
        this.clock = clock;
        this.chance = chance;
        this.backoff = Backoff.none(clock.getAsLong());
    }

    /**
     * The connection, or the attempt to make it, which all who ask meanwhile share. Fails with {@link
     * UnreachableException}.
     */
    CompletableFuture<Link> link() {
        lock.lock();
        try {
            if (closed) {
                return CompletableFuture.failedFuture(new IllegalStateException("the access is closed"));
            }
            if (link != null && link.isOpen()) {
                return CompletableFuture.completedFuture(link);
            }
            if (attempt != null) {
                return attempt;
            }
            Duration wait = backoff.remaining(clock.getAsLong());
            if (!wait.isZero() && last != null) {
                return CompletableFuture.failedFuture(new UnreachableException(SshFailures.waiting(last, wait)));
            }
            CompletableFuture<Link> mine = new CompletableFuture<>();
            attempt = mine;
            Thread.ofVirtual().name("ssh connect " + target.alias()).start(() -> dial(mine));
            return mine;
        } finally {
            lock.unlock();
        }
    }

    /** Why a caller whose patience ended while the connection was being made got nothing. */
    Optional<Unreachable> noAnswerYet(Duration limit) {
        lock.lock();
        try {
            Handshake handshake = progress;
            return attempt == null || handshake == null
                    ? Optional.empty()
                    : Optional.of(SshFailures.noAnswer(handshake.hop(), handshake.phase(), limit));
        } finally {
            lock.unlock();
        }
    }

    /** Uses this link for no new command any more. */
    void retire(Link full) {
        lock.lock();
        try {
            if (link == full) {
                link = null;
            }
        } finally {
            lock.unlock();
        }
        full.retire();
    }

    /**
     * Uses this link no more, because a command found it broken, perhaps before the link itself knows; counts as its
     * breaking, so that a host that drops every connection is not hammered.
     */
    void foundBroken(Link broken) {
        broke(broken);
        broken.retire();
    }

    private void dial(CompletableFuture<Link> mine) {
        try {
            Link made = dialer.dial(target, handshake -> progress = handshake);
            if (!established(made)) {
                made.close();
            }
            mine.complete(made);
        } catch (UnreachableException e) {
            failed(e.why());
            mine.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            failed(new Unreachable(
                    Unreachable.Kind.PROTOCOL,
                    "%s: connecting failed by a fault of Paramedic: %s".formatted(target.alias(), e),
                    null));
            mine.completeExceptionally(e);
        }
    }

    private boolean established(Link made) {
        lock.lock();
        try {
            attempt = null;
            link = made;
            since = clock.getAsLong();
            last = null;
        } finally {
            lock.unlock();
        }
        made.whenClosed(() -> {
            broke(made);
            made.close();
        });
        return !isClosed();
    }

    private void failed(Unreachable why) {
        lock.lock();
        try {
            attempt = null;
            last = why;
            backoff = backoff.failed(clock.getAsLong(), chance);
        } finally {
            lock.unlock();
        }
    }

    private void broke(Link broken) {
        lock.lock();
        try {
            if (link != broken) {
                return;
            }
            link = null;
            long now = clock.getAsLong();
            backoff = backoff.broke(now, Duration.ofNanos(now - since), chance);
            last = SshFailures.keepsBreaking(target.alias());
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Link open;
        lock.lock();
        try {
            closed = true;
            open = link;
            link = null;
        } finally {
            lock.unlock();
        }
        if (open != null) {
            open.close();
        }
    }
}
