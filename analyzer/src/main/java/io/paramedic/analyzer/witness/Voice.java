package io.paramedic.analyzer.witness;

import java.time.Duration;

/**
 * What one channel says of one domain now.
 *
 * @param channel that speaks
 * @param says what
 * @param able whether its silence would mean something: it has shown in this incarnation that it can tell
 * @param persisted host uptime for which it has been silent without a gap in the watch; zero where it is not silent
 * @param why a sentence with the values that decided it
 */
public record Voice(Channel channel, Says says, boolean able, Duration persisted, String why) {
    public enum Says {
        /** A positive sign of life. */
        ALIVE,
        /** It could show a sign of life and shows none. */
        SILENT,
        /** It cannot tell. */
        NOTHING
    }

    static Voice alive(Channel channel, boolean able, String why) {
        return new Voice(channel, Says.ALIVE, able, Duration.ZERO, why);
    }

    static Voice silent(Channel channel, Duration persisted, String why) {
        return new Voice(channel, Says.SILENT, true, persisted, why);
    }

    static Voice nothing(Channel channel, boolean able, String why) {
        return new Voice(channel, Says.NOTHING, able, Duration.ZERO, why);
    }

    public boolean silentFor(Duration least) {
        return says == Says.SILENT && persisted.compareTo(least) >= 0;
    }
}
