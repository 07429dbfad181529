package io.paramedic.collector.access.ssh;

import io.paramedic.collector.access.HostAddress;
import io.paramedic.collector.access.HostCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A host to reach over SSH.
 *
 * @param alias the name as a person gives it; {@code ~/.ssh/config} may map it to another one
 * @param user who to log in as, where that is given; else the configuration says, else the options' default
 * @param port the port, where that is given; else the configuration says, else 22
 */
public record SshTarget(String alias, Optional<String> user, OptionalInt port, SshOptions options) {
    public static SshTarget of(HostAddress.Ssh address, SshOptions options) {
        return new SshTarget(address.host(), address.user(), address.port(), options);
    }

    /** The host as a person can type it again, with the user and the port that were given. */
    public String typed() {
        return typed(user, alias, port);
    }

    /**
     * The command line that looks at this host by the same way and with the same keys, and trusts this fingerprint of a
     * host key. Options that are as a person's own {@code ssh} has them are left out.
     */
    String doctorAccepting(String fingerprint) {
        SshOptions usual = SshOptions.of(options.home(), Map.of());
        List<String> words = new ArrayList<>(List.of("paramedic", "doctor"));
        if (!options.config().equals(usual.config())) {
            words.addAll(List.of("-F", options.config().map(Path::toString).orElse("none")));
        }
        options.identities().forEach(file -> words.addAll(List.of("-i", file.toString())));
        if (options.knownHosts().size() == 1) {
            words.addAll(
                    List.of("--known-hosts", options.knownHosts().getFirst().toString()));
        }
        options.jump().ifPresent(hops -> words.addAll(List.of("--jump", hops)));
        if (options.sudo()) {
            words.add("--sudo");
        }
        options.legacyHosts().stream()
                .map(host -> typed(Optional.empty(), host.host(), host.port()))
                .sorted()
                .forEach(host -> words.addAll(List.of("--legacy-algorithms", host)));
        words.addAll(List.of("--accept-host-key", fingerprint, typed()));
        return words.stream().map(HostCommand::quote).collect(Collectors.joining(" "));
    }

    private static String typed(Optional<String> user, String host, OptionalInt port) {
        return user.map(name -> name + "@").orElse("")
                + (host.contains(":") ? "[" + host + "]" : host)
                + (port.isPresent() ? ":" + port.getAsInt() : "");
    }
}
