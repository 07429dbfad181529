package io.paramedic.deploy.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to run the demonstration.
 *
 * @param seed of the story
 * @param limit from the start of the ring; what is not over by then has failed
 * @param factor by which all waiting times are divided
 * @param headless whether plain lines are printed instead of a screen that is painted again and again
 * @param report where the report goes as JSON
 * @param columns of the terminal
 * @param rows of the terminal
 * @param colour whether to use any
 */
public record DemoOptions(
        long seed,
        Duration limit,
        double factor,
        boolean headless,
        Optional<Path> report,
        int columns,
        int rows,
        boolean colour) {
    /** Plain lines, no report. */
    public static final DemoOptions DEFAULT =
            new DemoOptions(1, Duration.ofSeconds(80), 10, true, Optional.empty(), 140, 50, false);

    public DemoOptions {
        if (!(factor >= 1) || factor > 60) {
            throw new IllegalArgumentException("waiting times are divided by 1 to 60, not by " + factor);
        }
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("the demonstration needs some time, not " + limit);
        }
    }

    public DemoOptions withSeed(long other) {
        return new DemoOptions(other, limit, factor, headless, report, columns, rows, colour);
    }

    public DemoOptions withLimit(Duration other) {
        return new DemoOptions(seed, other, factor, headless, report, columns, rows, colour);
    }

    public DemoOptions withReport(Path file) {
        return new DemoOptions(seed, limit, factor, headless, Optional.of(file), columns, rows, colour);
    }

    /** On a terminal of this size. */
    public DemoOptions onTerminal(int wide, int high, boolean coloured) {
        return new DemoOptions(seed, limit, factor, false, report, wide, high, coloured);
    }
}
