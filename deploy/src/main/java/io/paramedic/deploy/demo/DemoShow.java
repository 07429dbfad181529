package io.paramedic.deploy.demo;

import io.paramedic.deploy.demo.Line.Style;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.diagnosis.Verdict.Severity;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.overview.HostOverview.DomainLine;
import io.paramedic.schemas.overview.HostOverview.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands on the screen at one moment: a pure function of a {@link Scene} and the size of the terminal. */
public final class DemoShow {
    private static final int NAMES = 8;
    private static final int TRUTH = 10;
    private static final int MOST_EVIDENCE = 3;

    private final Scene scene;
    private final Subjects subjects;
    private final Narrator narrator;

    private DemoShow(Scene scene) {
        this.scene = scene;
        this.subjects = Subjects.of(scene.story());
        this.narrator = new Narrator(subjects);
    }

    /**
     * The lines from the top, never more than {@code rows} and none wider than {@code columns}. What has no room is left out
     * from the bottom up: first the journal, then the evidence of what is over.
     */
    public static List<String> lines(Scene scene, int columns, int rows, boolean colour) {
        DemoShow show = new DemoShow(scene);
        List<Line> lines = new ArrayList<>(show.head());
        lines.addAll(show.hosts());
        lines.addAll(show.truth(columns));
        lines.addAll(show.incidents(rows - lines.size() - 4));
        lines.addAll(show.leases());
        lines.addAll(show.journal(rows - lines.size()));
        return lines.stream()
                .limit(Math.max(0, rows))
                .map(line -> line.render(columns, colour))
                .toList();
    }

    private List<Line> head() {
        return List.of(
                Line.of(Style.HEAD, "Paramedic")
                        .add("  demonstration on simulated hosts  ")
                        .add(Style.FAINT, "seed " + scene.story().seed() + ", " + factor(scene.factor()) + ", ")
                        .add(Style.HEAD, clock(scene.elapsed())),
                Line.of(Style.ACT, scene.stage()).add(Style.FAINT, counts()),
                new Line());
    }

    private String counts() {
        long over = scene.ends().stream()
                .filter(end -> end.end() != DemoReport.End.OPEN)
                .count();
        return scene.faults().isEmpty()
                ? ""
                : "  %d of %d faults are over, %d guests only look sick."
                        .formatted(over, scene.faults().size(), scene.sprung().size());
    }

    /** The one factor, in words. */
    static String factor(double factor) {
        return factor == 1
                ? "times as they are"
                : "all waiting times divided by "
                        + (factor == Math.rint(factor)
                                ? Long.toString(Math.round(factor))
                                : String.format(Locale.ROOT, "%.1f", factor));
    }

    static String clock(Duration elapsed) {
        return String.format(Locale.ROOT, "%d:%02d", elapsed.toMinutes(), elapsed.toSecondsPart());
    }

    private List<Line> hosts() {
        List<Line> lines = new ArrayList<>();
        for (Story.Host host : scene.story().hosts()) {
            HostOverview overview = scene.heard().hosts().get(host.pool() + "/" + host.name());
            Line line = Line.of(Style.HEAD, host.name())
                    .to(NAMES)
                    .add(standing(overview), word(overview))
                    .to(NAMES + 9);
            if (overview != null) {
                overview.domains().stream()
                        .filter(domain -> domain.domid() != 0)
                        .forEach(domain -> line.add(style(domain), mark(domain)));
                line.add(" ");
                notable(overview).forEach(domain -> line.add(" ").add(style(domain), label(domain)));
            }
            lines.add(line);
        }
        lines.add(new Line());
        return lines;
    }

    private static Style standing(@Nullable HostOverview overview) {
        return overview != null && overview.standing() == Standing.TRUSTED ? Style.WELL : Style.DOUBT;
    }

    private static String word(@Nullable HostOverview overview) {
        return overview == null ? "awaited" : Words.word(overview.standing());
    }

    private static Style style(DomainLine domain) {
        return style(domain.verdict().severity());
    }

    private static Style style(Severity severity) {
        return switch (severity) {
            case OK -> Style.WELL;
            case SUSPECT -> Style.DOUBT;
            case SICK -> Style.SICK;
        };
    }

    /** Told apart without colour too. */
    private static String mark(DomainLine domain) {
        return switch (domain.verdict().severity()) {
            case OK -> domain.verdict() == Verdict.NOTHING_WRONG ? "●" : "○";
            case SUSPECT -> "◐";
            case SICK -> "✖";
        };
    }

    private static List<DomainLine> notable(HostOverview overview) {
        return overview.domains().stream()
                .filter(domain -> domain.domid() != 0 && domain.verdict() != Verdict.NOTHING_WRONG)
                .sorted(Comparator.comparing(
                        domain -> -domain.verdict().severity().ordinal()))
                .toList();
    }

    private String label(DomainLine domain) {
        String name = domain.vm() == null
                ? (domain.name() == null ? "domain " + domain.domid() : domain.name())
                : subjects.name(domain.vm());
        return name + " " + Words.verdict(domain.verdict());
    }

