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
 * @param legacy whether it may be offered the algorithms of old XenServers
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
        List<Path> knownHosts,
        boolean legacy) {

    /** The hop as messages name it: {@code root@xen-07}, {@code root@[::1]:2222}. */
    String name() {
        return user + "@" + server();
    }

    /** The server as a person would type it where the user does not matter. */
    String server() {
        String host = alias.contains(":") ? "[" + alias + "]" : alias;
        return host + (port == 22 ? "" : ":" + port);
    }

    /** Where it is, as a person would type it for {@code doctor}. */
    String address() {
        return "%s port %d".formatted(hostName, port);
    }
}
