package io.paramedic.collector.dialect;

/**
 * The output of a tool behind the host's own clock, from one command, so that the sample is no older than the clock
 * says.
 *
 * @param clock read immediately before the tool ran
 * @param rest what the tool printed
 */
public record ClockedOutput(HostClock clock, String rest) {
    /** Splits the three lines of {@link HostClock} from what follows them. */
    public static Reading<ClockedOutput> split(String stdout) {
        int end = 0;
        for (int line = 0; line < HostClock.LINES; line++) {
            end = stdout.indexOf('\n', end) + 1;
            if (end == 0) {
                return Reading.unreadable(HostClock.TOOL, 0, "the output ends before the clock does", stdout);
            }
        }
        String rest = stdout.substring(end);
        return switch (HostClock.parse(stdout.substring(0, end))) {
            case Reading.Read<HostClock>(HostClock clock) -> Reading.of(new ClockedOutput(clock, rest));
            case Reading.Unreadable<HostClock>(Unparseable why) -> new Reading.Unreadable<>(why);
        };
    }
}
