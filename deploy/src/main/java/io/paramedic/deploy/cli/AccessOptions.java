package io.paramedic.deploy.cli;

import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostAddress;
import io.paramedic.collector.access.LocalAccess;
import io.paramedic.collector.access.ssh.SshClients;
import io.paramedic.collector.access.ssh.SshOptions;
import io.paramedic.collector.access.ssh.SshTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How hosts are reached; every command that connects takes these options. */
final class AccessOptions {
    @Option(
            names = {"-F", "--ssh-config"},
            paramLabel = "FILE",
            description = "The ssh_config to follow, in place of ~/.ssh/config; 'none' follows none.")
    private @Nullable String config;

    @Option(
            names = {"-i", "--identity"},
            paramLabel = "FILE",
            description = "A private key to log in with; may be given several times.")
    private List<Path> identities = new ArrayList<>();

    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            description = "Trust the host keys of this file, in place of ~/.ssh/known_hosts.")
    private @Nullable Path knownHosts;

    @Option(
            names = "--accept-host-key",
            paramLabel = "SHA256:…",
            description = "Trust a host whose unknown key has this fingerprint, and remember it."
                    + " Compare it first with what 'ssh-keygen -lf' prints on the host.")
    private Set<String> accepted = new LinkedHashSet<>();

    @Option(names = "--jump", paramLabel = "HOST", description = "Connect through this host (ProxyJump).")
    private @Nullable String jump;

    @Option(names = "--sudo", description = "Log in as a user who is not root and run the tools by 'sudo -n'.")
    private boolean sudo;

    @Option(
            names = "--legacy-algorithms",
            paramLabel = "HOST",
            description = "Allow the weak algorithms that XenServer before 7.0 speaks for this host or jump host alone,"
                    + " named as it is elsewhere; may be given several times.")
    private List<String> legacy = new ArrayList<>();

    /**
     * Ways to the hosts, nothing connected yet. Asks for the passphrases of the keys that it takes, so that nobody is
     * asked once the time limits run.
     *
     * @throws ParameterException naming each host that is not one
     */
    List<HostAccess> accesses(List<String> hosts, SshClients clients, CommandSpec spec) {
        List<String> problems = new ArrayList<>();
        SshOptions options = options(legacyHosts(problems));
        List<Optional<SshTarget>> ways = new ArrayList<>();
        for (String host : hosts) {
            switch (HostAddress.parse(host)) {
                case HostAddress.Local _ -> ways.add(Optional.empty());
                case HostAddress.Ssh ssh -> ways.add(Optional.of(SshTarget.of(ssh, options)));
                case HostAddress.Malformed malformed -> problems.addAll(malformed.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), problems));
        }
        clients.unlock(ways.stream().flatMap(Optional::stream).toList());
        return ways.stream()
                .<HostAccess>map(way -> way.isPresent() ? clients.access(way.get()) : new LocalAccess())
                .toList();
    }

    private Set<HostAddress.Ssh> legacyHosts(List<String> problems) {
        Set<HostAddress.Ssh> old = new LinkedHashSet<>();
        for (String host : legacy) {
            switch (HostAddress.parse(host)) {
                case HostAddress.Local _ ->
                    problems.add("--legacy-algorithms local: this machine is looked at without SSH; leave it out");
                case HostAddress.Ssh ssh -> old.add(ssh);
                case HostAddress.Malformed malformed ->
                    malformed.problems().forEach(problem -> problems.add("--legacy-algorithms: " + problem));
            }
        }
        return old;
    }

    private SshOptions options(Set<HostAddress.Ssh> old) {
        SshOptions options = SshOptions.defaults()
                .withIdentities(identities)
                .withAcceptHostKeys(accepted)
                .withSudo(sudo)
                .withLegacyHosts(old);
        if (config != null) {
            options = options.withConfig(config.equals("none") ? Optional.empty() : Optional.of(Path.of(config)));
        }
        if (jump != null) {
            options = options.withJump(Optional.of(jump));
        }
        return knownHosts == null ? options : options.withKnownHosts(List.of(knownHosts));
    }
}
