package io.paramedic.deploy.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The demonstration as lines that are only ever added to, for logs and pipes: each scene says what is new in it. */
final class PlainLines {
    private final Narrator narrator;
    private String stage = "";
    private int faults;
    private int traps;
    private int decisions;
    private List<DemoReport.FaultLine> ends = List.of();

    PlainLines(Story story) {
        this.narrator = new Narrator(Subjects.of(story));
    }

    /** What this scene has that the one before had not, each line with the time since the start. */
    List<String> news(Scene scene) {
        List<String> news = new ArrayList<>();
        if (!scene.stage().equals(stage)) {
            stage = scene.stage();
            news.add(stage);
        }
        scene.faults().stream()
                .skip(faults)
                .forEach(fault -> news.add("FAULT  " + fault.name() + " on " + fault.host() + ": "
                        + fault.fault().sentence()));
        faults = scene.faults().size();
        scene.sprung().stream().skip(traps).forEach(guest -> news.add("TRAP   " + trap(guest)));
        traps = scene.sprung().size();
        scene.heard().journal().stream()
                .skip(decisions)
                .forEach(entry -> narrator.sentence(entry, scene.heard()).ifPresent(news::add));
        decisions = scene.heard().journal().size();
        scene.ends().stream().filter(end -> isNew(end)).forEach(end -> news.add("END    " + end(end)));
        ends = scene.ends();
        return news.stream()
                .map(line -> DemoShow.clock(scene.elapsed()) + "  " + Words.plain(line))
                .toList();
    }

    static String trap(Story.Guest guest) {
        Trap trap = guest.trap();
        return guest.name() + " on " + guest.host() + ": " + (trap == null ? "well" : trap.sentence());
    }

    private boolean isNew(DemoReport.FaultLine end) {
        return end.end() != DemoReport.End.OPEN
                && ends.stream()
                        .noneMatch(before -> before.injected().equals(end.injected()) && before.end() == end.end());
    }

    private static String end(DemoReport.FaultLine line) {
        String who = line.injected().name() + " on " + line.injected().host();
        Duration took = line.toRecovery();
        return switch (line.end()) {
            case RECOVERED ->
                who + " answers again" + (took == null ? "" : ", " + DemoShow.seconds(took) + " after its fault");
            case EXPLAINED -> who + " is explained, and nothing was done";
            case OPEN -> who + " is open";
        };
    }
}
