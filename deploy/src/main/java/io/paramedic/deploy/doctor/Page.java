package io.paramedic.deploy.doctor;

import io.paramedic.deploy.screen.Columns;
import io.paramedic.deploy.screen.Paint;
import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.diagnosis.Verdict.Severity;
import io.paramedic.schemas.doctor.HostReport;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One host's report as a person reads it: the host, its domains, what is wrong with evidence and advice, what was not seen. */
public final class Page {
    private static final int WIDE = 118;
    private static final int LONGEST_NAME = 32;
    private static final int LONGEST_LINE = 120;
    private static final int INDENT = 13;

    private final Paint paint;
    private final int width;
    private final boolean details;

    /**
     * @param width of the terminal in characters; a narrow one gets uuids cut to their first block
     * @param details whether domains with nothing wrong are explained too
     */
    public Page(Paint paint, int width, boolean details) {
        this.paint = paint;
        this.width = width;
        this.details = details;
    }

    public String of(HostReport report) {
        List<String> lines = switch (report) {
            case HostReport.Observed seen -> observed(seen);
            case HostReport.Unreachable not -> unreachable(not);
        };
        return String.join("\n", lines) + "\n";
    }

    private List<String> unreachable(HostReport.Unreachable report) {
        return List.of(
                paint.bold(Paint.plain(report.host())) + "  "
                        + paint.by(Severity.SICK, report.kind().replace('-', ' ')),
                "  " + Paint.plain(report.sentence()));
    }

    private List<String> observed(HostReport.Observed report) {
        List<String> lines = new ArrayList<>(new HostHead(paint).lines(report));
        report.hostFindings().forEach(f -> explain(lines, "the host", f));
        table(lines, report);
        Map<Integer, DomainObservation> domains =
                report.observation().domains().stream().collect(Collectors.toMap(DomainObservation::domid, d -> d));
        for (HostReport.DomainFinding domain : report.domains()) {
            DomainObservation seen = domains.get(domain.domid());
            Finding finding = domain.finding();
            boolean worth = finding.verdict().severity() != Severity.OK
                    || (domain.domid() != 0 && !finding.harmful().isEmpty());
            if (seen != null && (worth || details)) {
                explain(lines, domain.domid() + " " + name(seen), domain.finding());
            }
        }
        unread(lines, report.observation().unread());
        return lines;
    }

    private void table(List<String> lines, HostReport.Observed report) {
        if (report.observation().domains().isEmpty()) {
            lines.add("");
            lines.add("  its domains could not be listed");
            return;
        }
        Map<Integer, Verdict> verdicts = report.domains().stream()
                .collect(Collectors.toMap(
                        HostReport.DomainFinding::domid, d -> d.finding().verdict()));
        Columns table = new Columns(List.of(true, false, false, false, true, true, false, false));
        table.add(List.of("DOMID", "NAME", "UUID", "TYPE", "VCPUS", "MIB", "CONDITION", "VERDICT"));
        for (DomainObservation d : report.observation().domains()) {
            table.add(List.of(
                    Integer.toString(d.domid()),
                    cut(name(d)),
                    width >= WIDE
                            ? d.handle().toString()
                            : d.handle().toString().substring(0, 8),
                    type(d),
                    Integer.toString(d.vcpusOnline()),
                    Long.toString(d.memoryMib()),
                    condition(d.condition()),
                    word(verdicts.getOrDefault(d.domid(), Verdict.UNDECIDED))));
        }
        List<String> rows = table.lines();
        lines.add("");
        lines.add("  " + paint.dim(rows.getFirst()));
        for (int i = 1; i < rows.size(); i++) {
            Verdict verdict = verdicts.getOrDefault(
                    report.observation().domains().get(i - 1).domid(), Verdict.UNDECIDED);
            String word = word(verdict);
            String row = rows.get(i);
            lines.add("  " + row.substring(0, row.length() - word.length()) + paint.by(verdict.severity(), word));
        }
    }

    private void explain(List<String> lines, String whose, Finding finding) {
        lines.add("");
        lines.add("  " + paint.bold(whose) + ": " + paint.by(finding.verdict().severity(), word(finding.verdict())));
        block(lines, "because", finding.evidence());
        block(lines, "do", finding.advice());
        block(lines, "never", finding.harmful());
        lines.add("    " + paint.dim("rests on " + finding.source()));
    }

    private void block(List<String> lines, String title, List<String> sentences) {
        for (int i = 0; i < sentences.size(); i++) {
            List<String> wrapped = wrap(Paint.plain(sentences.get(i)), Math.min(width, LONGEST_LINE) - INDENT - 1);
            lines.add("    %-8s %s".formatted(i == 0 ? title : "", wrapped.getFirst()));
            wrapped.stream().skip(1).forEach(line -> lines.add(" ".repeat(INDENT + 2) + line));
        }
    }

    /** Breaks at blanks; a word longer than a line stays whole. */
    private static List<String> wrap(String text, int room) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private void unread(List<String> lines, List<Unread> unread) {
        if (unread.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("  " + paint.bold("not looked at, or not understood"));
        for (Unread piece : unread) {
            String quote = piece.quote() == null ? "" : ": '" + piece.quote() + "'";
            lines.add("    " + Paint.plain(piece.what() + ": " + piece.why() + quote));
        }
    }

    private static String name(DomainObservation domain) {
        return domain.name() == null ? "(null)" : Paint.plain(domain.name());
    }

    private static String cut(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
    }

    private static String type(DomainObservation domain) {
        String type = switch (domain.type()) {
            case HVM, PVH, PV -> domain.type().name();
            case HVM_OR_PVH -> "HVM or PVH";
            case UNKNOWN -> "-";
        };
        String source = domain.typeSource();
        if (type.equals("-")) {
            return type;
        }
        return type
                + (source.contains("/libxl/")
                        ? " (libxl)"
                        : source.contains("domain-type") ? " (xenopsd)" : " (Xen's flag)");
    }

    static String condition(Condition condition) {
        return switch (condition) {
            case Condition.Running running -> "running, " + lower(running.activity());
            case Condition.Paused _ -> "paused";
            case Condition.ShutDown stopped ->
                "shut down: " + lower(stopped.reason()) + (stopped.paused() ? ", paused" : "");
            case Condition.Dying _ -> "dying";
            case Condition.Gone _ -> "gone";
        };
    }

    /** A verdict as the page says it: in capitals where it wants attention. */
    public static String word(Verdict verdict) {
        return verdict.severity() == Severity.OK
                ? lower(verdict)
                : lower(verdict).toUpperCase(Locale.ROOT);
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
