package io.paramedic.deploy.ring;

import io.paramedic.actuator.rung.GuardedRunner;
import io.paramedic.actuator.rung.StepRunner;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostConnector;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.LogId;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.log.LogReader;
import io.paramedic.schemas.topics.Topic;
import java.util.Optional;

/** Writes to a host which log it obeys; before that, nothing is done to it. */
public final class Enrolment {
    private Enrolment() {}

    /**
     * Enrols a host for this log.
     *
     * @param adopt whether the host is taken over though it obeys another log, or has seen more of this one than there is
     */
    public static StepRunner.Enrolled enrol(Log log, HostRecord host, HostConnector connector, boolean adopt)
            throws InterruptedException {
        int partition = log.partition(Topic.LEASES, host.pool());
        LogId id = new LogId(log.clusterId(), Topic.LEASES.topicName(), partition, host.pool());
        try (HostAccess access = connector.connect(host)) {
            StepRunner runner = new GuardedRunner(
                    name -> name.equals(host.host()) ? Optional.of(access) : Optional.empty(), Thread::sleep);
            return runner.enrol(host.host(), id, newest(log, partition), adopt);
        }
    }

    /** The offset of the last record of the leases; -1 where there is none. */
    private static long newest(Log log, int partition) {
        try (LogReader<LeaseRecord> reader =
                LogReader.of(log, "paramedic-enrolment", Topic.LEASES, Contract.LEASES, partition)) {
            Long end = reader.ends().get(partition);
            return (end == null ? 0 : end) - 1;
        }
    }
}
