package io.paramedic.collector.access.ssh;

import java.nio.file.Path;
import java.util.Optional;

/** Knows the passphrases of encrypted private keys. */
@FunctionalInterface
public interface PassphraseSource {
    /** A source that knows none. */
    PassphraseSource NONE = key -> Optional.empty();

    /**
     * The passphrase of a private key. May ask a person and block: {@link SshClients#unlock} alone calls it, once per
     * key and not once per host.
     *
     * @return empty if there is none, and then the key is not used
     */
    Optional<String> passphrase(Path key);
}
