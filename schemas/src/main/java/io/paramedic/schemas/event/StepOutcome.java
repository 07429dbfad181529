package io.paramedic.schemas.event;

import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.identity.Names;
import io.paramedic.schemas.lease.FencingToken;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command. The first final outcome on the log counts.
 *
 * @param pool of the command
 * @param command its id
 * @param by the actuator, or the analyzer where a timer closed the command
 * @param token under which it ran; absent where no claim was granted
 * @param settled whether somebody else than the one who started it found this out
 * @param outcome what became of it
 * @param ended the host's time at the end; only samples after it show the step's effect. Absent where the host did not tell
 * @param transcript what was run and what it really printed, in order
 */
public record StepOutcome(
        String pool,
        UUID command,
        String by,
        @Nullable FencingToken token,
        boolean settled,
        Outcome outcome,
        @Nullable HostTime ended,
        List<Ran> transcript)
        implements PoolEvent.InPool {
    public StepOutcome {
        Names.requirePool(pool);
        transcript = List.copyOf(transcript);
    }

    /**
     * @param host on which it ran
     * @param command line
     * @param exit code; absent where it was not awaited or never came
     * @param out the end of standard output, at most {@link #MOST_CHARACTERS} characters; more is cut off
     * @param err the end of standard error, likewise
     * @param took as the host or, where it cannot tell, the actuator measured it
     */
    public record Ran(String host, String command, @Nullable Integer exit, String out, String err, Duration took) {
        /** Enough for what a tool says in the end, and little enough for a whole transcript in one message. */
        public static final int MOST_CHARACTERS = 8_192;

        public Ran {
            out = end(out);
            err = end(err);
        }

        private static String end(String text) {
            if (text.length() <= MOST_CHARACTERS) {
                return text;
            }
            int start = text.length() - MOST_CHARACTERS;
            return text.substring(Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start);
        }
    }
}
