package io.paramedic.actuator.service;

import io.paramedic.actuator.lease.Burnt;
import io.paramedic.actuator.lease.Burnt.Fate;
import io.paramedic.actuator.lease.Denial;
import io.paramedic.actuator.rung.StepRunner;
import io.paramedic.actuator.rung.StepRunner.Ended;
import io.paramedic.actuator.service.LeaseDesk.Claimed;
import io.paramedic.actuator.service.LeaseDesk.HeldLease;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.lease.FencingToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out one command, in this order: refuse what has expired; claim; refuse what expired meanwhile or whose lease is nearly
 * over; let the rungs capture evidence, act and verify, while the lease is renewed; tell the outcome; release. The release comes
 * after the outcome is acknowledged, so that who reads it later knows that there is one.
 */
final class CommandWork {
    private static final Logger LOG = LoggerFactory.getLogger(CommandWork.class);

    private final LeaseTail tail;
    private final Claims desk;
    private final StepRunner runner;
    private final Outcomes outcomes;
    private final Inquiry inquiry;
    private final Settlement settlement;
    private final LogClock clock;
    private final Counters counters;
    private final Duration patience;

    CommandWork(
            LeaseTail tail,
            Claims desk,
            StepRunner runner,
            Outcomes outcomes,
            Inquiry inquiry,
            Settlement settlement,
            LogClock clock,
            Counters counters,
            Duration patience) {
        this.tail = tail;
        this.desk = desk;
        this.runner = runner;
        this.outcomes = outcomes;
        this.inquiry = inquiry;
        this.settlement = settlement;
        this.clock = clock;
        this.counters = counters;
        this.patience = patience;
    }

    /**
     * @return whether its final outcome is on the log; if not, nothing was begun here: the partition belongs to somebody else now,
     *     or the claim did not come onto the log, where it may still arrive
     */
    boolean carryOut(Command command) throws InterruptedException {
        try {
            return carryOutOrFail(command);
        } catch (RuntimeException bug) {
            LOG.error("Command {} was not carried out", command.id(), bug);
            // Whether the rungs were asked is not known here; that nobody asks them without a granted claim is.
            outcomes.tell(
                    command,
                    null,
                    tail.book().burnt(command.id()).isPresent()
                            ? new Outcome.Unknown("it may have run; our own mistake came between: " + bug)
                            : new Outcome.NotReached(
                                    "our own mistake came between, before anything was claimed: " + bug));
            return true;
        }
    }

    private boolean carryOutOrFail(Command command) throws InterruptedException {
        Optional<Burnt> burnt = tail.book().burnt(command.id());
        if (burnt.isPresent()) {
            return again(command);
        }
        if (isExpired(command)) {
            outcomes.tell(command, null, expired(command));
            return true;
        }
        return switch (desk.claim(command.scope(), command.id())) {
            case Claimed.Granted(HeldLease lease) -> {
                act(command, lease);
                yield true;
            }
            case Claimed.Denied(Denial reason, String sentence) -> {
                if (reason == Denial.COMMAND_BURNT) {
                    yield again(command);
                }
                outcomes.tell(command, null, new Outcome.Refused(Refusal.LEASE_DENIED, sentence));
                yield true;
            }
            case Claimed.NotOnTheLog(String sentence) -> {
                LOG.warn("Command {} is not begun yet: {}", command.id(), sentence);
                yield false;
            }
        };
    }

    /** It was claimed before: in vain, by an actuator that is gone, or by one that is still at it. It is never run again. */
    private boolean again(Command command) throws InterruptedException {
        Burnt burnt = tail.book().burnt(command.id()).orElseThrow();
        if (burnt.fate() instanceof Fate.Released) {
            LOG.info("Command {} came again; its outcome is on the log", command.id());
            counters.skipped.increment();
            return true;
        }
        if (burnt.fate() instanceof Fate.Denied(String sentence)) {
            outcomes.tell(command, null, new Outcome.Refused(Refusal.LEASE_DENIED, sentence));
            return true;
        }
        return settlement.takeOver(command);
    }

    private void act(Command command, HeldLease held) throws InterruptedException {
        try (held) {
            FencingToken token = held.lease().token();
            held.renew();
            Ended ended = isExpired(command) ? notBegun(expired(command)) : run(command, held);
            outcomes.tell(command, token, false, ended);
            held.release();
        }
    }

    private Ended run(Command command, HeldLease held) throws InterruptedException {
        FencingToken token = held.lease().token();
        if (!held.hasHalfLeft()) {
            return notBegun(new Outcome.Refused(
                    Refusal.LEASE_NEARLY_OVER,
                    "the claim was granted, but more than half of the lease had passed before the step could begin"));
        }
        counters.acts.increment();
        Ended first;
        try {
            first = runner.run(command, token, patience);
        } catch (RuntimeException bug) {
            LOG.error("Command {} may have run", command.id(), bug);
            first = notBegun(new Outcome.Unknown("it may have run; our own mistake came between: " + bug));
        }
        return isFinalOfRun(first.outcome()) ? first : found(command, token, first);
    }

    private Ended found(Command command, FencingToken token, Ended first) throws InterruptedException {
        return inquiry.untilFinal(command, token, first, false)
                .orElseGet(() -> first.outcome() instanceof Outcome.Running
                        ? notBegun(new Outcome.Unknown(
                                "the act ran when the host last answered; since then the host has not said"
                                        + " what became of it"))
                        : first);
    }

    private static boolean isFinalOfRun(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _, Outcome.Ineffective _, Outcome.Refused _, Outcome.NotReached _ -> true;
            case Outcome.Running _, Outcome.Unknown _, Outcome.Garbled _ -> false;
        };
    }

    /** By the latest time that the log is known to have reached: after the claim, at least the append time of the claim. */
    private boolean isExpired(Command command) {
        return clock.atLeast().isAfter(command.notAfter());
    }

    private static Outcome expired(Command command) {
        return new Outcome.Refused(
                Refusal.EXPIRED, "it was to be begun until " + command.notAfter() + " in the time of the log");
    }

    private static Ended notBegun(Outcome outcome) {
        return new Ended(outcome, null, List.of());
    }
}
