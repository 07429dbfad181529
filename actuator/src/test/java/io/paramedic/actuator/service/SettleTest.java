package io.paramedic.actuator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.Scope;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders to settle an earlier command, and settlements that nobody ordered. */
class SettleTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void tellsWhatBecameOfTheEarlierCommandAndThenThatItIsSettled() {
        Command command = world.order(world.command("h1", "web"));
        world.startActuator();
        world.outcome(command);
        Command settle = world.order(world.settle("h1", command.id()));

        assertThat(world.outcome(settle)).isInstanceOf(Outcome.Done.class);
        assertThat(world.outcomes(command)).hasSize(2).last().satisfies(told -> {
            assertThat(told.settled()).isTrue();
            assertThat(told.outcome()).isEqualTo(new Outcome.Done("gone"));
        });
        world.assertNothingRanTwice();
    }

    @Test
    void makesSureThatACommandNeverRunsThatNeverRan() {
        Command command = world.command("h1", "web");
        world.order(command);
        world.append(new LeaseRecord.Claim(
                UUID.randomUUID(), command.scope(), command.id(), "dead", Duration.ofSeconds(60)));
        world.time.advance(Duration.ofSeconds(61));
        Command settle = world.order(world.settle("h1", command.id()));

        world.startActuator();
        world.passTimeUntil("both are over", () -> world.isOver(command) && world.isOver(settle));

        assertThat(world.outcome(command))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Refusal.TOMBSTONED));
        assertThat(world.hosts.runCalls()).isEmpty();
    }

    @Test
    void doesNotWaitBehindTheActThatItAsksAbout() {
        Command command = world.command("h1", "web");
        world.hosts.takesLong(command.id());
        world.order(command);
        world.startActuator();
        World.until("it is told as running", () -> !world.outcomes(command).isEmpty());

        Command settle = world.order(world.settle("h1", command.id()));

        assertThat(world.outcome(settle)).isInstanceOf(Outcome.Ineffective.class);
        assertThat(world.isOver(command)).isFalse();
        world.hosts.end(command.id());
        world.passTimeUntil("it is over", () -> world.isOver(command));
        world.assertNothingRanTwice();
    }

    @Test
    void leavesWhatItCannotSettleToTheAnalyzer() {
        Command command = world.order(world.command("h1", "web"));
        world.startActuator();
        world.outcome(command);
        world.hosts.goesAway("h1");

        Command settle = world.order(world.settle("h1", command.id()));
        World.until("the host was asked", () -> !world.hosts.settleCalls().isEmpty());
        world.passTimeUntil("it gives up", () -> world.isOver(settle));

        assertThat(world.outcome(settle)).isInstanceOf(Outcome.NotReached.class);
        assertThat(world.outcomes(command)).hasSize(1);
    }

    @Test
    void saysSoWhenTheCommandIsNotOnTheLog() {
        Command settle = world.order(world.settle("h1", UUID.randomUUID()));

        world.startActuator();

        assertThat(world.outcome(settle)).isInstanceOf(Outcome.Ineffective.class);
    }

    @Test
    void whatADeadActuatorBeganIsSettledUnderAHoldToo() {
        Command command = world.order(world.command("h1", "web"));
        world.append(new LeaseRecord.Claim(
                UUID.randomUUID(), command.scope(), command.id(), "dead", Duration.ofSeconds(60)));
        world.append(new LeaseRecord.Hold(UUID.randomUUID(), new Scope.Host(World.POOL, "h1"), "ann", "", null));

        world.startActuator();
        world.passTimeUntil("it is over", () -> world.isOver(command));

        assertThat(world.finalOutcomes(command))
                .singleElement()
                .extracting(StepOutcome::settled)
                .isEqualTo(true);
        assertThat(world.hosts.runCalls()).isEmpty();
    }

    @Test
    void aHostThatCannotWriteItDownHasNotSettledAnything() {
        Command command = world.order(world.command("h1", "web"));
        world.append(new LeaseRecord.Claim(
                UUID.randomUUID(), command.scope(), command.id(), "dead", Duration.ofSeconds(60)));
        world.hosts.isFull("h1");

        world.startActuator();
        world.passTimeUntil("it is over", () -> world.isOver(command));

        assertThat(world.outcome(command)).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void anUnreachableHostEndsAsUnknownAndIsNotAskedForEver() {
        Command command = world.order(world.command("h1", "web"));
        world.append(new LeaseRecord.Claim(
                UUID.randomUUID(), command.scope(), command.id(), "dead", Duration.ofSeconds(60)));
        world.hosts.goesAway("h1");

        world.startActuator();
        world.passTimeUntil("it is over", () -> world.isOver(command));

        assertThat(world.outcome(command)).isInstanceOf(Outcome.Unknown.class);
        assertThat(world.hosts.runCalls()).isEmpty();
    }
}
