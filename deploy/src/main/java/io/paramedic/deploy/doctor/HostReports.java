package io.paramedic.deploy.doctor;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict.Severity;
import io.paramedic.schemas.doctor.HostReport;
import io.paramedic.schemas.observation.HostObservation.Answer.How;
import java.util.stream.Stream;

/** Questions about a report that both the exit code and the page for people depend on. */
public final class HostReports {
    /** The kind of a host that let us in and made no sense. */
    static final String SENSELESS = "senseless";

    /** How one host came out, the weightier the later. */
    public enum Outcome {
        NOTHING_WRONG,
        SICK,
        NOT_REACHED,
        NOT_READ,
        HOST_KEY
    }

    private HostReports() {}

    public static Outcome outcome(HostReport report) {
        return switch (report) {
            case HostReport.Unreachable not when not.kind().startsWith("host-key") -> Outcome.HOST_KEY;
            case HostReport.Unreachable not when not.kind().equals(SENSELESS) -> Outcome.NOT_READ;
            case HostReport.Unreachable _ -> Outcome.NOT_REACHED;
            case HostReport.Observed seen when !listed(seen) -> Outcome.NOT_READ;
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

    private static Stream<Finding> findings(HostReport.Observed report) {
        return Stream.concat(
                report.hostFindings().stream(), report.domains().stream().map(HostReport.DomainFinding::finding));
    }
}
