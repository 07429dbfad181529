package io.paramedic.actuator.service;

import io.paramedic.actuator.lease.LeaseLog;
import io.paramedic.actuator.rung.StepRunner;
import io.paramedic.actuator.rung.StepRunner.Enrolled;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Permission;
import io.paramedic.schemas.topics.Problem;
import io.paramedic.schemas.topics.Topic;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes to a host on which log its orders stand. A person asks for it when a host is added or adopted; an actuator never does it
 * by itself, because a host that has lost its state must not be trusted again in silence.
 */
public final class Enrolment {
    private final Log log;
    private final StepRunner runner;
    private final Supplier<SharedLog> connection;

    /** @param id of whoever asks, for the broker's own log */
    public Enrolment(Log log, StepRunner runner, String id) {
        this(log, runner, () -> new KafkaSharedLog(log, id));
    }

    Enrolment(Log log, StepRunner runner, Supplier<SharedLog> connection) {
        this.log = log;
        this.runner = runner;
        this.connection = connection;
    }

    /**
     * Enrols one host of a pool for this log. Where the topics do not permit acting, the host is not touched.
     *
     * @param adopt replaces another log on the host
     */
    public Enrolled enrol(String pool, String host, boolean adopt) throws InterruptedException {
        return switch (log.permission()) {
            case Permission.MayAct _ -> {
                int partition = log.partition(Topic.LEASES, pool);
                LeaseLog leases = new LeaseLog(log.clusterId(), Topic.LEASES.topicName(), partition);
                yield runner.enrol(host, leases.of(pool), end(partition) - 1, adopt);
            }
            case Permission.MayOnlyObserve(List<Problem> problems) -> notOn(problems);
            case Permission.MayNotRun(List<Problem> problems) -> notOn(problems);
        };
    }

    private long end(int partition) {
        try (SharedLog shared = connection.get();
                SharedLog.Pages pages = shared.read(Topic.LEASES, List.of(partition))) {
            return pages.ends().getOrDefault(partition, 0L);
        }
    }

    private static Enrolled notOn(List<Problem> problems) {
        return new Enrolled.Failed(problems.stream()
                .map(Problem::text)
                .collect(Collectors.joining(" ", "no host is enrolled for this log until it is corrected: ", "")));
    }
}
