package io.paramedic.collector.access.ssh;

import io.paramedic.collector.access.CommandResult.Unreachable;
import io.paramedic.collector.access.CommandResult.Unreachable.Kind;
import io.paramedic.collector.access.HostCommand;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.jspecify.annotations.Nullable;

/** The one place where exceptions and refusals become values with a sentence for a person. */
final class SshFailures {
    /** What MINA puts before the message of the other side when a wait for it failed. */
    private static final Pattern WAITED = Pattern.compile("^Default\\w+Future\\[.*]: Failed \\(\\w+\\) to execute: ");

    private SshFailures() {}

    /** Why a hop could not be used, from what MINA threw. */
    static Unreachable connecting(Hop hop, Handshake handshake, List<String> keyProblems, Throwable thrown) {
        Unreachable refusal = handshake.refusal();
        if (refusal != null) {
            return refusal;
        }
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            Unreachable known = known(hop, handshake, keyProblems, t);
            if (known != null) {
                return known;
            }
        }
        return switch (handshake.phase()) {
            case RESOLVING, CONNECTING ->
                of(Kind.NO_ROUTE, "%s: %s cannot be reached: %s", hop.name(), hop.address(), message(thrown));
            case KEY_EXCHANGE ->
                of(
                        Kind.PROTOCOL,
                        "%s: what listens at %s does not talk SSH, or broke off: %s. Check the port.",
                        hop.name(),
                        hop.address(),
                        message(thrown));
            case LOGIN -> of(Kind.PROTOCOL, "%s broke off during the login: %s", hop.name(), message(thrown));
        };
    }

    private static @Nullable Unreachable known(
            Hop hop, Handshake handshake, List<String> keyProblems, Throwable thrown) {
        String message = message(thrown).toLowerCase(Locale.ROOT);
        if (thrown instanceof UnknownHostException || thrown instanceof UnresolvedAddressException) {
            return of(
                    Kind.UNKNOWN_HOST,
                    "%s: the name %s does not resolve. Check its spelling, the DNS, or give it a HostName in"
                            + " ~/.ssh/config.",
                    hop.name(),
                    hop.hostName());
        }
        if (thrown instanceof NoRouteToHostException
                || message.contains("unreachable")
                || message.contains("no route")) {
            return of(
                    Kind.NO_ROUTE,
                    "%s: the network has no way to %s (%s). Is the host switched on, and this machine in the right"
                            + " network?",
                    hop.name(),
                    hop.address(),
                    message(thrown));
        }
        if (message.contains("connection refused")) {
            return of(
                    Kind.REFUSED,
                    "%s: nothing listens at %s. Is sshd running there, and is it that port?",
                    hop.name(),
                    hop.address());
        }
        if (thrown instanceof TimeoutException
                || thrown instanceof InterruptedIOException
                || (thrown instanceof ConnectException && message.contains("time"))) {
            return noAnswer(hop, handshake.phase(), null);
        }
        if (message.contains("unable to negotiate")) {
            return noCommonAlgorithm(hop, message(thrown));
        }
        boolean login = handshake.phase() == Handshake.Phase.LOGIN && thrown instanceof SshException;
        if (login && refusedKeys((SshException) thrown)) {
            return notAccepted(hop, handshake, keyProblems, message(thrown));
        }
        return null;
    }

    private static boolean refusedKeys(SshException thrown) {
        int code = thrown.getDisconnectCode();
        return code == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE
                || message(thrown).contains("Too many authentication failures");
    }

    /** Why a jump host got no connection to the next hop. */
    static Unreachable behind(Hop jump, Hop hop, Throwable thrown) {
        SshChannelOpenException refusal = refusal(thrown);
        String detail = message(refusal == null ? thrown : refusal);
        if (refusal != null && refusal.getReasonCode() == SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED) {
            return of(
                    Kind.NO_ROUTE,
                    "%s: the jump host %s does not forward connections (%s). Allow it there with AllowTcpForwarding and"
                            + " PermitOpen.",
                    hop.name(),
                    jump.name(),
                    detail);
        }
        String lower = detail.toLowerCase(Locale.ROOT);
        Kind kind = lower.contains("refused")
                ? Kind.REFUSED
                : lower.contains("timed out") || lower.contains("timeout")
                        ? Kind.NO_ANSWER
                        : lower.contains("resolv") || lower.contains("not known") ? Kind.UNKNOWN_HOST : Kind.NO_ROUTE;
        return of(
                kind,
                "%s: %s cannot be reached from the jump host %s: %s",
                hop.name(),
                hop.address(),
                jump.name(),
                detail);
    }

    /** @param limit what was waited, where that is known */
    static Unreachable noAnswer(Hop hop, Handshake.Phase phase, @Nullable Duration limit) {
        String within = limit == null ? "in time" : "within " + seconds(limit);
        return switch (phase) {
            case RESOLVING ->
                of(
                        Kind.NO_ANSWER,
                        "%s: the name %s was not resolved %s. Is the DNS slow?",
                        hop.name(),
                        hop.hostName(),
                        within);
            case CONNECTING ->
                of(
                        Kind.NO_ANSWER,
                        "%s: no answer from %s %s. Is the host up, and does no firewall swallow the packets?",
                        hop.name(),
                        hop.address(),
                        within);
            case KEY_EXCHANGE ->
                of(
                        Kind.NO_ANSWER,
                        "%s: %s accepts the connection but did not answer as SSH %s. Its sshd may hang, or it is"
                                + " another service.",
                        hop.name(),
                        hop.address(),
                        within);
            case LOGIN ->
                of(
                        Kind.NO_ANSWER,
                        "%s: the host did not finish the login %s. It may be overloaded, or waits for a name service.",
                        hop.name(),
                        within);
        };
    }

    private static Unreachable noCommonAlgorithm(Hop hop, String detail) {
        return hop.legacy()
                ? of(Kind.NO_COMMON_ALGORITHM, "%s has no algorithm in common with Paramedic: %s", hop.name(), detail)
                : of(
                        Kind.NO_COMMON_ALGORITHM,
                        "%s offers only algorithms that are no longer safe, as old XenServers do (%s). If that is what"
                                + " it is, allow them for this host alone with --legacy-algorithms %s",
                        hop.name(),
                        detail,
                        HostCommand.quote(hop.server()));
    }

    private static Unreachable notAccepted(Hop hop, Handshake handshake, List<String> keyProblems, String detail) {
        String problems = keyProblems.isEmpty() ? "" : " Besides: " + String.join("; ", keyProblems) + ".";
        if (handshake.identities().isEmpty()) {
            return of(
                    keyProblems.isEmpty() ? Kind.AUTHENTICATION_FAILED : Kind.CONFIGURATION,
                    "%s: there is no key to log in with. Start an ssh-agent, name a key with --identity, or put one"
                            + " into ~/.ssh.%s",
                    hop.name(),
                    problems);
        }
        return of(
                Kind.AUTHENTICATION_FAILED,
                "%s: the host did not accept %s with any of %d key(s) (%s). Add the public key to its authorized_keys,"
                        + " or give another user or key.%s",
                hop.name(),
                hop.user(),
                handshake.identities().size(),
                detail,
                problems);
    }

    /**
     * A host key that nobody has trusted yet.
     *
     * @param who the server, and what it is for
     * @param command what to type to trust it
     */
    static Unreachable keyUnknown(String who, HostKey key, boolean certified, boolean otherApproved, String command) {
        String why = certified
                ? " (known_hosts has a certificate authority for it, but Paramedic takes plain keys only)"
                : otherApproved ? " (a different one was approved)" : "";
        return new Unreachable(
                Kind.HOST_KEY_UNKNOWN,
                ("%s: its %s host key %s is not in known_hosts%s. Compare it with `ssh-keygen -lf` on that host's"
                                + " console, then: %s")
                        .formatted(who, key.type(), key.fingerprint(), why, command),
                key.fingerprint());
    }

    static Unreachable keyChanged(Hop hop, HostKey key, List<KnownHosts.Entry> known, SshOptions options) {
        KnownHosts.Entry expected = known.getFirst();
        String remove = expected.file().equals(options.approvals())
                ? "remove that line"
                : "remove that line (ssh-keygen -R '%s' -f %s)"
                        .formatted(KnownHosts.nameOf(hop.keyName(), hop.port()), expected.file());
        return new Unreachable(
                Kind.HOST_KEY_CHANGED,
                ("%s: its host key is %s, but %s has %s. Either it was reinstalled or someone stands in between."
                                + " If you know that it was reinstalled, %s and approve the new key.")
                        .formatted(hop.name(), key, expected.place(), expected.key(), remove),
                key.fingerprint());
    }

    /** The inventory names the host's keys, and this is none of them. */
    static Unreachable keyNotPinned(Hop hop, HostKey key) {
        return new Unreachable(
                Kind.HOST_KEY_CHANGED,
                ("%s: its host key is %s, which is not among the keys of its record in the inventory. Either it was"
                                + " reinstalled or someone stands in between. If you know that it was reinstalled, add"
                                + " the host again with its new key.")
                        .formatted(hop.name(), key),
                key.fingerprint());
    }

    static Unreachable keyRevoked(Hop hop, HostKey key, KnownHosts.Entry by) {
        return new Unreachable(
                Kind.HOST_KEY_CHANGED,
                "%s: its host key %s is revoked at %s. Do not use this host before it has a new key."
                        .formatted(hop.name(), key, by.place()),
                key.fingerprint());
    }

    /** A known_hosts file that is there and cannot be read: going on would trust less, or more, than its owner said. */
    static Unreachable knownHostsUnreadable(Hop hop, Exception thrown) {
        return of(Kind.CONFIGURATION, "%s: known_hosts cannot be read: %s", hop.name(), message(thrown));
    }

    static Unreachable keepsBreaking(String alias) {
        return of(
                Kind.PROTOCOL,
                "%s: it accepts our connections and breaks them within seconds. Its own log (sshd, auth) says why.",
                alias);
    }

    static Unreachable waiting(Unreachable last, Duration remaining) {
        return new Unreachable(
                last.kind(),
                "%s (next attempt in %s)".formatted(last.sentence(), seconds(remaining)),
                last.fingerprint());
    }

    static Unreachable noFreeChannel(String host, Duration limit) {
        return of(
                Kind.NO_ANSWER,
                "%s: the command did not get its turn within %s, because earlier ones keep the connection's channels"
                        + " busy.",
                host,
                seconds(limit));
    }

    static Unreachable notStarted(String host, Duration limit) {
        return of(Kind.NO_ANSWER, "%s: the host did not start the command within %s.", host, seconds(limit));
    }

    static Unreachable commandRefused(String host, String detail) {
        return of(
                Kind.PROTOCOL,
                "%s lets us in but refuses to run a command (%s). Check ForceCommand, MaxSessions and the shell of the"
                        + " user.",
                host,
                detail);
    }

    private static @Nullable SshChannelOpenException refusal(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SshChannelOpenException refusal) {
                return refusal;
            }
        }
        return null;
    }

    /** Whether the server said that it opens no further channel, on a connection that is well. */
    static boolean channelRefused(Throwable thrown) {
        return refusal(thrown) != null;
    }

    static Unreachable linkLost(String host, Throwable thrown) {
        return of(Kind.PROTOCOL, "%s: the connection broke before the command could start: %s", host, message(thrown));
    }

    /**
     * What sudo itself said in place of running the command; null if it ran. Only messages that sudo prints when it
     * refuses count: warnings of sudo come before a command that does run.
     */
    static @Nullable Unreachable sudo(String host, int status, String stdout, String stderr) {
        if (status == 127 && stderr.contains("sudo") && stderr.contains("not found")) {
            return of(
                    Kind.AUTHENTICATION_FAILED,
                    "%s: there is no sudo on the host. Log in as root, or install it.",
                    host);
        }
        String said = stderr.strip();
        boolean refused = status == 1
                && stdout.isEmpty()
                && said.lines()
                        .anyMatch(line -> line.startsWith("sudo: a password is required")
                                || line.startsWith("sudo: a terminal is required")
                                || line.startsWith("sudo: sorry, you must have a tty")
                                || line.contains("is not in the sudoers file")
                                || line.contains("is not allowed to execute")
                                || line.contains("may not run sudo"));
        return refused
                ? of(
                        Kind.AUTHENTICATION_FAILED,
                        "%s: sudo did not let us be root without a password (\"%s\"). Allow it with NOPASSWD in the"
                                + " host's sudoers, or log in as root.",
                        host,
                        said)
                : null;
    }

    static String message(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "unknown";
        }
        String message = thrown.getMessage();
        if (thrown instanceof AccessDeniedException) {
            return message + ": permission denied";
        }
        return message == null || message.isBlank()
                ? thrown.getClass().getSimpleName()
                : WAITED.matcher(message).replaceFirst("");
    }

    static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0).replace(".0 s", " s");
    }

    private static Unreachable of(Kind kind, String format, Object... values) {
        return new Unreachable(kind, format.formatted(values), null);
    }
}
