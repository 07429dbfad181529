package io.paramedic.actuator.service;

import io.paramedic.actuator.rung.StepRunner.Ended;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.log.LogPlace;
import io.paramedic.schemas.topics.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells outcomes to the log, and returns only when they are there. */
final class Outcomes {
    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);
    private static final Duration APPENDING = Duration.ofSeconds(30);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final SharedLog log;
    private final Time time;
    private final Counters counters;
    private final String by;

    Outcomes(SharedLog log, Time time, Counters counters, String by) {
        this.log = log;
        this.time = time;
        this.counters = counters;
        this.by = by;
    }

    /** Of a command that was not begun. */
    void tell(Command command, @Nullable FencingToken token, Outcome outcome) throws InterruptedException {
        tell(command, token, false, new Ended(outcome, null, List.of()));
    }

    /** @param settled whether somebody else had begun the command */
    void tell(Command command, @Nullable FencingToken token, boolean settled, Ended ended) throws InterruptedException {
        StepOutcome outcome = new StepOutcome(
                command.pool(), command.id(), by, token, settled, ended.outcome(), ended.at(), ended.transcript());
        LOG.info(
                "Command {} ({} on {}): {}",
                command.id(),
                command.step().getClass().getSimpleName(),
                command.step().on().host(),
                ended.outcome());
        tell(outcome);
        count(outcome);
    }

    /** Of anything that a pool's analyzer is to know; tried again for as long as it is not acknowledged. */
    void tell(PoolEvent.InPool event) throws InterruptedException {
        while (true) {
            CompletableFuture<LogPlace> place = append(event);
            if (time.await(place, APPENDING) && !place.isCompletedExceptionally()) {
                return;
            }
            LOG.warn(
                    "{} of pool {} is not on the log yet and is sent again{}",
                    event.getClass().getSimpleName(),
                    event.pool(),
                    place.isCompletedExceptionally() ? ": " + place.exceptionNow() : "");
            time.pause(AGAIN);
        }
    }

    private CompletableFuture<LogPlace> append(PoolEvent.InPool event) {
        try {
            return log.append(Topic.EVENTS, event.pool(), Contract.EVENTS, event);
        } catch (IllegalArgumentException tooLong) {
            if (event instanceof StepOutcome outcome && !outcome.transcript().isEmpty()) {
                LOG.warn("The transcript of command {} is left out: {}", outcome.command(), tooLong.getMessage());
                return log.append(Topic.EVENTS, event.pool(), Contract.EVENTS, withoutTranscript(outcome));
            }
            throw tooLong;
        }
    }

    private static StepOutcome withoutTranscript(StepOutcome outcome) {
        return new StepOutcome(
                outcome.pool(),
                outcome.command(),
                outcome.by(),
                outcome.token(),
                outcome.settled(),
                outcome.outcome(),
                outcome.ended(),
                List.of());
    }

    private void count(StepOutcome outcome) {
        switch (outcome.outcome()) {
            case Outcome.Running _ -> {
                return;
            }
            case Outcome.Done _ -> counters.done.increment();
            case Outcome.Refused _ -> counters.refused.increment();
            case Outcome.Unknown _, Outcome.Garbled _ -> counters.unknown.increment();
            case Outcome.Ineffective _, Outcome.NotReached _ -> counters.otherwise.increment();
        }
        if (outcome.settled()) {
            counters.settled.increment();
        }
    }
}
