package io.paramedic.actuator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.actuator.rung.StepRunner.Enrolled;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Gravity;
import io.paramedic.schemas.topics.Permission;
import io.paramedic.schemas.topics.Problem;
import io.paramedic.schemas.topics.Topic;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a host is told when it is enrolled. */
class EnrolmentTest {
    private final World world = new World();

    @Test
    void theHostHearsOfTheNewestRecordOfItsLog() throws Exception {
        world.append(new LeaseRecord.Hold(UUID.randomUUID(), new Scope.Pool(World.POOL), "ann", "", null));

        assertThat(enrol(new Permission.MayAct())).isInstanceOf(Enrolled.Done.class);
        assertThat(world.hosts.told()).containsExactly("h1@0");
    }

    @Test
    void noHostIsTouchedWhereTheLogDoesNotPermitActing() throws Exception {
        Problem problem =
                new Problem("paramedic.leases", "partitions", "there are too few", "", Gravity.FORBIDS_ACTING);

        assertThat(enrol(new Permission.MayOnlyObserve(List.of(problem))))
                .isInstanceOfSatisfying(
                        Enrolled.Failed.class,
                        failed -> assertThat(failed.sentence()).contains("there are too few"));
        assertThat(world.hosts.told()).isEmpty();
    }

    private Enrolled enrol(Permission permission) throws InterruptedException {
        Log log = new Log(
                KafkaConnection.plain("none:1"), "cluster", Map.of(Topic.LEASES, FakeLog.PARTITIONS), permission);
        return new Enrolment(log, world.hosts, world.log::connect).enrol(World.POOL, "h1", false);
    }
}
