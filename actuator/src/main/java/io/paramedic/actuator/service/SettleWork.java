package io.paramedic.actuator.service;

import io.paramedic.actuator.lease.Burnt;
import io.paramedic.actuator.lease.Burnt.Fate;
import io.paramedic.actuator.lease.Denial;
import io.paramedic.actuator.rung.StepRunner.Ended;
import io.paramedic.actuator.service.LeaseDesk.Claimed;
import io.paramedic.actuator.service.LeaseDesk.HeldLease;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.lease.FencingToken;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out an order to settle an earlier command. It tells two outcomes: of the earlier command, where the host has a final
 * answer or the act still runs, and then of the order itself. What cannot be settled is left open for the analyzer to close.
 */
final class SettleWork {
    private static final Logger LOG = LoggerFactory.getLogger(SettleWork.class);

    private final LeaseTail tail;
    private final Claims desk;
    private final Outcomes outcomes;
    private final Inquiry inquiry;
    private final CommandArchive archive;
    private final LogClock clock;
    private final Counters counters;

    SettleWork(
            LeaseTail tail,
            Claims desk,
            Outcomes outcomes,
            Inquiry inquiry,
            CommandArchive archive,
            LogClock clock,
            Counters counters) {
        this.tail = tail;
        this.desk = desk;
        this.outcomes = outcomes;
        this.inquiry = inquiry;
        this.archive = archive;
        this.clock = clock;
        this.counters = counters;
    }

    void carryOut(int partition, Command order, UUID earlier) throws InterruptedException {
        try {
            carryOutOrFail(partition, order, earlier);
        } catch (RuntimeException bug) {
            LOG.error("Command {} was not settled", earlier, bug);
            outcomes.tell(order, null, new Outcome.Unknown("our own mistake came between: " + bug));
        }
    }

    private void carryOutOrFail(int partition, Command order, UUID earlier) throws InterruptedException {
        Optional<Burnt> before = tail.book().burnt(order.id());
        if (before.isPresent() && before.get().fate() instanceof Fate.Released) {
            counters.skipped.increment();
            return;
        }
        if (before.isEmpty() && clock.atLeast().isAfter(order.notAfter())) {
            outcomes.tell(
                    order,
                    null,
                    new Outcome.Refused(
                            Refusal.EXPIRED,
                            "it was to be begun until " + order.notAfter() + " in the time of the log"));
            return;
        }
        Optional<Command> original = archive.find(partition, earlier);
        if (original.isEmpty()) {
            outcomes.tell(
                    order,
                    null,
                    new Outcome.Ineffective(
                            "command " + earlier + " is not on the log any more, so its host is not known"));
            return;
        }
        settle(order, original.get(), before.isPresent());
    }

    private void settle(Command order, Command original, boolean cameAgain) throws InterruptedException {
        Optional<Burnt> burnt = tail.book().burnt(original.id());
        if (burnt.isPresent() && isAtWork(burnt.get())) {
            FencingToken token = burnt.get().token();
            outcomes.tell(order, token, answered(original, token, token, inquiry.ask(original, token)));
            return;
        }
        FencingToken theirs = burnt.filter(known -> !(known.fate() instanceof Fate.Denied))
                .map(Burnt::token)
                .orElse(null);
        // A second claim for one command would be denied; the order that came again is the same question.
        switch (desk.claim(order.scope(), cameAgain ? UUID.randomUUID() : order.id())) {
            case Claimed.Granted(HeldLease lease) -> {
                try (lease) {
                    lease.renew();
                    FencingToken token = lease.lease().token();
                    outcomes.tell(order, token, askedUntilFinal(original, theirs, token));
                    lease.release();
                }
            }
            case Claimed.Denied(Denial _, String sentence) ->
                outcomes.tell(
                        order,
                        null,
                        theirs == null
                                ? new Outcome.Refused(Refusal.LEASE_DENIED, sentence)
                                : askedUntilFinal(original, theirs, theirs));
            case Claimed.NotOnTheLog(String sentence) -> outcomes.tell(order, null, new Outcome.NotReached(sentence));
        }
    }

    /** Whether its lease is in force and kept so; who holds it asks the host until the end. */
    private boolean isAtWork(Burnt burnt) {
        return switch (burnt.fate()) {
            case Fate.InForce inForce -> !clock.atLeast().isAfter(inForce.until());
            case Fate.Released _, Fate.RanOut _, Fate.InDoubt _, Fate.Denied _ -> false;
        };
    }

    private Outcome askedUntilFinal(Command original, @Nullable FencingToken theirs, FencingToken token)
            throws InterruptedException {
        Ended first = inquiry.ask(original, token);
        Ended last = inquiry.untilFinal(original, token, first, true).orElse(first);
        return answered(original, theirs, token, last);
    }

    /** Tells what the host said of the earlier command. */
    private Outcome answered(Command original, @Nullable FencingToken theirs, FencingToken token, Ended answer)
            throws InterruptedException {
        if (answer.outcome() instanceof Outcome.Running) {
            outcomes.tell(original, theirs, true, answer);
            return new Outcome.Ineffective(
                    "command " + original.id() + " still runs, and is asked about until it ends");
        }
        if (!Inquiry.isFinal(answer.outcome())) {
            LOG.warn(
                    "Command {} could not be settled with token {}: {}",
                    original.id(),
                    token.offset(),
                    answer.outcome());
            return answer.outcome();
        }
        outcomes.tell(original, theirs, true, answer);
        return new Outcome.Done("command " + original.id() + " is settled: " + answer.outcome());
    }
}
