package io.paramedic.collector.access.ssh;

import io.paramedic.collector.access.CommandResult.Unreachable;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.common.AttributeRepository;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt to connect to one server needs to know and finds out. It travels with MINA's session, whose
 * threads write to it.
 */
final class Handshake {
    static final AttributeRepository.AttributeKey<Handshake> KEY = new AttributeRepository.AttributeKey<>();

    /** How far an attempt came. */
    enum Phase {
        RESOLVING,
        CONNECTING,
        KEY_EXCHANGE,
        LOGIN
    }

    private final Hop hop;
    private final SshOptions options;
    private final SshTarget target;
    private final boolean jump;
    private final boolean pinned;
    private final KnownHosts knownHosts;
    private volatile Phase phase = Phase.RESOLVING;
    private volatile @Nullable Unreachable refusal;
    private volatile List<PublicKeyIdentity> identities = List.of();

    /**
     * The first state of an attempt.
     *
     * @param target the host at the end of the route
     * @param jump whether the hop is only a step on the way there
     */
    Handshake(Hop hop, SshTarget target, boolean jump) throws IOException {
        this.hop = hop;
        this.jump = jump;
        this.options = target.options();
        this.target = target;
        this.pinned = !jump && !options.pinnedKeys().isEmpty();
        this.knownHosts = pinned
                ? KnownHosts.pinned(hop.keyName(), hop.port(), options.pinnedKeys())
                : KnownHosts.read(hop.knownHosts());
    }

    Hop hop() {
        return hop;
    }

    Duration keepAlive() {
        return options.keepAlive();
    }

    Phase phase() {
        return phase;
    }

    /**
     * Only goes forward, because MINA's threads may be ahead of ours; except that each new address begins with
     * CONNECTING.
     */
    synchronized void reached(Phase next) {
        if (next == Phase.CONNECTING || next.compareTo(phase) > 0) {
            phase = next;
        }
    }

    /** Why the server's key was not accepted; null as long as it was not refused. */
    @Nullable
    Unreachable refusal() {
        return refusal;
    }

    List<PublicKeyIdentity> identities() {
        return identities;
    }

    void offer(List<PublicKeyIdentity> keys) {
        identities = List.copyOf(keys);
    }

    /**
     * The host key algorithms to ask for, those of known keys first: a server with several keys must not present one
     * that is not known where another is. All stay in, so that a server whose known key is gone is told as changed.
     */
    String order(String algorithms) {
        List<String> all = List.of(algorithms.split(","));
        Set<String> ordered = new LinkedHashSet<>();
        for (String type : knownHosts.types(hop.keyName(), hop.port())) {
            Algorithms.forKeyType(type).stream().filter(all::contains).forEach(ordered::add);
        }
        ordered.addAll(all);
        return String.join(",", ordered);
    }

    /** Whether the server may be talked to. Otherwise {@link #refusal} has the reason. */
    boolean accept(HostKey presented) {
        refusal = switch (knownHosts.verdict(hop.keyName(), hop.port(), presented)) {
            case KnownHosts.Verdict.Trusted() -> null;
            case KnownHosts.Verdict.Unknown(boolean certified) ->
                pinned ? SshFailures.keyNotPinned(hop, presented) : unknown(presented, certified);
            case KnownHosts.Verdict.Changed(var known) ->
                pinned
                        ? SshFailures.keyNotPinned(hop, presented)
                        : SshFailures.keyChanged(hop, presented, known, options);
            case KnownHosts.Verdict.Revoked(var by) -> SshFailures.keyRevoked(hop, presented, by);
        };
        return refusal == null;
    }

    private @Nullable Unreachable unknown(HostKey presented, boolean certified) {
        for (String approved : options.acceptHostKeys()) {
            if (presented.hasFingerprint(approved)) {
                return approve(approved, presented);
            }
        }
        return SshFailures.keyUnknown(
                jump ? "%s, a jump host on the way to %s".formatted(hop.name(), target.typed()) : hop.name(),
                presented,
                certified,
                !options.acceptHostKeys().isEmpty(),
                target.doctorAccepting(presented.fingerprint()));
    }

    private @Nullable Unreachable approve(String fingerprint, HostKey presented) {
        try {
            return switch (HostKeys.approve(options.approvals(), hop.keyName(), hop.port(), fingerprint, presented)) {
                case HostKeys.Approval.Added(var _), HostKeys.Approval.AlreadyKnown() -> null;
                case HostKeys.Approval.Refused(var sentence) ->
                    new Unreachable(Unreachable.Kind.HOST_KEY_CHANGED, sentence, presented.fingerprint());
            };
        } catch (IOException e) {
            return new Unreachable(
                    Unreachable.Kind.CONFIGURATION,
                    "%s: its key was approved but cannot be kept in %s: %s"
                            .formatted(hop.name(), options.approvals(), SshFailures.message(e)),
                    presented.fingerprint());
        }
    }
}
