package io.paramedic.actuator.service;

import io.paramedic.actuator.lease.LeaseBook;
import io.paramedic.actuator.lease.LeaseBook.Folded;
import io.paramedic.actuator.lease.LeaseLog;
import io.paramedic.actuator.lease.Ruling;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.quarantine.Quarantined;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Decoded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one partition of {@code leases} from the beginning of what is retained, and keeps the book. It answers nothing before
 * it has read up to where the log ended when it began.
 */
final class LeaseTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseTail.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    /** Somebody wants to know everything that is on the log now. */
    private record Question(Map<Integer, Long> ends, CompletableFuture<Void> answer) {}

    private final SharedLog log;
    private final LogClock clock;
    private final Consumer<String> failed;
    private final Thread thread;
    private final Map<UUID, CompletableFuture<Ruling.OfClaim>> claims = new ConcurrentHashMap<>();
    private final Queue<CompletableFuture<Void>> asked = new ConcurrentLinkedQueue<>();
    private final AtomicReference<CompletableFuture<Void>> changed = new AtomicReference<>(new CompletableFuture<>());
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private volatile LeaseBook book;
    private volatile boolean closed;
    private volatile @Nullable RuntimeException stopped;
    private volatile SharedLog.@Nullable Pages pages;

    /** @param failed told at most once, when nothing more can be read */
    LeaseTail(SharedLog log, LeaseLog identity, LogClock clock, Consumer<String> failed) {
        this.log = log;
        this.clock = clock;
        this.failed = failed;
        this.book = LeaseBook.empty(identity);
        this.thread = Thread.ofPlatform()
                .name("paramedic-leases-" + identity.partition())
                .daemon()
                .unstarted(this::follow);
    }

    void start() {
        thread.start();
    }

    /** Done when the book may be asked; fails where that will never be. */
    CompletableFuture<Void> caughtUp() {
        return caughtUp;
    }

    /** The newest book that this reader has. */
    LeaseBook book() {
        if (Time.result(caughtUp.thenApply(_ -> true)).isEmpty()) {
            throw new IllegalStateException("the leases are not read up to their end yet");
        }
        return book;
    }

    /** What the log will say to a claim; asked for before the claim is sent. Fails where nothing is read any more. */
    CompletableFuture<Ruling.OfClaim> rulingOn(UUID lease) {
        CompletableFuture<Ruling.OfClaim> ruling = claims.computeIfAbsent(lease, _ -> new CompletableFuture<>());
        RuntimeException why = stopped;
        if (why != null) {
            ruling.completeExceptionally(why);
        }
        return ruling;
    }

    void forget(UUID lease) {
        claims.remove(lease);
    }

    /** Done when everything is read that was on the log at some moment after this call. */
    CompletableFuture<Void> upToNow() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        asked.add(answer);
        SharedLog.Pages reading = pages;
        if (reading != null) {
            reading.wake();
        }
        RuntimeException why = stopped;
        if (why != null) {
            answer.completeExceptionally(why);
        }
        return answer;
    }

    /** Done at the next record. */
    CompletableFuture<Void> changed() {
        return changed.get();
    }

    private void follow() {
        try (SharedLog.Pages reading = log.read(Topic.LEASES, List.of(book.log().partition()))) {
            pages = reading;
            follow(reading);
            stop(new IllegalStateException("the reader of the leases was closed"));
        } catch (RuntimeException broken) {
            stop(broken);
            if (!closed) {
                LOG.error(
                        "The leases of partition {} cannot be read any further",
                        book.log().partition(),
                        broken);
                failed.accept("the leases of partition " + book.log().partition() + " cannot be read any further ("
                        + broken + "); nothing acts without them. Check the broker, then start the actuator again.");
            }
        }
    }

    private void follow(SharedLog.Pages reading) {
        Map<Integer, Long> first = reading.ends();
        List<Question> open = new ArrayList<>();
        while (!closed) {
            reading.poll(POLL).forEach(this::fold);
            if (!caughtUp.isDone() && reading.isPast(first)) {
                LOG.info(
                        "Read the leases of partition {} up to offset {}",
                        book.log().partition(),
                        book.next());
                caughtUp.complete(null);
            }
            answer(reading, open);
        }
    }

    private void answer(SharedLog.Pages reading, List<Question> open) {
        for (CompletableFuture<Void> question = asked.poll(); question != null; question = asked.poll()) {
            open.add(new Question(reading.ends(), question));
        }
        open.removeIf(question -> reading.isPast(question.ends) && question.answer.complete(null));
    }

    private void fold(Line line) {
        clock.saw(line.appended());
        Folded folded = switch (Contract.LEASES.decode(line.bytes())) {
            case Decoded.Ok<LeaseRecord>(LeaseRecord record) -> book.fold(line.offset(), line.appended(), record);
            case Decoded.Undecodable<LeaseRecord> unreadable -> quarantined(line, unreadable);
        };
        book = folded.book();
        if (folded.ruling() instanceof Ruling.OfClaim ruling) {
            CompletableFuture<Ruling.OfClaim> waiting = claims.remove(ruling.id());
            if (waiting != null) {
                waiting.complete(ruling);
            }
        }
        changed.getAndSet(new CompletableFuture<>()).complete(null);
    }

    private Folded quarantined(Line line, Decoded.Undecodable<LeaseRecord> unreadable) {
        Folded folded = book.foldUnreadable(line.offset(), line.appended());
        LOG.error(
                "The record at offset {} of {} cannot be read ({}): claims on partition {} are denied until {}",
                line.offset(),
                Topic.LEASES.topicName(),
                unreadable.reason(),
                line.partition(),
                folded.book().unreadableUntil().orElseThrow());
        var _ = log.quarantine(Quarantined.of(
                        Topic.LEASES.topicName(),
                        line.partition(),
                        line.offset(),
                        line.appended(),
                        line.bytes(),
                        unreadable))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        LOG.error("It could not be put into quarantine either", failure);
                    }
                });
        return folded;
    }

    private void stop(RuntimeException why) {
        stopped = why;
        caughtUp.completeExceptionally(why);
        claims.values().forEach(claim -> claim.completeExceptionally(why));
        for (CompletableFuture<Void> question = asked.poll(); question != null; question = asked.poll()) {
            question.completeExceptionally(why);
        }
    }

    @Override
    public void close() {
        closed = true;
        SharedLog.Pages reading = pages;
        if (reading != null) {
            reading.wake();
        }
        try {
            thread.join(CLOSING.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
