package io.paramedic.collector.access;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a person typed to name a host: {@code host}, {@code user@host:port}, {@code ssh://user@host:port}, {@code
 * local}.
 */
public sealed interface HostAddress {
    /** This machine, without SSH. */
    record Local() implements HostAddress {}

    /**
     * A host over SSH.
     *
     * @param host a name, an alias of {@code ~/.ssh/config}, or an address without brackets
     */
    record Ssh(Optional<String> user, String host, OptionalInt port) implements HostAddress {}

    /** Not the name of a host. Every problem is a sentence. */
    record Malformed(String text, List<String> problems) implements HostAddress {
        public Malformed {
            problems = List.copyOf(problems);
        }
    }

    /** Reads what a person typed. Never throws: all that is wrong is in {@link Malformed}. */
    static HostAddress parse(String text) {
        return new HostAddressParser(text).parse();
    }
}
