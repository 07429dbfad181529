package io.paramedic.actuator.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.topics.Gravity;
import io.paramedic.schemas.topics.Permission;
import io.paramedic.schemas.topics.Problem;
import io.paramedic.schemas.topics.Topic;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of commands while the actuator lives. */
class ActuatorServiceTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void claimsActsTellsReleasesAndCommits() {
        Command command = world.order(world.command("h1", "web"));

        world.startActuator();

        assertThat(world.outcome(command)).isEqualTo(new Outcome.Done("gone"));
        World.until("it is committed", () -> world.log.committed(FakeLog.partition(World.POOL)) == 1);
        assertThat(world.leases())
                .satisfiesExactly(
                        claim -> assertThat(claim).isInstanceOf(LeaseRecord.Claim.class),
                        release -> assertThat(release).isInstanceOf(LeaseRecord.Release.class));
        StepOutcome told = world.outcomes(command).getFirst();
        assertThat(told.settled()).isFalse();
        assertThat(told.token()).isNotNull();
        assertThat(told.token().log().pool()).isEqualTo(World.POOL);
    }

    @Test
    void refusesAnExpiredCommandWithoutAClaim() {
        Command command = world.order(world.command("h1", "web"));
        world.time.advance(Duration.ofSeconds(61));
        // Any record tells the time of the log; this one is read before any command is.
        world.append(new LeaseRecord.Release(UUID.randomUUID(), World.vm("h1", "web"), "nobody"));

        world.startActuator();

        assertRefused(command, Refusal.EXPIRED);
        assertThat(world.leases())
                .noneMatch(record -> record instanceof LeaseRecord.Claim claim
                        && claim.command().equals(command.id()));
    }

    @Test
    void refusesACommandThatTurnsOutExpiredByItsOwnClaim() {
        Command command = world.order(world.command("h1", "web"));
        World.Actuator actuator = world.actuator(new Permission.MayAct(), ActuatorSettings.DEFAULT);
        actuator.connection().beforeAppend.add((_, message) -> {
            if (message instanceof LeaseRecord.Claim) {
                world.time.advance(Duration.ofSeconds(61));
            }
        });

        actuator.service().start();

        assertRefused(command, Refusal.EXPIRED);
        assertThat(world.hosts.runCalls()).isEmpty();
    }

    @Test
    void doesNotBeginWhenItWasStoppedBetweenTheClaimAndTheStep() {
        Command command = world.order(world.command("h1", "web"));
        World.Actuator actuator = world.actuator(new Permission.MayAct(), ActuatorSettings.DEFAULT);
        actuator.connection().afterAppend.add((_, message) -> {
            if (message instanceof LeaseRecord.Claim) {
                world.time.advance(Duration.ofSeconds(31));
            }
        });

        actuator.service().start();

        assertRefused(command, Refusal.LEASE_NEARLY_OVER);
        assertThat(world.hosts.runCalls()).isEmpty();
    }

    @Test
    void refusesWhatAnotherLeaseOrAHoldCovers() {
        world.append(new LeaseRecord.Claim(
                UUID.randomUUID(), World.vm("h1", "web"), UUID.randomUUID(), "other", Duration.ofSeconds(60)));
        world.append(new LeaseRecord.Hold(UUID.randomUUID(), new Scope.Host(World.POOL, "h2"), "ann", "RAM", null));
        Command leased = world.order(world.command("h1", "web"));
        Command held = world.order(world.command("h2", "db"));

        world.startActuator();

        assertRefused(leased, Refusal.LEASE_DENIED);
        assertThat(world.outcome(held))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.sentence()).contains("ann", "RAM"));
        assertThat(world.hosts.runCalls()).isEmpty();
    }

    @Test
    void carriesOutTheCommandsOfAHostInOrderAndThoseOfOthersBesideThem() throws Exception {
        Command first = world.command("h1", "web");
        Command second = world.command("h1", "db");
        Command other = world.command("h2", "mail");
        CompletableFuture<Void> mayEnd = new CompletableFuture<>();
        world.hosts.duringRun.add(command -> {
            if (command.id().equals(first.id())) {
                mayEnd.join();
            }
        });
        world.order(first);
        world.order(second);
        world.order(other);

        World.Actuator actuator = world.startActuator();

        assertThat(world.outcome(other)).isInstanceOf(Outcome.Done.class);
        assertThat(world.hosts.started()).doesNotContain(second.id());
        assertThat(world.log.committed(FakeLog.partition(World.POOL))).isZero();
        assertThat(actuator.service().metrics().running()).isEqualTo(1);
        mayEnd.complete(null);
        assertThat(world.outcome(second)).isInstanceOf(Outcome.Done.class);
        assertThat(world.hosts.started()).containsSubsequence(first.id(), second.id());
        World.until("all are committed", () -> world.log.committed(FakeLog.partition(World.POOL)) == 3);
    }

    @Test
    void tellsOfALongActThatItRunsAndThenHowItEnded() {
        Command command = world.command("h1", "web");
        world.hosts.takesLong(command.id());
        world.order(command);

        world.startActuator();
        World.until("it is told as running", () -> !world.outcomes(command).isEmpty());
        world.passTimeUntil(
                "the lease is renewed",
                () -> world.leases().stream()
                                .filter(LeaseRecord.Renewal.class::isInstance)
                                .count()
                        >= 5);
        assertThat(world.isOver(command)).isFalse();
        world.hosts.end(command.id());
        world.passTimeUntil("it is over", () -> world.isOver(command));

        assertThat(world.outcomes(command))
                .extracting(StepOutcome::outcome)
                .containsExactly(new Outcome.Running("it takes its time"), new Outcome.Done("gone"));
        world.assertNothingRanTwice();
    }

    @Test
    void asksTheHostWhenTheRungsThemselvesFail() {
        Command before = world.command("h1", "web");
        Command after = world.command("h2", "db");
        world.hosts.beforeRun.add(command -> failFor(before, command));
        world.hosts.afterEffect.add(command -> failFor(after, command));
        world.order(before);
        world.order(after);

        world.startActuator();
        World.until("both were begun", () -> world.hosts.runCalls().size() == 2);
        world.passTimeUntil("both are over", () -> world.isOver(before) && world.isOver(after));

        assertRefused(before, Refusal.TOMBSTONED);
        assertThat(world.outcome(after)).isEqualTo(new Outcome.Done("gone"));
    }

    private static void failFor(Command unlucky, Command command) {
        if (command.id().equals(unlucky.id())) {
            throw new IllegalStateException("a bug");
        }
    }

    @Test
    void saysUnknownWhenNobodyCanTell() {
        Command command = world.command("h1", "web");
        world.hosts.goesAway("h1");
        world.hosts.duringRun.add(one -> failFor(command, one));
        world.order(command);

        world.startActuator();
        World.until("it was begun", () -> world.hosts.runCalls().size() == 1);
        world.passTimeUntil("it is over", () -> world.isOver(command));

        assertThat(world.outcome(command)).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void doesNotActOnAClaimThatItCannotReadBack() {
        Command command = world.order(world.command("h1", "web"));
        World.Actuator actuator = world.actuator(new Permission.MayAct(), ActuatorSettings.DEFAULT);
        actuator.connection().beforeAppend.add((topic, _) -> actuator.connection().loses = topic == Topic.LEASES);

        actuator.service().start();

        world.passTimeUntil("it has expired", () -> world.isOver(command));
        assertRefused(command, Refusal.EXPIRED);
        assertThat(world.hosts.runCalls()).isEmpty();
    }

    @Test
    void claimsAgainWhenTheBrokerIsBack() {
        Command command = world.order(world.command("h1", "web"));
        World.Actuator actuator = world.actuator(new Permission.MayAct(), ActuatorSettings.DEFAULT);
        AtomicBoolean first = new AtomicBoolean(true);
        actuator.connection()
                .beforeAppend
                .add((topic, _) -> actuator.connection().loses = topic == Topic.LEASES && first.getAndSet(false));

        actuator.service().start();
        world.passTimeUntil("it is over", () -> world.isOver(command));

        assertThat(world.finalOutcomes(command)).hasSize(1);
        assertThat(world.outcome(command)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void tellsADenialAgainWhenTheCommandComesAgain() {
        UUID hold = UUID.randomUUID();
        Scope.Host scope = new Scope.Host(World.POOL, "h1");
        Command command = world.order(world.command("h1", "web"));
        world.append(new LeaseRecord.Hold(hold, scope, "ann", "RAM", null));
        world.append(new LeaseRecord.Claim(
                UUID.randomUUID(), command.scope(), command.id(), "dead", Duration.ofSeconds(60)));
        world.append(new LeaseRecord.Release(hold, scope, "ann"));

        world.startActuator();

        assertRefused(command, Refusal.LEASE_DENIED);
        assertThat(world.hosts.runCalls()).isEmpty();
    }

    @Test
    void findsAClaimByReadingWhenItsAcknowledgementIsLost() {
        Command command = world.order(world.command("h1", "web"));
        World.Actuator actuator = world.actuator(new Permission.MayAct(), ActuatorSettings.DEFAULT);
        actuator.connection()
                .beforeAppend
                .add((topic, _) -> actuator.connection().acknowledges = topic != Topic.LEASES);

        actuator.service().start();
        World.until("it has acted", () -> world.isOver(command));

        assertThat(world.outcome(command)).isInstanceOf(Outcome.Done.class);
        assertThat(world.leases().stream().filter(LeaseRecord.Claim.class::isInstance))
                .hasSize(1);
    }

    @Test
    void putsAwayACommandThatNobodyCanReadAndGoesOn() {
        int partition = FakeLog.partition(World.POOL);
        world.log.append(Topic.COMMANDS, partition, World.POOL, "rubbish".getBytes(UTF_8));
        Command command = world.order(world.command("h1", "web"));

        world.startActuator();

        assertThat(world.outcome(command)).isInstanceOf(Outcome.Done.class);
        World.until("both are committed", () -> world.log.committed(partition) == 2);
        assertThat(world.log.messages(Topic.QUARANTINE, Contract.QUARANTINE))
                .singleElement()
                .satisfies(refused -> assertThat(refused.topic()).isEqualTo(Topic.COMMANDS.topicName()));
    }

    @Test
    void refusesEverythingForAWhileAfterALeaseRecordThatNobodyCanRead() {
        int partition = FakeLog.partition(World.POOL);
        world.log.append(Topic.LEASES, partition, World.POOL, new byte[] {1});
        Command command = world.order(world.command("h1", "web"));

        world.startActuator();

        assertRefused(command, Refusal.LEASE_DENIED);
        World.until(
                "it is in quarantine",
                () -> world.log.messages(Topic.QUARANTINE, Contract.QUARANTINE).size() == 1);
        world.time.advance(Duration.ofMinutes(11));
        assertThat(world.outcome(world.order(world.command("h1", "web")))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void touchesNothingWhereTheLogDoesNotPermitActing() {
        Problem problem = new Problem(
                "paramedic.leases",
                "retention.ms",
                "leases are kept for too short a time",
                "kafka-configs.sh",
                Gravity.FORBIDS_ACTING);
        Command command = world.order(world.command("h1", "web"));

        world.startActuator(new Permission.MayOnlyObserve(List.of(problem)), ActuatorSettings.DEFAULT);

        assertThat(world.outcome(command))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.sentence())
                                .contains("leases are kept for too short a time", "kafka-configs.sh"));
        assertThat(world.leases()).isEmpty();
        assertThat(world.hosts.runCalls()).isEmpty();
    }

    @Test
    void settlesWhatRunsWhereTheLogDoesNotPermitActing() {
        Problem problem = new Problem("paramedic.leases", "retention.ms", "too short", "", Gravity.FORBIDS_ACTING);
        Command command = world.command("h1", "web");
        world.hosts.takesLong(command.id());
        World.Actuator first = world.actuator(new Permission.MayAct(), ActuatorSettings.DEFAULT);
        world.order(command);
        first.service().start();
        World.until("it runs", () -> !world.outcomes(command).isEmpty());
        first.kill();
        Command settle = world.order(world.settle("h1", command.id()));

        world.startActuator(new Permission.MayOnlyObserve(List.of(problem)), ActuatorSettings.DEFAULT);
        world.passTimeUntil(
                "its lease is over and it is asked about",
                () -> !world.hosts.settleCalls().isEmpty());
        assertThat(world.isOver(command)).isFalse();
        world.hosts.end(command.id());
        world.passTimeUntil("both are over", () -> world.isOver(command) && world.isOver(settle));

        assertThat(world.outcome(command)).isEqualTo(new Outcome.Done("gone"));
        assertThat(world.leases())
                .noneMatch(record -> record instanceof LeaseRecord.Claim claim
                        && !claim.command().equals(command.id()));
        world.assertNothingRanTwice();
    }

    @Test
    void theActOfALostPartitionGoesOnAndTheNewOwnerWaitsForIt() {
        Command command = world.command("h1", "web");
        CompletableFuture<Void> mayEnd = new CompletableFuture<>();
        world.hosts.duringRun.add(_ -> mayEnd.join());
        world.order(command);
        world.startActuator();
        World.until("it runs", () -> world.hosts.started().contains(command.id()));

        World.Actuator second = world.startActuator();
        AtomicBoolean joined = new AtomicBoolean();
        World.until("the second has joined", () -> {
            try {
                if (!joined.get()) {
                    world.log.give(FakeLog.partition(World.POOL), second.connection());
                    joined.set(true);
                }
                return true;
            } catch (IllegalStateException notYet) {
                return false;
            }
        });
        World.until("the second has it too", () -> second.service().metrics().running() == 1);
        assertThat(world.hosts.settleCalls()).isEmpty();
        mayEnd.complete(null);

        assertThat(world.outcome(command)).isInstanceOf(Outcome.Done.class);
        World.until("the second commits it", () -> world.log.committed(FakeLog.partition(World.POOL)) == 1);
        assertThat(world.outcomes(command)).singleElement().satisfies(told -> {
            assertThat(told.by()).isEqualTo("actuator-1");
            assertThat(told.settled()).isFalse();
        });
        world.assertNothingRanTwice();
    }

    @Test
    void aCloseWaitsForWhatRunsAndBeginsNothingMore() throws Exception {
        Command first = world.command("h1", "web");
        Command second = world.command("h1", "db");
        CompletableFuture<Void> mayEnd = new CompletableFuture<>();
        world.hosts.duringRun.add(_ -> mayEnd.join());
        world.order(first);
        world.order(second);
        World.Actuator actuator = world.startActuator();
        World.until(
                "one runs and one waits",
                () -> world.hosts.started().contains(first.id())
                        && actuator.service().metrics().waiting() == 1);

        Thread closer = Thread.ofVirtual().start(actuator.service()::close);
        World.until("nothing waits any more", () -> actuator.service().metrics().waiting() == 0);
        mayEnd.complete(null);
        closer.join();

        assertThat(world.outcome(first)).isInstanceOf(Outcome.Done.class);
        assertThat(world.log.committed(FakeLog.partition(World.POOL))).isEqualTo(1);
        assertThat(world.isOver(second)).isFalse();
        world.startActuator();
        assertThat(world.outcome(second)).isInstanceOf(Outcome.Done.class);
        world.assertNothingRanTwice();
    }

    private void assertRefused(Command command, Refusal reason) {
        assertThat(world.outcome(command))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
