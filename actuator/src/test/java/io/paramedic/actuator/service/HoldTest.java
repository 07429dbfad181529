package io.paramedic.actuator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.event.HoldTold;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.topics.Permission;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Holds reach the hosts. */
class HoldTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void eachHostOfThePoolIsToldAndTheLogHearsOfIt() {
        world.list("h1");
        world.list("h2");
        world.startActuator();
        UUID hold = hold(new Scope.Pool(World.POOL));

        world.passTimeUntil("both are told", () -> told(hold, true) == 2);
        world.list("h3");
        world.passTimeUntil("the host that came later is told", () -> told(hold, true) == 3);

        assertThat(world.events(HoldTold.class)).extracting(HoldTold::host).containsExactlyInAnyOrder("h1", "h2", "h3");
    }

    @Test
    void aBusyHostIsToldAgainWhenItIsIdle() {
        world.hosts.isBusy("h1", true);
        world.startActuator();
        UUID hold = hold(World.vm("h1", "web"));
        world.passTimeUntil(
                "it was told twice while busy", () -> world.hosts.told().size() >= 2);
        assertThat(told(hold, false)).isEqualTo(1);
        assertThat(told(hold, true)).isZero();

        world.hosts.isBusy("h1", false);
        world.passTimeUntil("it is idle", () -> told(hold, true) == 1);

        int times = world.hosts.told().size();
        world.time.advance(Duration.ofMinutes(1));
        assertThat(world.hosts.told()).hasSize(times);
    }

    @Test
    void aHostThatDoesNotAnswerIsToldLater() {
        world.hosts.goesAway("h1");
        world.startActuator();
        UUID hold = hold(new Scope.Host(World.POOL, "h1"));
        world.passTimeUntil("it was tried", () -> !world.hosts.told().isEmpty());
        assertThat(world.events(HoldTold.class)).isEmpty();

        world.hosts.comesBack("h1");

        world.passTimeUntil("it is told", () -> told(hold, true) == 1);
    }

    @Test
    void aNewActuatorTellsWhatNobodyKnowsToBeTold() {
        UUID hold = hold(new Scope.Host(World.POOL, "h1"));
        UUID over = hold(new Scope.Host(World.POOL, "h2"));
        world.append(new LeaseRecord.Release(over, new Scope.Host(World.POOL, "h2"), "bob"));

        world.startActuator();

        world.passTimeUntil("it is told", () -> told(hold, true) == 1);
        assertThat(world.hosts.told()).containsOnly("h1");
    }

    @Test
    void anOldHoldIsRepeatedBeforeTheLogForgetsIt() {
        UUID hold = hold(new Scope.Host(World.POOL, "h1"));
        world.startActuator();
        world.passTimeUntil("it is told", () -> told(hold, true) == 1);

        world.time.advance(Duration.ofHours(13));
        world.passTimeUntil("it is repeated", () -> recorded(hold) == 2);
        world.time.advance(Duration.ofMinutes(1));
        world.time.advance(Duration.ofMinutes(1));

        assertThat(recorded(hold)).isEqualTo(2);
        assertThat(told(hold, true)).isEqualTo(1);
    }

    @Test
    void anActuatorThatCanTellNoMoreHoldsSaysSo() {
        World.Actuator actuator = world.actuator(new Permission.MayAct(), ActuatorSettings.DEFAULT);
        actuator.connection().beforeAppend.add((_, message) -> {
            if (message instanceof LeaseRecord.Hold) {
                throw new IllegalStateException("a bug");
            }
        });
        UUID hold = hold(new Scope.Host(World.POOL, "h1"));
        actuator.service().start();
        world.passTimeUntil("it is told", () -> told(hold, true) == 1);

        world.time.advance(Duration.ofHours(13));
        world.passTimeUntil("it has failed", () -> actuator.service().failure().isDone());

        assertThat(actuator.service().failure().join()).contains("no more holds", "a bug");
    }

    private long recorded(UUID hold) {
        return world.leases().stream()
                .filter(record ->
                        record instanceof LeaseRecord.Hold && record.lease().equals(hold))
                .count();
    }

    private UUID hold(Scope scope) {
        UUID id = UUID.randomUUID();
        world.append(new LeaseRecord.Hold(id, scope, "ann", "works here", null));
        return id;
    }

    private long told(UUID hold, boolean idle) {
        return world.events(HoldTold.class).stream()
                .filter(told -> told.hold().equals(hold) && told.idle() == idle)
                .count();
    }
}
