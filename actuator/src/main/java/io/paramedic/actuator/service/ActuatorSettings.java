package io.paramedic.actuator.service;

import io.paramedic.actuator.lease.LeaseBook;
import java.time.Duration;

/**
 * The lengths and limits of an actuator. Where the times of a whole ring are scaled, all of them are scaled by one factor.
 *
 * @param lease how long a claim asks for; a step begins only with at least half of it left
 * @param renewEvery how often a lease is renewed while its act runs; a third of the lease at most
 * @param patience how long the rungs wait for an act before it is told as running; bounds the waiting, never the act
 * @param askEvery how long between two questions about an act that runs, a host that is busy or one that does not answer
 * @param settleFor how long a host is asked for what became of a command before it is told as unknown
 * @param concurrency how many commands of one partition are carried out at once, 1 to 1024; of one host it is always one
 * @param backlog how many commands of one partition may wait here before no more are fetched
 * @param holdsRecordedAgain after how long a hold is repeated on the log, lest it be deleted there before it is released
 * @param closing how long a close waits for acts that run; they go on and are settled by who comes next
 */
public record ActuatorSettings(
        Duration lease,
        Duration renewEvery,
        Duration patience,
        Duration askEvery,
        Duration settleFor,
        int concurrency,
        int backlog,
        Duration holdsRecordedAgain,
        Duration closing) {
    /** What the design says, and what goes with it. */
    public static final ActuatorSettings DEFAULT = new ActuatorSettings(
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            Duration.ofSeconds(90),
            Duration.ofSeconds(5),
            Duration.ofMinutes(2),
            32,
            256,
            Duration.ofHours(12),
            Duration.ofSeconds(10));

    public ActuatorSettings {
        require("lease", lease, LeaseBook.LONGEST_LEASE);
        require("renewEvery", renewEvery, lease.dividedBy(3));
        require("patience", patience, Duration.ofHours(1));
        require("askEvery", askEvery, Duration.ofMinutes(1));
        require("settleFor", settleFor, Duration.ofHours(1));
        // Of the shortest retention of the topic, a week, it leaves enough for an actuator that was down for days.
        require("holdsRecordedAgain", holdsRecordedAgain, Duration.ofDays(3));
        require("closing", closing, Duration.ofMinutes(5));
        require("concurrency", concurrency, 1024);
        require("backlog", backlog, 100_000);
    }

    /** The same with every length multiplied; for demonstrations, which have no minutes to spare. */
    public ActuatorSettings scaled(double factor) {
        return new ActuatorSettings(
                scaled(lease, factor),
                scaled(renewEvery, factor),
                scaled(patience, factor),
                scaled(askEvery, factor),
                scaled(settleFor, factor),
                concurrency,
                backlog,
                holdsRecordedAgain,
                closing);
    }

    private static Duration scaled(Duration length, double factor) {
        return Duration.ofNanos(Math.round(length.toNanos() * factor));
    }

    private static void require(String name, Duration value, Duration most) {
        if (!value.isPositive() || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be above zero and at most " + most);
        }
    }

    private static void require(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be 1 to " + most);
        }
    }
}
