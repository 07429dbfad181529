package io.paramedic.schemas.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way to a host. Private keys stay with the collector and the actuator and are named here at most. */
public sealed interface Access {
    /** Whether commands are run through {@code sudo -n}. */
    boolean sudo();

    /**
     * Over SSH.
     *
     * @param address host name or address; a name may be resolved by the reader's own {@code ~/.ssh/config}
     * @param port 1 to 65535
     * @param user who logs in
     * @param sudo whether commands are run through {@code sudo -n}
     * @param hostKeys the keys that the host may show, as in {@code known_hosts} without the host, for example
     *     {@code ssh-ed25519 AAAA…}; empty where the reader's own {@code known_hosts} decides
     * @param identityFile name of the private key file on the reader's machine; absent where its own order is used
     * @param jump host to go through, as for {@code ProxyJump}
     * @param legacyAlgorithms whether algorithms that only old XenServers need are allowed; never by default
     */
    record Ssh(
            String address,
            int port,
            String user,
            boolean sudo,
            List<String> hostKeys,
            @Nullable String identityFile,
            @Nullable String jump,
            boolean legacyAlgorithms)
            implements Access {
        public Ssh {
            if (address.isBlank() || user.isBlank()) {
                throw new IllegalArgumentException("SSH needs an address and a user");
            }
            if (address.startsWith("-") || user.startsWith("-")) {
                throw new IllegalArgumentException("an address or user that starts with - would be read as an option");
            }
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("no port: " + port);
            }
            hostKeys = List.copyOf(hostKeys);
        }
    }

    /** Paramedic runs on the host itself. */
    record Local(boolean sudo) implements Access {}
}
