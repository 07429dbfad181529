package io.paramedic.deploy.doctor;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict.Severity;
import io.paramedic.schemas.doctor.HostReport;
import io.paramedic.schemas.observation.HostObservation;
import io.paramedic.schemas.observation.HostObservation.Answer.How;
import java.util.Set;
import java.util.stream.Stream;

/** Questions about a report that both the exit code and the page for people depend on. */
public final class HostReports {
    /** The kind of a host that let us in and made no sense. */
    static final String SENSELESS = "senseless";

    /** The kind of a host on which we failed by a bug of our own. */
    static final String FAULT = "internal-error";

    /** Sources without which a verdict is still right, though it may say less. */
    private static final Set<String> DISPENSABLE =
            Set.of("xl info", "xe", "xe vm-list", "timeout", "xensource-inventory", "/etc/xensource-inventory");

    /** How one host came out, the weightier the later. */
    public enum Outcome {
        NOTHING_WRONG,
        SICK,
        NOT_REACHED,
        NOT_READ,
        HOST_KEY,
        /** A bug of ours. */
        FAULT
    }

    private HostReports() {}

    public static Outcome outcome(HostReport report) {
        return switch (report) {
            case HostReport.Unreachable not when not.kind().startsWith("host-key") -> Outcome.HOST_KEY;
            case HostReport.Unreachable not when not.kind().equals(FAULT) -> Outcome.FAULT;
            case HostReport.Unreachable not when not.kind().equals(SENSELESS) -> Outcome.NOT_READ;
            case HostReport.Unreachable _ -> Outcome.NOT_REACHED;
            case HostReport.Observed seen when !listed(seen) || partlyRead(seen) -> Outcome.NOT_READ;
            case HostReport.Observed seen ->
                findings(seen).allMatch(f -> f.verdict().severity() == Severity.OK)
                        ? Outcome.NOTHING_WRONG
                        : Outcome.SICK;
        };
    }

    /** Whether the domains of the host are known. */
    static boolean listed(HostReport.Observed report) {
        return report.observation().facts().toolstackAnswer().how() == How.ANSWERED
                && !report.observation().domains().isEmpty();
    }

    /** Whether something was not read without which a sick domain may have been missed. */
    static boolean partlyRead(HostReport.Observed report) {
        return report.observation().unread().stream()
                .map(HostObservation.Unread::what)
                .anyMatch(
                        what -> !what.startsWith("xen-diag") && !what.startsWith("xe ") && !DISPENSABLE.contains(what));
    }

    private static Stream<Finding> findings(HostReport.Observed report) {
        return Stream.concat(
                report.hostFindings().stream(), report.domains().stream().map(HostReport.DomainFinding::finding));
    }
}
