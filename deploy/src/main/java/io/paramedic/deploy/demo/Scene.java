package io.paramedic.deploy.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All that a screen can show at one moment.
 *
 * @param elapsed since the ring was started
 * @param now in append time
 * @param stage what is going on, a sentence
 * @param faults that have befallen guests so far
 * @param sprung traps that are set so far
 * @param ends what has become of each fault
 */
public record Scene(
        Story story,
        double factor,
        Duration elapsed,
        Instant now,
        String stage,
        List<Injected> faults,
        List<Story.Guest> sprung,
        List<DemoReport.FaultLine> ends,
        Heard heard) {
    public Scene {
        faults = List.copyOf(faults);
        sprung = List.copyOf(sprung);
        ends = List.copyOf(ends);
    }
}
