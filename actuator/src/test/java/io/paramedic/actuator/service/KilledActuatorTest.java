package io.paramedic.actuator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.topics.Permission;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Actuators that end as by kill -9 at each moment of a command, and those that come after them. */
class KilledActuatorTest {
    /** Where the first actuator ends. */
    enum Moment {
        BEFORE_THE_CLAIM,
        AFTER_THE_CLAIM,
        BEFORE_THE_RUN,
        DURING_THE_RUN,
        AFTER_THE_EFFECT,
        BEFORE_THE_OUTCOME,
        AFTER_THE_OUTCOME,
        AFTER_THE_RELEASE
    }

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource
    void nothingRunsTwiceAndEveryCommandGetsItsOutcome(Moment moment) {
        AtomicBoolean dead = killedAt(moment);
        Command command = world.order(world.command("h1", "web"));
        World.until("the first actuator is dead", dead::get);

        world.startActuator();
        if (moment == Moment.DURING_THE_RUN) {
            world.passTimeUntil(
                    "it is seen to run", () -> !world.outcomes(command).isEmpty());
            assertThat(world.outcomes(command).getFirst().outcome()).isInstanceOf(Outcome.Running.class);
            world.hosts.end(command.id());
        }
        if (moment == Moment.BEFORE_THE_CLAIM) {
            World.until("it is over before it can expire", () -> world.isOver(command));
        }
        world.passTimeUntil("it is over and committed", () -> world.isOver(command) && isCommitted());

        world.assertNothingRanTwice();
        // Only between the outcome and the release is it told again, because nothing on the leases says that it was
        // told.
        assertThat(world.finalOutcomes(command)).hasSize(moment == Moment.AFTER_THE_OUTCOME ? 2 : 1);
        StepOutcome told = world.finalOutcomes(command).getFirst();
        switch (moment) {
            case BEFORE_THE_CLAIM -> {
                assertThat(told.outcome()).isEqualTo(new Outcome.Done("gone"));
                assertThat(told.settled()).isFalse();
            }
            case AFTER_THE_CLAIM, BEFORE_THE_RUN -> {
                assertThat(told.outcome())
                        .isInstanceOfSatisfying(
                                Outcome.Refused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(Refusal.TOMBSTONED));
                assertThat(told.settled()).isTrue();
                assertThat(world.hosts.started()).isEmpty();
            }
            case DURING_THE_RUN, AFTER_THE_EFFECT, BEFORE_THE_OUTCOME -> {
                assertThat(told.outcome()).isEqualTo(new Outcome.Done("gone"));
                assertThat(told.settled()).isTrue();
            }
            case AFTER_THE_OUTCOME ->
                assertThat(world.finalOutcomes(command))
                        .extracting(StepOutcome::outcome)
                        .containsOnly(new Outcome.Done("gone"));
            case AFTER_THE_RELEASE -> {
                assertThat(told.settled()).isFalse();
                assertThat(world.hosts.settleCalls()).isEmpty();
            }
        }
    }

    @Test
    void manyDeathsInARowLeaveOneActAndOneOutcome() {
        AtomicBoolean first = killedAt(Moment.DURING_THE_RUN);
        Command command = world.order(world.command("h1", "web"));
        World.until("the first actuator is dead", first::get);
        for (int i = 0; i < 3; i++) {
            World.Actuator next = world.startActuator();
            int before = world.hosts.settleCalls().size();
            world.passTimeUntil("it asks", () -> world.hosts.settleCalls().size() > before);
            next.kill();
        }
        world.hosts.end(command.id());

        world.startActuator();
        world.passTimeUntil("it is over", () -> world.isOver(command));

        world.assertNothingRanTwice();
        assertThat(world.finalOutcomes(command)).hasSize(1);
    }

    private boolean isCommitted() {
        return world.log.committed(FakeLog.partition(World.POOL)) == 1;
    }

    private AtomicBoolean killedAt(Moment moment) {
        World.Actuator first = world.actuator(new Permission.MayAct(), ActuatorSettings.DEFAULT);
        AtomicBoolean dead = new AtomicBoolean();
        Runnable die = () -> {
            first.kill();
            dead.set(true);
        };
        Runnable dieOnTheWay = () -> {
            // The hosts outlive it: only the first actuator ends here.
            if (!dead.get()) {
                die.run();
                World.neverReturns();
            }
        };
        switch (moment) {
            case BEFORE_THE_CLAIM ->
                first.connection().beforeAppend.add((_, message) -> {
                    if (message instanceof LeaseRecord.Claim) {
                        die.run();
                    }
                });
            case AFTER_THE_CLAIM ->
                first.connection().afterAppend.add((_, message) -> {
                    if (message instanceof LeaseRecord.Claim) {
                        die.run();
                    }
                });
            case BEFORE_THE_RUN -> world.hosts.beforeRun.add(_ -> dieOnTheWay.run());
            case DURING_THE_RUN -> world.hosts.duringRun.add(_ -> dieOnTheWay.run());
            case AFTER_THE_EFFECT -> world.hosts.afterEffect.add(_ -> dieOnTheWay.run());
            case BEFORE_THE_OUTCOME ->
                first.connection().beforeAppend.add((_, message) -> {
                    if (message instanceof StepOutcome) {
                        die.run();
                    }
                });
            case AFTER_THE_OUTCOME ->
                first.connection().afterAppend.add((_, message) -> {
                    if (message instanceof StepOutcome) {
                        die.run();
                    }
                });
            case AFTER_THE_RELEASE ->
                first.connection().afterAppend.add((_, message) -> {
                    if (message instanceof LeaseRecord.Release) {
                        die.run();
                    }
                });
        }
        first.service().start();
        return dead;
    }
}
