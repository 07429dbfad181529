package io.paramedic.schemas.yaml;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A duration as people write it in a document: {@code 500ms}, {@code 90s}, {@code 2m}, {@code 1h}, {@code 1d}. */
public final class DurationText {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,10})(ms|s|m|h|d)");

    /** From the largest on, so that the shortest text is found first. */
    private static final List<Unit> UNITS = List.of(
            new Unit("d", Duration.ofDays(1)),
            new Unit("h", Duration.ofHours(1)),
            new Unit("m", Duration.ofMinutes(1)),
            new Unit("s", Duration.ofSeconds(1)),
            new Unit("ms", Duration.ofMillis(1)));

    private DurationText() {}

    private record Unit(String name, Duration length) {}

    /** Nothing where it is no duration. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return UNITS.stream()
                .filter(unit -> unit.name().equals(matcher.group(2)))
                .findFirst()
                .map(unit -> unit.length().multipliedBy(number));
    }

    /** In the largest unit that says it exactly; what is finer than a millisecond is left out. */
    public static String of(Duration duration) {
        long millis = duration.toMillis();
        for (Unit unit : UNITS) {
            long length = unit.length().toMillis();
            if (millis % length == 0 && millis != 0) {
                return millis / length + unit.name();
            }
        }
        return "0s";
    }
}