    /** What is true, which Paramedic is not told, with what has become of it. */
    private List<Line> truth(int columns) {
        if (scene.faults().isEmpty()) {
            return List.of();
        }
        List<Line> lines = new ArrayList<>();
        Line line = Line.of(Style.FAINT, "in truth").to(TRUTH);
        for (Injected fault : scene.faults()) {
            DemoReport.End end = end(fault);
            boolean over = end != DemoReport.End.OPEN;
            String text = (over ? "✔ " : "✖ ") + fault.name() + " " + Words.word(fault.fault());
            if (line.length() + text.length() + 2 > columns && line.length() > TRUTH) {
                lines.add(line);
                line = new Line().to(TRUTH);
            }
            line.add(over ? Style.WELL : Style.SICK, text).add("  ");
        }
        lines.add(line);
        lines.add(new Line());
        return lines;
    }

    private DemoReport.End end(Injected fault) {
        return scene.ends().stream()
                .filter(line -> line.injected().equals(fault))
                .map(DemoReport.FaultLine::end)
                .findFirst()
                .orElse(DemoReport.End.OPEN);
    }

    private List<Line> incidents(int rows) {
        List<Line> lines = new ArrayList<>();
        List<Incident> order = scene.heard().incidents().values().stream()
                .sorted(Comparator.comparing((Incident incident) -> incident.phase() == Phase.RECOVERED)
                        .thenComparing(Incident::opened))
                .toList();
        for (Incident incident : order) {
            boolean brief = incident.phase() == Phase.RECOVERED || incident.phase() == Phase.SUSPECTED;
            lines.add(title(incident));
            if (!brief) {
                incident.finding().evidence().stream()
                        .limit(MOST_EVIDENCE)
                        .map(sentence -> Line.of(Style.FAINT, "    " + sentence))
                        .forEach(lines::add);
            }
            if (!incident.attempts().isEmpty()) {
                lines.add(Line.of(brief ? Style.FAINT : Style.ACT, "    " + Narrator.ladder(incident)));
            }
            Incident.Next next = incident.next();
            if (!brief && next != null) {
                lines.add(Line.of(Style.FAINT, "    next: " + next.what() + due(next.due())));
            }
        }
        if (lines.isEmpty()) {
            lines.add(Line.of(Style.FAINT, "no incidents"));
        }
        int room = Math.max(3, rows);
        List<Line> shown = new ArrayList<>(lines.size() > room ? lines.subList(0, room) : lines);
        shown.add(new Line());
        return shown;
    }

    private Line title(Incident incident) {
        Style style = incident.phase() == Phase.RECOVERED
                ? Style.WELL
                : style(incident.finding().verdict().severity());
        String mark = incident.phase() == Phase.RECOVERED ? "✔ " : incident.phase() == Phase.ACTING ? "▶ " : "• ";
        String where = String.join(", ", Subjects.hosts(incident.subject()));
        Line line = Line.of(style, mark + subjects.name(incident.subject()));
        if (!where.isEmpty() && !where.equals(subjects.name(incident.subject()))) {
            line.add(" on " + where);
        }
        line.to(24)
                .add(
                        style,
                        Words.verdict(scene.heard().gravest(incident).finding().verdict()))
                .to(44);
        return line.add(Words.phase(incident.phase()))
                .add(Style.FAINT, recovery(incident).orElse(""));
    }

    /** How long it took, by the hosts' own record. */
    private Optional<String> recovery(Incident incident) {
        return scene.ends().stream()
                .filter(end -> Subjects.isAbout(incident, end.injected()))
                .flatMap(end -> Optional.ofNullable(end.toRecovery()).stream())
                .findFirst()
                .map(took -> ", answers again after " + seconds(took));
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private String due(@Nullable Instant due) {
        if (due == null) {
            return "";
        }
        Duration left = Duration.between(scene.now(), due);
        return left.isNegative() ? ", now" : ", in " + (left.toSeconds() + 1) + " s";
    }

    private List<Line> leases() {
        List<Line> lines = new ArrayList<>();
        for (HeldLeases.Held held : scene.heard().leases().at(scene.now()).held()) {
            lines.add(Line.of(Style.ACT, "lease ")
                    .add(narrator.scope(held.scope()) + ", held by " + held.by())
                    .add(Style.FAINT, " for " + clock(age(held.since()))));
        }
        if (!lines.isEmpty()) {
            lines.add(new Line());
        }
        return lines;
    }

    private Duration age(Instant since) {
        Duration age = Duration.between(since, scene.now());
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** The last sentences that there is room for. */
    private List<Line> journal(int rows) {
        if (rows <= 0) {
            return List.of();
        }
        List<Line> told = scene.heard().journal().stream()
                .flatMap(entry ->
                        narrator
                                .sentence(entry, scene.heard())
                                .map(sentence -> Line.of(Style.FAINT, sentence))
                                .stream())
                .toList();
        return told.subList(Math.max(0, told.size() - rows), told.size());
    }
}
