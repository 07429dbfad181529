package io.paramedic.actuator.service;

import io.paramedic.actuator.rung.StepRunner;
import io.paramedic.actuator.rung.StepRunner.Ended;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.lease.FencingToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a host what became of a command until there is a final answer. An act that runs is asked about for as long as it runs. */
final class Inquiry {
    private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);

    private final StepRunner runner;
    private final Outcomes outcomes;
    private final Time time;
    private final Duration askEvery;
    private final Duration limit;

    Inquiry(StepRunner runner, Outcomes outcomes, Time time, ActuatorSettings settings) {
        this.runner = runner;
        this.outcomes = outcomes;
        this.time = time;
        this.askEvery = settings.askEvery();
        this.limit = settings.settleFor();
    }

    /** Asks once. */
    Ended ask(Command original, FencingToken token) throws InterruptedException {
        try {
            return runner.settle(original, token);
        } catch (RuntimeException bug) {
            LOG.error("Command {} could not be settled", original.id(), bug);
            return new Ended(new Outcome.Unknown("our own mistake while asking the host: " + bug), null, List.of());
        }
    }

    /**
     * Asks until the answer is final, telling once that the act runs.
     *
     * @param told the answer so far; returned at once if it is final
     * @param settled whether somebody else had begun the command
     * @return empty where the host gave no final answer for as long as one asks
     */
    Optional<Ended> untilFinal(Command original, FencingToken token, Ended told, boolean settled)
            throws InterruptedException {
        Ended latest = told;
        boolean running = false;
        long since = time.nanos();
        while (!isFinal(latest.outcome())) {
            if (latest.outcome() instanceof Outcome.Running) {
                since = time.nanos();
                if (!running) {
                    outcomes.tell(original, token, settled, latest);
                }
                running = true;
            } else if (time.since(since).compareTo(limit) > 0) {
                return Optional.empty();
            }
            time.pause(askEvery);
            latest = ask(original, token);
        }
        return Optional.of(latest);
    }

    /**
     * Whether the host has said what became of the command, and not only that it would not or could not say. Of a command that was
     * claimed a host says two refusals: it can never run, or it came too late and did not. Every other one refuses the question.
     */
    static boolean isFinal(Outcome answer) {
        return switch (answer) {
            case Outcome.Done _, Outcome.Ineffective _ -> true;
            case Outcome.Refused refused ->
                refused.reason() == Refusal.TOMBSTONED || refused.reason() == Refusal.EVIDENCE_TOO_OLD;
            case Outcome.NotReached _, Outcome.Running _, Outcome.Unknown _, Outcome.Garbled _ -> false;
        };
    }
}
