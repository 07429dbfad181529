package io.paramedic.collector.access.ssh;

import io.paramedic.collector.access.HostAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How to reach a host over SSH, where {@code ~/.ssh/config} and the defaults do not say it.
 *
 * @param home the folder that {@code ~} means
 * @param config the {@code ssh_config} to follow; none when empty
 * @param identities private keys to try first
 * @param defaultIdentities private keys to try where neither {@code identities} nor the configuration names one
 * @param agent the socket of an ssh-agent
 * @param knownHosts {@code known_hosts} files to trust; only read
 * @param approvals Paramedic's own {@code known_hosts}: trusted too, and the only one that is ever written
 * @param pinnedKeys the keys that the target itself may show, each as {@code ssh-ed25519 AAAA…}; where there are any, no
 *     file decides about it and none is written. Jump hosts are not concerned
 * @param acceptHostKeys SHA-256 fingerprints that a person approved for this run: a host key that is unknown and has
 *     one of them is added to {@code approvals}
 * @param jump {@code ProxyJump} to use in place of the configuration's; {@code none} for a direct connection
 * @param defaultUser who to log in as where nothing says it
 * @param sudo whether commands run as root by {@code sudo -n}
 * @param legacyHosts the servers that may be offered the algorithms of old XenServers (SHA-1, CBC, 3DES, MD5, DSA),
 *     which are broken or weak: hosts and jump hosts, each by the name that a person calls it, on every port where none
 *     is given; the user does not matter
 * @param channels commands at once over one connection; OpenSSH allows 10
 * @param connectLimit how long one attempt to connect may take, login included
 * @param keepAlive how often an idle connection is tried; after three without an answer it is given up
 */
public record SshOptions(
        Path home,
        Optional<Path> config,
        List<Path> identities,
        List<Path> defaultIdentities,
        Optional<Path> agent,
        List<Path> knownHosts,
        Path approvals,
        List<String> pinnedKeys,
        Set<String> acceptHostKeys,
        Optional<String> jump,
        String defaultUser,
        boolean sudo,
        Set<HostAddress.Ssh> legacyHosts,
        int channels,
        Duration connectLimit,
        Duration keepAlive) {

    public SshOptions {
        identities = List.copyOf(identities);
        defaultIdentities = List.copyOf(defaultIdentities);
        knownHosts = List.copyOf(knownHosts);
        pinnedKeys = List.copyOf(pinnedKeys);
        acceptHostKeys = Set.copyOf(acceptHostKeys);
        legacyHosts = Set.copyOf(legacyHosts);
        if (channels < 1) {
            throw new IllegalArgumentException("channels must be at least 1");
        }
    }

    /** What a person's own {@code ssh} would use, from this process's home and environment. */
    public static SshOptions defaults() {
        return of(Path.of(System.getProperty("user.home")), System.getenv());
    }

    /** What a person's own {@code ssh} would use, with the given home and environment. */
    public static SshOptions of(Path home, Map<String, String> environment) {
        Path ssh = home.resolve(".ssh");
        Path configuration = Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .orElse(home.resolve(".config"));
        return new SshOptions(
                home,
                Optional.of(ssh.resolve("config")),
                List.of(),
                List.of(ssh.resolve("id_ed25519"), ssh.resolve("id_ecdsa"), ssh.resolve("id_rsa")),
                Optional.ofNullable(environment.get("SSH_AUTH_SOCK"))
                        .filter(path -> !path.isEmpty())
                        .map(Path::of),
                List.of(ssh.resolve("known_hosts"), Path.of("/etc/ssh/ssh_known_hosts")),
                configuration.resolve("paramedic").resolve("known_hosts"),
                List.of(),
                Set.of(),
                Optional.empty(),
                "root",
                false,
                Set.of(),
                8,
                Duration.ofSeconds(15),
                Duration.ofSeconds(15));
    }

    public SshOptions withConfig(Optional<Path> file) {
        return with(draft -> draft.config = file);
    }

    public SshOptions withIdentities(List<Path> keys) {
        return with(draft -> draft.identities = keys);
    }

    public SshOptions withAgent(Optional<Path> socket) {
        return with(draft -> draft.agent = socket);
    }

    public SshOptions withKnownHosts(List<Path> files) {
        return with(draft -> draft.knownHosts = files);
    }

    public SshOptions withApprovals(Path file) {
        return with(draft -> draft.approvals = file);
    }

    public SshOptions withPinnedKeys(List<String> keys) {
        return with(draft -> draft.pinnedKeys = keys);
    }

    public SshOptions withAcceptHostKeys(Set<String> fingerprints) {
        return with(draft -> draft.acceptHostKeys = fingerprints);
    }

    public SshOptions withJump(Optional<String> hops) {
        return with(draft -> draft.jump = hops);
    }

    public SshOptions withDefaultUser(String user) {
        return with(draft -> draft.defaultUser = user);
    }

    public SshOptions withSudo(boolean on) {
        return with(draft -> draft.sudo = on);
    }

    public SshOptions withLegacyHosts(Set<HostAddress.Ssh> hosts) {
        return with(draft -> draft.legacyHosts = hosts);
    }

    public SshOptions withChannels(int limit) {
        return with(draft -> draft.channels = limit);
    }

    public SshOptions withConnectLimit(Duration limit) {
        return with(draft -> draft.connectLimit = limit);
    }

    public SshOptions withKeepAlive(Duration interval) {
        return with(draft -> draft.keepAlive = interval);
    }

    private SshOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /** These options while one of them is changed. */
    private static final class Draft {
        private Path home;
        private Optional<Path> config;
        private List<Path> identities;
        private List<Path> defaultIdentities;
        private Optional<Path> agent;
        private List<Path> knownHosts;
        private Path approvals;
        private List<String> pinnedKeys;
        private Set<String> acceptHostKeys;
        private Optional<String> jump;
        private String defaultUser;
        private boolean sudo;
        private Set<HostAddress.Ssh> legacyHosts;
        private int channels;
        private Duration connectLimit;
        private Duration keepAlive;

        private Draft(SshOptions from) {
            home = from.home;
            config = from.config;
            identities = from.identities;
            defaultIdentities = from.defaultIdentities;
            agent = from.agent;
            knownHosts = from.knownHosts;
            approvals = from.approvals;
            pinnedKeys = from.pinnedKeys;
            acceptHostKeys = from.acceptHostKeys;
            jump = from.jump;
            defaultUser = from.defaultUser;
            sudo = from.sudo;
            legacyHosts = from.legacyHosts;
            channels = from.channels;
            connectLimit = from.connectLimit;
            keepAlive = from.keepAlive;
        }

        private SshOptions finished() {
            return new SshOptions(
                    home,
                    config,
                    identities,
                    defaultIdentities,
                    agent,
                    knownHosts,
                    approvals,
                    pinnedKeys,
                    acceptHostKeys,
                    jump,
                    defaultUser,
                    sudo,
                    legacyHosts,
                    channels,
                    connectLimit,
                    keepAlive);
        }
    }
}
