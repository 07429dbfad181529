package io.paramedic.actuator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.command.Target;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.identity.HostBoot;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.inventory.Access;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Permission;
import io.paramedic.schemas.topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** One log, some hosts, and any number of actuators that live and die. */
final class World implements AutoCloseable {
    static final String POOL = "p1";
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final FakeTime time = new FakeTime();
    final FakeLog log = new FakeLog(time);
    final FakeHosts hosts = new FakeHosts();
    private final List<Actuator> actuators = new ArrayList<>();
    private int number;

    /** A process. */
    record Actuator(FakeLog.Connection connection, ActuatorService service) {
        /** As kill -9: nothing more of it arrives anywhere. */
        void kill() {
            connection.cut();
        }
    }

    Actuator startActuator() {
        return startActuator(new Permission.MayAct(), ActuatorSettings.DEFAULT);
    }

    Actuator startActuator(Permission permission, ActuatorSettings settings) {
        Actuator actuator = actuator(permission, settings);
        actuator.service.start();
        return actuator;
    }

    Actuator actuator(Permission permission, ActuatorSettings settings) {
        FakeLog.Connection connection = log.connect();
        Map<Topic, Integer> partitions =
                Arrays.stream(Topic.values()).collect(Collectors.toMap(topic -> topic, _ -> FakeLog.PARTITIONS));
        Log facts = new Log(KafkaConnection.plain("none:1"), "cluster", partitions, permission);
        Actuator actuator = new Actuator(
                connection, new ActuatorService(connection, facts, hosts, settings, "actuator-" + ++number, time));
        actuators.add(actuator);
        return actuator;
    }

    static Scope.Vm vm(String host, String name) {
        return new Scope.Vm(POOL, host, new VmId.ByName(name));
    }

    /** A destroy of one VM that may begin within the next minute. */
    Command command(String host, String name) {
        Incarnation incarnation = new Incarnation(host, FakeHosts.BOOT, 5, new UUID(1, name.hashCode()));
        Step step = new Step.DestroyDomain(
                new Target(incarnation, new VmId.ByName(name), List.of(Target.State.RUNNING)), null);
        return command(vm(host, name), step);
    }

    Command command(Scope scope, Step step) {
        return new Command(
                UUID.randomUUID(),
                "i-1",
                scope,
                step,
                time.instant().plusSeconds(60),
                new HostTime(FakeHosts.BOOT, Duration.ofHours(1)),
                null,
                "test");
    }

    Command settle(String host, UUID earlier) {
        return command(new Scope.Host(POOL, host), new Step.Settle(new HostBoot(host, FakeHosts.BOOT), earlier));
    }

    Command order(Command command) {
        log.append(Topic.COMMANDS, command.pool(), Contract.COMMANDS, command);
        return command;
    }

    void append(LeaseRecord record) {
        log.append(Topic.LEASES, record.scope().pool(), Contract.LEASES, record);
    }

    void list(String host) {
        HostRecord record = new HostRecord(host, POOL, new Access.Local(false), Map.of(), List.of());
        log.append(Topic.INVENTORY, 0, host, Contract.INVENTORY.encode(record));
    }

    /** Waits in real time while the world's time stands still. */
    static void until(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(condition::getAsBoolean);
    }

    /** Lets the world's time pass until something is so. */
    void passTimeUntil(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    if (condition.getAsBoolean()) {
                        return true;
                    }
                    time.advance(Duration.ofSeconds(1));
                    return false;
                });
    }

    <T extends PoolEvent> List<T> events(Class<T> type) {
        return log.messages(Topic.EVENTS, Contract.EVENTS).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    List<StepOutcome> outcomes(Command command) {
        return events(StepOutcome.class).stream()
                .filter(outcome -> outcome.command().equals(command.id()))
                .toList();
    }

    List<StepOutcome> finalOutcomes(Command command) {
        return outcomes(command).stream()
                .filter(outcome -> !(outcome.outcome() instanceof Outcome.Running))
                .toList();
    }

    boolean isOver(Command command) {
        return !finalOutcomes(command).isEmpty();
    }

    Outcome outcome(Command command) {
        until("an outcome of " + command.id(), () -> isOver(command));
        return finalOutcomes(command).getFirst().outcome();
    }

    List<LeaseRecord> leases() {
        return log.messages(Topic.LEASES, Contract.LEASES);
    }

    /** How often each act began. */
    void assertNothingRanTwice() {
        Map<UUID, Integer> times = new LinkedHashMap<>();
        hosts.started().forEach(id -> times.merge(id, 1, Integer::sum));
        assertThat(times.values()).allMatch(count -> count == 1);
        Map<UUID, Integer> calls = new LinkedHashMap<>();
        hosts.runCalls().forEach(id -> calls.merge(id, 1, Integer::sum));
        assertThat(calls.values()).allMatch(count -> count == 1);
    }

    /** What a dead process does: nothing, for ever. */
    static void neverReturns() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException buried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("dead", buried);
        }
    }

    @Override
    public void close() {
        for (Actuator actuator : actuators) {
            actuator.connection.cut();
            Thread closer = Thread.ofVirtual().start(actuator.service::close);
            passTimeUntil("the actuator is closed", () -> !closer.isAlive());
        }
    }
}
