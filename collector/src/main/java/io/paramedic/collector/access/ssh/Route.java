package io.paramedic.collector.access.ssh;

import io.paramedic.collector.access.CommandResult.Unreachable.Kind;
import io.paramedic.collector.access.HostAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The way to a host, from what was given, {@code ~/.ssh/config}, and the defaults, in this order. */
final class Route {
    private static final int MAX_HOPS = 8;

    private final SshOptions options;

    private Route(SshOptions options) {
        this.options = options;
    }

    /**
     * The hops to a target; the last is the target.
     *
     * @throws UnreachableException if the configuration cannot be read or makes no sense
     */
    static List<Hop> to(SshTarget target) throws UnreachableException {
        Route route = new Route(target.options());
        SshConfig config = route.config(target.alias());
        Hop last = route.hop(
                target.alias(),
                target.user(),
                target.port(),
                config,
                target.options().defaultUser(),
                target.options().identities());
        List<Hop> hops = new ArrayList<>();
        route.addJumps(target.options().jump().or(() -> jump(config)), last, hops, 0);
        hops.add(last);
        return List.copyOf(hops);
    }

    private static Optional<String> jump(SshConfig config) {
        return config.first("ProxyJump").filter(_ -> config.before("ProxyJump", "ProxyCommand"));
    }

    /** As in OpenSSH, a list of hops stands for itself; only what its first hop needs is looked up again. */
    private void addJumps(Optional<String> jump, Hop to, List<Hop> into, int depth) throws UnreachableException {
        if (jump.isEmpty() || jump.get().equalsIgnoreCase("none")) {
            return;
        }
        if (depth > MAX_HOPS) {
            throw new UnreachableException(
                    Kind.CONFIGURATION,
                    "%s: ProxyJump goes round in a circle or over more than %d hops; see %s"
                            .formatted(to.name(), MAX_HOPS, configName()));
        }
        List<Hop> hops = new ArrayList<>();
        String[] parts = jump.get().split(",");
        for (int i = 0; i < parts.length; i++) {
            HostAddress.Ssh address = jumpAddress(parts[i], to);
            SshConfig config = config(address.host());
            Hop hop = hop(
                    address.host(), address.user(), address.port(), config, System.getProperty("user.name"), List.of());
            if (i == 0) {
                addJumps(jump(config), hop, hops, depth + 1);
            }
            hops.add(hop);
        }
        into.addAll(hops);
    }

    private static HostAddress.Ssh jumpAddress(String text, Hop to) throws UnreachableException {
        return switch (HostAddress.parse(text)) {
            case HostAddress.Ssh ssh -> ssh;
            case HostAddress.Local() ->
                throw new UnreachableException(Kind.CONFIGURATION, to.name() + ": ProxyJump cannot be \"local\"");
            case HostAddress.Malformed(var _, var problems) ->
                throw new UnreachableException(
                        Kind.CONFIGURATION, "%s: ProxyJump: %s".formatted(to.name(), String.join("; ", problems)));
        };
    }

    private SshConfig config(String alias) throws UnreachableException {
        SshConfig config;
        try {
            config = SshConfig.read(options.config(), alias, options.home());
        } catch (IOException e) {
            throw new UnreachableException(
                    Kind.CONFIGURATION, "%s: %s cannot be used: %s".formatted(alias, configName(), e.getMessage()));
        }
        boolean command = config.before("ProxyCommand", "ProxyJump")
                && !config.first("ProxyCommand").orElse("none").equalsIgnoreCase("none");
        if (command && options.jump().isEmpty()) {
            throw new UnreachableException(
                    Kind.CONFIGURATION,
                    "%s: %s reaches it by a ProxyCommand, which Paramedic does not run; use ProxyJump"
                            .formatted(alias, configName()));
        }
        return config;
    }

    private String configName() {
        return options.config().map(Path::toString).orElse("the configuration");
    }

    private Hop hop(
            String alias,
            Optional<String> givenUser,
            OptionalInt givenPort,
            SshConfig config,
            String defaultUser,
            List<Path> givenIdentities)
            throws UnreachableException {
        String hostName =
                config.first("HostName").orElse("%h").replace("%h", alias).replace("%%", "%");
        int port = givenPort.isPresent() ? givenPort.getAsInt() : port(config, alias);
        String user = givenUser.or(() -> config.first("User")).orElse(defaultUser);
        List<Path> identities = new ArrayList<>(givenIdentities);
        List<Path> files = new ArrayList<>();
        for (String file : config.all("IdentityFile")) {
            if (!file.equalsIgnoreCase("none")) {
                identities.add(file(file, hostName, port, user));
            }
        }
        for (String file : config.all("UserKnownHostsFile")) {
            if (!file.equalsIgnoreCase("none")) {
                files.add(file(file, hostName, port, user));
            }
        }
        List<Path> knownHosts = new ArrayList<>(options.knownHosts());
        knownHosts.addAll(files);
        knownHosts.add(options.approvals());
        return new Hop(
                alias,
                hostName,
                port,
                user,
                config.first("HostKeyAlias").orElse(hostName),
                List.copyOf(identities),
                config.all("IdentityFile").isEmpty() && givenIdentities.isEmpty()
                        ? options.defaultIdentities()
                        : List.of(),
                config.first("IdentitiesOnly").orElse("no").equalsIgnoreCase("yes"),
                agent(config, hostName, port, user),
                List.copyOf(knownHosts),
                legacy(alias, port));
    }

    private boolean legacy(String alias, int port) {
        return options.legacyHosts().stream()
                .anyMatch(host -> host.host().equals(alias) && host.port().orElse(port) == port);
    }

    private int port(SshConfig config, String alias) throws UnreachableException {
        String text = config.first("Port").orElse("22");
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UnreachableException(
                Kind.CONFIGURATION,
                "%s: the Port \"%s\" in %s is not a number from 1 to 65535".formatted(alias, text, configName()));
    }

    private Optional<Path> agent(SshConfig config, String hostName, int port, String user) {
        String given = config.first("IdentityAgent").orElse("SSH_AUTH_SOCK");
        return switch (given) {
            case "none" -> Optional.empty();
            case "SSH_AUTH_SOCK" -> options.agent();
            default -> Optional.of(file(given, hostName, port, user));
        };
    }

    private Path file(String text, String hostName, int port, String user) {
        StringBuilder expanded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%' || i + 1 == text.length()) {
                expanded.append(c);
                continue;
            }
            i++;
            switch (text.charAt(i)) {
                case 'h' -> expanded.append(hostName);
                case 'p' -> expanded.append(port);
                case 'r' -> expanded.append(user);
                case 'd' -> expanded.append(options.home());
                case 'u' -> expanded.append(System.getProperty("user.name"));
                case '%' -> expanded.append('%');
                default -> expanded.append('%').append(text.charAt(i));
            }
        }
        return SshConfig.expandHome(expanded.toString(), options.home());
    }
}
