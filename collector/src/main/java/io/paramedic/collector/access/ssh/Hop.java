package io.paramedic.collector.access.ssh;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One SSH server on the way to a host, the host itself being the last.
 *
 * @param alias what a person calls it
 * @param hostName what is resolved, by this machine or by the hop before
 * @param keyName under which name {@code known_hosts} has it
 * @param identities private keys that are named for it
 * @param defaultIdentities private keys that are tried where none is named
 * @param identitiesOnly whether the agent may offer only those keys
 */
record Hop(
        String alias,
        String hostName,
        int port,
        String user,
        String keyName,
        List<Path> identities,
        List<Path> defaultIdentities,
        boolean identitiesOnly,
        Optional<Path> agent,
        List<Path> knownHosts) {

    /** The hop as messages name it: {@code root@xen-07}, {@code root@[::1]:2222}. */
    String name() {
        boolean ipv6 = alias.contains(":");
        String host = ipv6 ? "[" + alias + "]" : alias;
        return user + "@" + host + (port == 22 ? "" : ":" + port);
    }

    /** Where it is, as a person would type it for {@code doctor}. */
    String address() {
        return "%s port %d".formatted(hostName, port);
    }
}
