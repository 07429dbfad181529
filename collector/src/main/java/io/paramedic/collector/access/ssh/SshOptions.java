package io.paramedic.collector.access.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
 * @param acceptHostKeys SHA-256 fingerprints that a person approved for this run: a host key that is unknown and has
 *     one of them is added to {@code approvals}
 * @param jump {@code ProxyJump} to use in place of the configuration's; {@code none} for a direct connection
 * @param defaultUser who to log in as where nothing says it
 * @param sudo whether commands run as root by {@code sudo -n}
 * @param legacy whether to allow the algorithms of old XenServers (SHA-1, CBC, 3DES, MD5, DSA), which are broken or
 *     weak
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
        Set<String> acceptHostKeys,
        Optional<String> jump,
        String defaultUser,
        boolean sudo,
        boolean legacy,
        int channels,
        Duration connectLimit,
        Duration keepAlive) {

    public SshOptions {
        identities = List.copyOf(identities);
        defaultIdentities = List.copyOf(defaultIdentities);
        knownHosts = List.copyOf(knownHosts);
        acceptHostKeys = Set.copyOf(acceptHostKeys);
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
                Set.of(),
                Optional.empty(),
                "root",
                false,
                false,
                8,
                Duration.ofSeconds(15),
                Duration.ofSeconds(15));
    }

    public SshOptions withConfig(Optional<Path> file) {
        return new SshOptions(
                home,
                file,
                identities,
                defaultIdentities,
                agent,
                knownHosts,
                approvals,
                acceptHostKeys,
                jump,
                defaultUser,
                sudo,
                legacy,
                channels,
                connectLimit,
                keepAlive);
    }

    public SshOptions withIdentities(List<Path> keys) {
        return new SshOptions(
                home,
                config,
                keys,
                defaultIdentities,
                agent,
                knownHosts,
                approvals,
                acceptHostKeys,
                jump,
                defaultUser,
                sudo,
                legacy,
                channels,
                connectLimit,
                keepAlive);
    }

    public SshOptions withAgent(Optional<Path> socket) {
        return new SshOptions(
                home,
                config,
                identities,
                defaultIdentities,
                socket,
                knownHosts,
                approvals,
                acceptHostKeys,
                jump,
                defaultUser,
                sudo,
                legacy,
                channels,
                connectLimit,
                keepAlive);
    }

    public SshOptions withKnownHosts(List<Path> files) {
        return new SshOptions(
                home,
                config,
                identities,
                defaultIdentities,
                agent,
                files,
                approvals,
                acceptHostKeys,
                jump,
                defaultUser,
                sudo,
                legacy,
                channels,
                connectLimit,
                keepAlive);
    }

    public SshOptions withApprovals(Path file) {
        return new SshOptions(
                home,
                config,
                identities,
                defaultIdentities,
                agent,
                knownHosts,
                file,
                acceptHostKeys,
                jump,
                defaultUser,
                sudo,
                legacy,
                channels,
                connectLimit,
                keepAlive);
    }

    public SshOptions withAcceptHostKeys(Set<String> fingerprints) {
        return new SshOptions(
                home,
                config,
                identities,
                defaultIdentities,
                agent,
                knownHosts,
                approvals,
                fingerprints,
                jump,
                defaultUser,
                sudo,
                legacy,
                channels,
                connectLimit,
                keepAlive);
    }

    public SshOptions withJump(Optional<String> hops) {
        return new SshOptions(
                home,
                config,
                identities,
                defaultIdentities,
                agent,
                knownHosts,
                approvals,
                acceptHostKeys,
                hops,
                defaultUser,
                sudo,
                legacy,
                channels,
                connectLimit,
                keepAlive);
    }

    public SshOptions withDefaultUser(String user) {
        return new SshOptions(
                home,
                config,
                identities,
                defaultIdentities,
                agent,
                knownHosts,
                approvals,
                acceptHostKeys,
                jump,
                user,
                sudo,
                legacy,
                channels,
                connectLimit,
                keepAlive);
    }

    public SshOptions withSudo(boolean on) {
        return new SshOptions(
                home,
                config,
                identities,
                defaultIdentities,
                agent,
                knownHosts,
                approvals,
                acceptHostKeys,
                jump,
                defaultUser,
                on,
                legacy,
                channels,
                connectLimit,
                keepAlive);
    }

    public SshOptions withLegacy(boolean on) {
        return new SshOptions(
                home,
                config,
                identities,
                defaultIdentities,
                agent,
                knownHosts,
                approvals,
                acceptHostKeys,
                jump,
                defaultUser,
                sudo,
                on,
                channels,
                connectLimit,
                keepAlive);
    }

    public SshOptions withChannels(int limit) {
        return new SshOptions(
                home,
                config,
                identities,
                defaultIdentities,
                agent,
                knownHosts,
                approvals,
                acceptHostKeys,
                jump,
                defaultUser,
                sudo,
                legacy,
                limit,
                connectLimit,
                keepAlive);
    }

    public SshOptions withConnectLimit(Duration limit) {
        return new SshOptions(
                home,
                config,
                identities,
                defaultIdentities,
                agent,
                knownHosts,
                approvals,
                acceptHostKeys,
                jump,
                defaultUser,
                sudo,
                legacy,
                channels,
                limit,
                keepAlive);
    }

    public SshOptions withKeepAlive(Duration interval) {
        return new SshOptions(
                home,
                config,
                identities,
                defaultIdentities,
                agent,
                knownHosts,
                approvals,
                acceptHostKeys,
                jump,
                defaultUser,
                sudo,
                legacy,
                channels,
                connectLimit,
                interval);
    }
}
