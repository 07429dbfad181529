package io.paramedic.actuator.service;

import io.paramedic.actuator.lease.Burnt;
import io.paramedic.actuator.lease.Burnt.Fate;
import io.paramedic.actuator.lease.Denial;
import io.paramedic.actuator.rung.StepRunner.Ended;
import io.paramedic.actuator.service.LeaseDesk.Claimed;
import io.paramedic.actuator.service.LeaseDesk.HeldLease;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.lease.FencingToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what became of a command that somebody else had claimed, once that lease has ended: the recorded result, or still
 * running, or it can never run. Done under a lease of its own, whose token is newer than that of the act, so that who was stopped
 * in the middle is refused by the host when it goes on. Where a hold or the state of the log denies that lease, the old token is
 * good enough to ask with: a settlement looks and forbids, and touches no domain.
 */
final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final LeaseTail tail;
    private final Claims desk;
    private final Outcomes outcomes;
    private final Inquiry inquiry;
    private final LogClock clock;
    private final Time time;
    private final Duration askEvery;
    private final BooleanSupplier ours;

    /** @param ours whether the partition still belongs to this actuator */
    Settlement(
            LeaseTail tail,
            Claims desk,
            Outcomes outcomes,
            Inquiry inquiry,
            LogClock clock,
            Time time,
            Duration askEvery,
            BooleanSupplier ours) {
        this.tail = tail;
        this.desk = desk;
        this.outcomes = outcomes;
        this.inquiry = inquiry;
        this.clock = clock;
        this.time = time;
        this.askEvery = askEvery;
        this.ours = ours;
    }

    /**
     * Settles a command that was claimed before. While its lease is in force its holder may still be at it, and is waited for.
     *
     * @return whether its final outcome is on the log; if not, the partition belongs to somebody else now
     */
    boolean takeOver(Command command) throws InterruptedException {
        LOG.info("Command {} was claimed before and is not run again; its host is asked", command.id());
        while (ours.getAsBoolean()) {
            CompletableFuture<Void> changed = tail.changed();
            Burnt burnt = tail.book().burnt(command.id()).orElseThrow();
            if (burnt.fate() instanceof Fate.Released) {
                return true;
            }
            if (isLeased(command)) {
                time.await(changed, askEvery);
            } else if (settled(command, burnt)) {
                return true;
            } else {
                time.pause(askEvery);
            }
        }
        return false;
    }

    /**
     * Whether somebody holds a lease in this scope. One that is past its time by the clock does not count: no record may come to
     * end it but the claim of the settlement itself.
     */
    private boolean isLeased(Command command) {
        Instant now = clock.atLeast();
        return tail.book().leases(command.scope()).stream().anyMatch(lease -> !now.isAfter(lease.until()));
    }

    private boolean settled(Command command, Burnt burnt) throws InterruptedException {
        switch (desk.claim(command.scope(), UUID.randomUUID())) {
            case Claimed.Granted(HeldLease lease) -> {
                try (lease) {
                    lease.renew();
                    tell(command, burnt, lease.lease().token());
                    lease.release();
                }
                return true;
            }
            case Claimed.Denied(Denial reason, String _) -> {
                boolean mayBeHeld = reason != Denial.FORBIDDEN
                        && tail.book().lease(burnt.lease()).isPresent();
                if (reason == Denial.LEASE_IN_FORCE || mayBeHeld) {
                    return false;
                }
                tell(command, burnt, burnt.token());
                return true;
            }
            case Claimed.NotOnTheLog(String sentence) -> {
                LOG.warn("Command {} cannot be settled yet: {}", command.id(), sentence);
                return false;
            }
        }
    }

    private void tell(Command command, Burnt burnt, FencingToken token) throws InterruptedException {
        Ended ended = inquiry.untilFinal(command, token, inquiry.ask(command, token), true)
                .orElseGet(() -> new Ended(
                        new Outcome.Unknown("it was claimed by " + burnt.claimant()
                                + ", which did not tell what became of it, and the host could not be asked"),
                        null,
                        List.of()));
        outcomes.tell(command, burnt.token(), true, ended);
    }
}
