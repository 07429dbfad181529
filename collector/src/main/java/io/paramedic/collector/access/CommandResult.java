package io.paramedic.collector.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of a command. */
public sealed interface CommandResult {
    /** How long it took, from the call to this result. */
    Duration took();

    /** It ran to its end; the exit status may still lie (toolstack facts §2.3). */
    record Completed(int exitStatus, String stdout, String stderr, Duration took) implements CommandResult {}

    /**
     * It was started and did not end within its limit; it may still run. What came before is kept.
     */
    record TimedOut(Duration limit, String stdout, String stderr, Duration took) implements CommandResult {}

    /** It printed more than its limit; what came before is kept. */
    record TooMuchOutput(int limit, String stdout, String stderr, Duration took) implements CommandResult {}

    /**
     * It may have started and its end was not seen: the connection went away, a signal ended the program, or we ended
     * it.
     */
    record ConnectionLost(String how, String stdout, String stderr, Duration took) implements CommandResult {}

    /** It surely did not start. */
    record NotReached(Unreachable why, Duration took) implements CommandResult {}

    /**
     * Why a host could not be asked.
     *
     * @param kind the class of the reason
     * @param sentence cause and next step for a person, naming the host
     * @param fingerprint the SHA-256 fingerprint of the key that the host presented, where that is the problem
     */
    record Unreachable(Kind kind, String sentence, @Nullable String fingerprint) {
        public enum Kind {
            /** The name does not resolve. */
            UNKNOWN_HOST,
            /** Nothing listens there. */
            REFUSED,
            /** No answer within the limit: from the name service, the host, its sshd, or no channel became free. */
            NO_ANSWER,
            /** The network says that there is no way. */
            NO_ROUTE,
            /** Its key is not in known_hosts. */
            HOST_KEY_UNKNOWN,
            /** Its key is another one than known_hosts has: reinstalled, or an impostor. */
            HOST_KEY_CHANGED,
            /** It did not accept our user with any of our keys, or sudo wants a password. */
            AUTHENTICATION_FAILED,
            /** No common algorithm: an old host that needs the legacy opt-in. */
            NO_COMMON_ALGORITHM,
            /** A problem on our side: an unreadable key, a malformed configuration. */
            CONFIGURATION,
            /** It let us in, and the connection went away before anything was learnt. */
            CONNECTION_LOST,
            /** It answered with something that is not SSH, broke off before the command, or refused to run one. */
            PROTOCOL
        }
    }
}
