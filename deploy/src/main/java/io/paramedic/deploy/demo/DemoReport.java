package io.paramedic.deploy.demo;

import io.paramedic.deploy.simulation.account.Deed;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.incident.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a demonstration, from the hosts' own record. What Paramedic says of itself is shown beside it and decides
 * nothing, except that a zombie must have been explained.
 *
 * @param factor by which the times were shorter than real ones
 * @param took from the start of the ring to the end
 * @param faults what happened to each fault, in the order in which they befell
 * @param incidents what Paramedic took for an incident, in the order of their opening
 * @param healthyVmsTouched commands outside the read-only list that named or hit somebody who was not sick, or nobody
 * @param duplicateActions acts that had the same effect on the same incarnation as an earlier one
 * @param touches the commands that {@code healthyVmsTouched} counts
 */
public record DemoReport(
        long seed,
        double factor,
        Duration took,
        List<FaultLine> faults,
        List<IncidentLine> incidents,
        long healthyVmsTouched,
        long duplicateActions,
        List<Deed> touches) {
    /** What became of a fault. */
    public enum End {
        /** The guest answers its probe in a new incarnation. */
        RECOVERED,
        /** An incident names what is wrong and who is the cause, and nothing was done. */
        EXPLAINED,
        /** Neither. */
        OPEN
    }

    /**
     * @param toVerdict from the fault to the first confirmed incident about it
     * @param toRecovery from the fault until the new incarnation answered
     */
    public record FaultLine(
            Injected injected,
            End end,
            @Nullable Duration toVerdict,
            @Nullable Duration toRecovery) {}

    /**
     * @param fault that it is about; absent where nothing was made wrong there
     * @param vm the name of the VM, or what else the incident is about
     * @param witnesses the channels by which the domain could be told hung from idle
     */
    public record IncidentLine(
            String pool,
            String id,
            @Nullable Fault fault,
            String vm,
            Verdict verdict,
            Phase phase,
            List<String> witnesses,
            List<String> evidence,
            List<RungLine> rungs,
            @Nullable Duration toVerdict,
            @Nullable Duration toRecovery) {
        public IncidentLine {
            witnesses = List.copyOf(witnesses);
            evidence = List.copyOf(evidence);
            rungs = List.copyOf(rungs);
        }
    }

    /**
     * @param start when it was ordered, in append time
     * @param end when its outcome was taken; absent while there is none
     * @param outcome its last known outcome, for example {@code done}; {@code none} where there is none
     */
    public record RungLine(
            String rung,
            String command,
            @Nullable Instant start,
            @Nullable Instant end,
            String outcome,
            String sentence) {}

    public DemoReport {
        faults = List.copyOf(faults);
        incidents = List.copyOf(incidents);
        touches = List.copyOf(touches);
    }

    public long injected() {
        return faults.size();
    }

    public long recovered() {
        return count(End.RECOVERED);
    }

    public long explained() {
        return count(End.EXPLAINED);
    }

    private long count(End end) {
        return faults.stream().filter(fault -> fault.end() == end).count();
    }

    /** Every fault was recovered or, where nothing can be done, explained; nobody else was touched, and nothing done twice. */
    public boolean passed() {
        return faults.stream().allMatch(fault -> fault.end() == wanted(fault))
                && !faults.isEmpty()
                && healthyVmsTouched == 0
                && duplicateActions == 0;
    }

    private static End wanted(FaultLine fault) {
        return fault.injected().fault().curable() ? End.RECOVERED : End.EXPLAINED;
    }
}
