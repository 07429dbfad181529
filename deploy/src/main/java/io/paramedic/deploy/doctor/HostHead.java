package io.paramedic.deploy.doctor;

import io.paramedic.deploy.screen.Paint;
import io.paramedic.schemas.diagnosis.Verdict.Severity;
import io.paramedic.schemas.doctor.HostReport;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals.GrantUse;
import io.paramedic.schemas.observation.HostObservation;
import io.paramedic.schemas.observation.HostObservation.Answer;
import io.paramedic.schemas.observation.HostObservation.Daemon;
import io.paramedic.schemas.observation.HostObservation.HostFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The first lines of a page: what the host says of itself. */
final class HostHead {
    private final Paint paint;

    HostHead(Paint paint) {
        this.paint = paint;
    }

    List<String> lines(HostReport.Observed report) {
        HostObservation seen = report.observation();
        HostFacts facts = seen.facts();
        List<String> lines = new ArrayList<>();
        lines.add(paint.bold(Paint.plain(report.host())) + "  " + verdict(report));
        lines.add("  " + String.join(", ", identity(facts)));
        lines.add("  up " + duration(seen.time().uptime()) + ", boot "
                + seen.time().bootId() + load(facts));
        lines.add("  xenstore " + answer(facts.xenstore()) + ", " + tool(facts) + " " + answer(facts.toolstackAnswer())
                + daemons(facts) + grants(seen));
        if (!seen.domains().isEmpty()) {
            int samples = seen.domains().stream()
                    .mapToInt(d -> d.flags().size())
                    .max()
                    .orElse(0);
            lines.add("  "
                    + paint.dim("looked at each domain " + samples + " times within " + seconds(seen.window())
                            + ", done in " + seconds(report.took())));
        }
        return lines;
    }

    private String verdict(HostReport.Observed report) {
        return switch (HostReports.outcome(report)) {
            case NOTHING_WRONG -> paint.by(Severity.OK, "nothing wrong seen");
            case SICK -> paint.by(Severity.SICK, count(report));
            case NOT_READ -> {
                String found = count(report);
                yield paint.by(
                        Severity.SICK,
                        (HostReports.listed(report) ? "partly read" : "could not be read")
                                + (found.isEmpty() ? "" : ", " + found));
            }
            case NOT_REACHED, HOST_KEY, FAULT -> throw new IllegalStateException("an observed host was reached");
        };
    }

    private static String count(HostReport.Observed report) {
        long sick = of(report, Severity.SICK);
        long suspect = of(report, Severity.SUSPECT);
        String both = sick > 0 && suspect > 0 ? ", " : "";
        return (sick > 0 ? sick + " sick" : "") + both + (suspect > 0 ? suspect + " suspect" : "");
    }

    private static long of(HostReport.Observed report, Severity severity) {
        return report.hostFindings().stream()
                        .filter(f -> f.verdict().severity() == severity)
                        .count()
                + report.domains().stream()
                        .filter(d -> d.finding().verdict().severity() == severity)
                        .count();
    }

    private static List<String> identity(HostFacts facts) {
        List<String> parts = new ArrayList<>();
        parts.add(facts.xenVersion() == null ? "Xen of unknown version" : "Xen " + Paint.plain(facts.xenVersion()));
        parts.add(
                switch (facts.toolstack()) {
                    case XL -> "plain xl";
                    case XAPI -> "XenServer/XCP-ng (XAPI)";
                    case UNKNOWN -> "no known toolstack";
                });
        parts.add(facts.scheduler() == null ? "scheduler unknown" : "scheduler " + Paint.plain(facts.scheduler()));
        parts.add(
                facts.freeMemoryMib() == null
                        ? "free memory unknown"
                        : facts.freeMemoryMib() + " of " + facts.totalMemoryMib() + " MiB free");
        return parts;
    }

    private static String load(HostFacts facts) {
        return facts.load() == null ? "" : ", dom0 load " + facts.load();
    }

    private static String tool(HostFacts facts) {
        return switch (facts.toolstack()) {
            case XAPI -> "list_domains";
            case XL -> "xl";
            case UNKNOWN -> "toolstack";
        };
    }

    private static String answer(Answer answer) {
        return switch (answer.how()) {
            case ANSWERED -> "answers in " + seconds(answer.took());
            case FAILED -> "FAILED";
            case HUNG -> "HANGS (gave up after " + seconds(answer.took()) + ")";
            case NOT_ASKED -> "not asked";
        };
    }

    private static String daemons(HostFacts facts) {
        if (facts.daemons().isEmpty()) {
            return ", daemons unknown";
        }
        return ", " + facts.daemons().stream().map(HostHead::daemon).collect(Collectors.joining(", "));
    }

    private static String daemon(Daemon daemon) {
        if (daemon.state() == null) {
            return daemon.name() + " MISSING";
        }
        return daemon.name()
                + switch (daemon.state().charAt(0)) {
                    case 'T', 't' -> " STOPPED";
                    case 'Z', 'X' -> " DEAD";
                    case 'D' -> " BLOCKED";
                    default -> " runs";
                };
    }

    private static String grants(HostObservation seen) {
        return seen.domains().stream()
                .filter(d -> d.signals().grants() != null)
                .max(Comparator.comparingInt(HostHead::frames))
                .map(d -> ", fullest grant table " + grants(d) + " (domid " + d.domid() + ")")
                .orElse(", grant tables not read");
    }

    private static int frames(DomainObservation domain) {
        GrantUse grants = domain.signals().grants();
        return grants == null || grants.maxFrames() == 0 ? 0 : 1000 * grants.frames() / grants.maxFrames();
    }

    private static String grants(DomainObservation domain) {
        GrantUse grants = domain.signals().grants();
        return grants == null ? "" : grants.frames() + "/" + grants.maxFrames() + " frames";
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static String duration(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        return time.toHours() > 0
                ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
}
