package io.paramedic.actuator.service;

import io.paramedic.actuator.lease.Denial;
import io.paramedic.actuator.lease.Lease;
import io.paramedic.actuator.lease.Ruling;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.log.LogPlace;
import io.paramedic.schemas.topics.Topic;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims leases on one partition, and knows them granted only when it has read its own claim back. */
final class LeaseDesk implements Claims {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseDesk.class);

    /** Longer than the writer itself tries: after that the fate of a record is known, or never will be. */
    private static final Duration APPENDING = Duration.ofSeconds(30);

    private final SharedLog log;
    private final LeaseTail tail;
    private final Time time;
    private final Duration length;
    private final Duration renewEvery;
    private final String claimant;

    LeaseDesk(SharedLog log, LeaseTail tail, Time time, ActuatorSettings settings, String claimant) {
        this.log = log;
        this.tail = tail;
        this.time = time;
        this.length = settings.lease();
        this.renewEvery = settings.renewEvery();
        this.claimant = claimant;
    }

    /** What became of a claim. */
    sealed interface Claimed {
        record Granted(HeldLease lease) implements Claimed {}

        record Denied(Denial reason, String sentence) implements Claimed {}

        /** It was not read back, and up to now it is not on the log. */
        record NotOnTheLog(String sentence) implements Claimed {}
    }

    /**
     * Asks for a lease under an id of its own and waits until the log has answered. A claim whose append was not acknowledged is
     * looked for by reading, never sent a second time.
     */
    @Override
    public Claimed claim(Scope scope, UUID command) throws InterruptedException {
        UUID id = UUID.randomUUID();
        CompletableFuture<Ruling.OfClaim> ruling = tail.rulingOn(id);
        long sent = time.nanos();
        if (ruling.isCompletedExceptionally()) {
            return new Claimed.NotOnTheLog("the leases are not read any more: " + ruling.exceptionNow());
        }
        try {
            CompletableFuture<LogPlace> place = append(new LeaseRecord.Claim(id, scope, command, claimant, length));
            CompletableFuture<Object> refused = new CompletableFuture<>();
            var _ = place.whenComplete((_, failure) -> {
                if (failure != null) {
                    refused.completeExceptionally(failure);
                }
            });
            if (!time.await(CompletableFuture.anyOf(ruling, refused), length.dividedBy(2)) || !ruling.isDone()) {
                findOut(ruling, place);
            }
            return Time.result(ruling).map(known -> claimed(known, sent)).orElseGet(() -> lost(place));
        } finally {
            tail.forget(id);
        }
    }

    private void findOut(CompletableFuture<Ruling.OfClaim> ruling, CompletableFuture<LogPlace> place)
            throws InterruptedException {
        time.await(CompletableFuture.anyOf(ruling, place), APPENDING);
        time.await(CompletableFuture.anyOf(ruling, tail.upToNow()), APPENDING);
    }

    private Claimed claimed(Ruling.OfClaim ruling, long sent) {
        return switch (ruling) {
            case Ruling.Granted(Lease lease) -> new Claimed.Granted(new HeldLease(lease, sent));
            case Ruling.Denied(UUID _, Denial reason, String sentence) -> new Claimed.Denied(reason, sentence);
        };
    }

    private static Claimed lost(CompletableFuture<LogPlace> place) {
        String why = place.isCompletedExceptionally()
                ? String.valueOf(place.exceptionNow().getMessage())
                : "it was not read back in time";
        return new Claimed.NotOnTheLog("the claim did not come onto the log: " + why);
    }

    private CompletableFuture<LogPlace> append(LeaseRecord record) {
        return log.append(Topic.LEASES, record.scope().pool(), Contract.LEASES, record);
    }

    /** A granted lease, renewed from when that is asked for until it is let go. */
    final class HeldLease implements AutoCloseable {
        private final Lease lease;
        private final long since;
        private volatile boolean renewing;
        private volatile @Nullable Thread renewals;

        private HeldLease(Lease lease, long since) {
            this.lease = lease;
            this.since = since;
        }

        Lease lease() {
            return lease;
        }

        /** Whether at least half of it is left, counted from before the claim was sent. */
        boolean hasHalfLeft() {
            return time.since(since).compareTo(length.dividedBy(2)) <= 0;
        }

        /** Keeps others away while an act runs. An act is never cut off because a renewal fails: the guard decides then. */
        void renew() {
            renewing = true;
            renewals = Thread.ofVirtual().name("renew-" + lease.id()).start(this::keepRenewing);
        }

        private void keepRenewing() {
            try {
                while (renewing) {
                    time.pause(renewEvery);
                    if (renewing) {
                        var _ = append(new LeaseRecord.Renewal(lease.id(), lease.scope(), claimant, length))
                                .whenComplete((_, failure) -> {
                                    if (failure != null) {
                                        LOG.warn("Lease {} was not renewed: {}", lease.id(), failure.toString());
                                    }
                                });
                    }
                }
            } catch (InterruptedException done) {
                Thread.currentThread().interrupt();
            }
        }

        /** Says on the log that it has ended. Only after the outcome is there: who reads this takes it for told. */
        void release() throws InterruptedException {
            close();
            CompletableFuture<LogPlace> place = append(new LeaseRecord.Release(lease.id(), lease.scope(), claimant));
            if (!time.await(place, APPENDING) || place.isCompletedExceptionally()) {
                LOG.warn("Lease {} was not released and will run out", lease.id());
            }
        }

        /** Renews no more; without a release it runs out. */
        @Override
        public void close() {
            renewing = false;
            Thread running = renewals;
            if (running != null) {
                running.interrupt();
            }
        }
    }
}
