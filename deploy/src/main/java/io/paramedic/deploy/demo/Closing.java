package io.paramedic.deploy.demo;

import io.paramedic.deploy.demo.DemoReport.End;
import io.paramedic.deploy.demo.DemoReport.FaultLine;
import io.paramedic.deploy.demo.Line.Style;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The last words of a demonstration. Pure. */
final class Closing {
    private static final int MOST_TOUCHES = 10;

    private Closing() {}

    static List<String> lines(Story story, DemoReport report, int columns, boolean colour) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(Style.HEAD, "What was wrong, and what became of it, by the hosts' own record:"));
        report.faults().forEach(fault -> lines.add(fault(report, fault)));
        lines.add(new Line());
        lines.add(Line.of(Style.HEAD, "What only looked wrong:"));
        story.guests().stream().filter(guest -> guest.trap() != null).forEach(guest -> lines.add(trap(report, guest)));
        lines.add(new Line());
        lines.add(touched(report));
        report.touches().stream()
                .limit(MOST_TOUCHES)
                .map(touch -> Line.of(
                        Style.SICK, "  " + touch.host() + ": " + touch.entry().command()))
                .forEach(lines::add);
        if (report.duplicateActions() > 0) {
            lines.add(Line.of(Style.SICK, report.duplicateActions() + " acts were done twice."));
        }
        lines.add(verdict(report));
        lines.add(new Line());
        lines.add(new Line()
                .add("Next, on a host of yours (it only looks):  ")
                .add(Style.HEAD, "./paramedic doctor root@HOST"));
        return lines.stream().map(line -> line.render(columns, colour)).toList();
    }

    private static Line fault(DemoReport report, FaultLine fault) {
        boolean well = fault.end() != End.OPEN;
        Injected injected = fault.injected();
        return Line.of(well ? Style.WELL : Style.SICK, well ? "  ✔ " : "  ✖ ")
                .add(injected.name() + " on " + injected.host())
                .to(24)
                .add(Words.word(fault.end()))
                .to(35)
                .add(took(fault) + steps(report, injected))
                .add(Style.FAINT, "  " + injected.fault().sentence());
    }

    private static String took(FaultLine fault) {
        return switch (fault.end()) {
            case RECOVERED ->
                "called after " + shown(fault.toVerdict()) + ", answers after " + shown(fault.toRecovery());
            case EXPLAINED -> "explained after " + shown(fault.toVerdict());
            case OPEN ->
                fault.toVerdict() == null ? "never called by its name" : "called after " + shown(fault.toVerdict());
        };
    }

    private static String shown(@Nullable Duration duration) {
        return duration == null ? "?" : DemoShow.seconds(duration);
    }

    private static String steps(DemoReport report, Injected injected) {
        String steps = report.incidents().stream()
                .filter(incident ->
                        incident.fault() == injected.fault() && incident.vm().equals(injected.name()))
                .flatMap(incident -> incident.rungs().stream())
                .map(DemoReport.RungLine::rung)
                .collect(Collectors.joining(", "));
        return steps.isEmpty() ? ", nothing done" : ", by " + steps;
    }

    private static Line trap(DemoReport report, Story.Guest guest) {
        boolean touched =
                report.touches().stream().anyMatch(touch -> touch.vms().contains(guest.vm()));
        return Line.of(touched ? Style.SICK : Style.WELL, touched ? "  ✖ touched: " : "  ✔ untouched: ")
                .add(PlainLines.trap(guest));
    }

    private static Line touched(DemoReport report) {
        return report.healthyVmsTouched() == 0
                ? Line.of(Style.WELL, "No command reached anybody who was well.")
                : Line.of(
                        Style.SICK,
                        report.healthyVmsTouched() + " commands reached somebody who was well, or nobody known:");
    }

    private static Line verdict(DemoReport report) {
        String counts = "%d faults: %d recovered, %d explained, in %s."
                .formatted(report.injected(), report.recovered(), report.explained(), DemoShow.seconds(report.took()));
        return Line.of(
                report.passed() ? Style.WELL : Style.SICK,
                (report.passed() ? "All is well. " : "NOT all is well. ") + counts);
    }
}
