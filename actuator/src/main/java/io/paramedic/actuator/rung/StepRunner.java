package io.paramedic.actuator.rung;

import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.lease.LogId;
import io.paramedic.schemas.lease.Scope;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs steps on hosts through the guard. Failures of hosts are values; what is thrown is a bug of ours. */
public interface StepRunner {
    /**
     * Runs one step under a granted claim; blocks until a final outcome or until {@code patience} is over, then {@link
     * Outcome.Running}.
     *
     * @param patience bounds the waiting, never the act
     */
    Ended run(Command command, FencingToken token, Duration patience) throws InterruptedException;

    /** Finds out what became of a command, or makes sure that it can never run. */
    Ended settle(Command original, FencingToken token) throws InterruptedException;

    /** Tells a host of a hold; its token refuses all older ones. */
    Told tell(String host, Scope scope, FencingToken token) throws InterruptedException;

    /**
     * Writes the log id to a host.
     *
     * @param newest offset of the log's last record; a log that ends before the host's last token is another one
     * @param adopt replaces another log
     */
    Enrolled enrol(String host, LogId log, long newest, boolean adopt) throws InterruptedException;

    /**
     * What became of a step.
     *
     * @param at the host's time at the end; absent where the host did not tell
     * @param transcript what was run and what it really printed, in order
     */
    record Ended(Outcome outcome, @Nullable HostTime at, List<StepOutcome.Ran> transcript) {
        public Ended {
            transcript = List.copyOf(transcript);
        }
    }

    /** What a host said of a hold. */
    sealed interface Told {
        /** It was told, and no act runs. */
        record Idle(HostTime time) implements Told {}

        /** It was told, and an act still runs. */
        record Busy(HostTime time) implements Told {}

        /** It was not told, or nobody knows whether it was. */
        record NotTold(String why) implements Told {}
    }

    /** What became of an enrolment. */
    sealed interface Enrolled {
        record Done() implements Enrolled {}

        /** The host already has this log. */
        record Already() implements Enrolled {}

        /** The host has another log, or this one ends before the host's last token; {@code adopt} would replace it. */
        record OtherLog(LogId there, String sentence) implements Enrolled {}

        record Failed(String sentence) implements Enrolled {}
    }
}
