package io.paramedic.collector.access;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One command for a POSIX shell on a host.
 *
 * @param line the command line as the host's shell gets it; every part that is not a constant of ours is quoted
 * @param limit how long to wait for its end, connecting included
 * @param outputLimit bytes of standard output, and of standard error, that are kept; more ends the command
 */
public record HostCommand(String line, Duration limit, int outputLimit) {
    public static final int DEFAULT_OUTPUT_LIMIT = 4 << 20;
    /** What {@link #tools} puts before a command line. */
    public static final String PRELUDE = "export LC_ALL=C PATH=\"$PATH:/usr/sbin:/sbin:/opt/xensource/bin\"; ";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    public HostCommand {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a command needs a time limit above zero: " + line);
        }
        if (outputLimit <= 0) {
            throw new IllegalArgumentException("a command needs an output limit above zero: " + line);
        }
    }

    /** A command from its words, each quoted for the shell where it needs to be. */
    public static HostCommand of(Duration limit, String... words) {
        return new HostCommand(
                List.of(words).stream().map(HostCommand::quote).collect(Collectors.joining(" ")),
                limit,
                DEFAULT_OUTPUT_LIMIT);
    }

    /**
     * Like {@link #shell}, with the folders in which toolstacks of all eras keep their programs (toolstack facts §4) and
     * with messages in English.
     */
    public static HostCommand tools(Duration limit, String line) {
        return shell(limit, PRELUDE + line);
    }

    /** A command line of constants, for what needs the shell itself; nothing from outside may be spliced in. */
    public static HostCommand shell(Duration limit, String line) {
        return new HostCommand(line, limit, DEFAULT_OUTPUT_LIMIT);
    }

    /**
     * Quotes one word for a POSIX shell. A NUL cannot be passed to a program at all.
     *
     * @throws IllegalArgumentException if the word holds a NUL
     */
    public static String quote(String word) {
        if (word.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a word for a shell cannot hold a NUL");
        }
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
