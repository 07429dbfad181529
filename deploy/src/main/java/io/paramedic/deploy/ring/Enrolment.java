package io.paramedic.deploy.ring;

import io.paramedic.actuator.rung.GuardedRunner;
import io.paramedic.actuator.rung.StepRunner;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostConnector;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.log.Log;
import java.util.Optional;

/** Enrols one host over a connection of its own; before that, nothing is done to it. */
public final class Enrolment {
    private static final String CLIENT = "paramedic-enrolment";

    private Enrolment() {}

    /**
     * Enrols a host for this log.
     *
     * @param adopt whether the host is taken over though it obeys another log, or has seen more of this one than there is
     */
    public static StepRunner.Enrolled enrol(Log log, HostRecord host, HostConnector connector, boolean adopt)
            throws InterruptedException {
        try (HostAccess access = connector.connect(host)) {
            StepRunner runner = new GuardedRunner(
                    name -> name.equals(host.host()) ? Optional.of(access) : Optional.empty(), Thread::sleep);
            return new io.paramedic.actuator.service.Enrolment(log, runner, CLIENT)
                    .enrol(host.pool(), host.host(), adopt);
        }
    }
}
