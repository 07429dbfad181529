package io.paramedic.analyzer.witness;

import java.time.Duration;

/**
 * What one channel says of one domain now.
 *
 * @param channel that speaks
 * @param says what
 * @param able whether its silence would mean something: it has shown in this incarnation that it can tell
 * @param source what it rests on: two channels that rest on the same are one witness
 * @param began host uptime at which it fell silent; zero where it is not silent
 * @param persisted host uptime for which it has been silent without a gap in the watch; zero where it is not silent
 * @param why a sentence with the values that decided it
 */
public record Voice(
        Channel channel, Channel source, Says says, boolean able, Duration began, Duration persisted, String why) {
    public enum Says {
        /** A positive sign of life. */
        ALIVE,
        /** It could show a sign of life and shows none. */
        SILENT,
        /** It cannot tell. */
        NOTHING
    }

    static Voice alive(Channel channel, boolean able, String why) {
        return new Voice(channel, channel, Says.ALIVE, able, Duration.ZERO, Duration.ZERO, why);
    }

    static Voice silent(Channel channel, Channel source, Duration began, Duration persisted, String why) {
        return new Voice(channel, source, Says.SILENT, true, began, persisted, why);
    }

    static Voice nothing(Channel channel, boolean able, String why) {
        return new Voice(channel, channel, Says.NOTHING, able, Duration.ZERO, Duration.ZERO, why);
    }

    /** Whether it fails for reasons of its own, and fell silent when the other did. */
    boolean agrees(Voice other, Duration together) {
        return source != other.source && began.minus(other.began).abs().compareTo(together) <= 0;
    }

    public boolean silentFor(Duration least) {
        return says == Says.SILENT && persisted.compareTo(least) >= 0;
    }
}
