package io.paramedic.collector.access.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * The private keys in files. Each is read once for all hosts, so that its passphrase is asked for once and the costly
 * derivation is done once. {@link #askFor} alone asks, and nothing else waits for the answer.
 */
final class KeyFiles {
    private final PassphraseSource passphrases;
    private final Map<Stamp, KeyPair> opened = new ConcurrentHashMap<>();
    /** The keys that asking did not open, each with a sentence that says why. */
    private final Map<Stamp, String> refused = new ConcurrentHashMap<>();
    /** Held while a person is asked. */
    private final ReentrantLock asking = new ReentrantLock();

    KeyFiles(PassphraseSource passphrases) {
        this.passphrases = passphrases;
    }

    /** A file as it was when it was read. */
    private record Stamp(Path file, FileTime modified, long size) {
        static Stamp of(Path file) throws IOException {
            return new Stamp(file, Files.getLastModifiedTime(file), Files.size(file));
        }
    }

    /**
     * The key of a file. Asks nobody.
     *
     * @throws Locked if it is encrypted and was not opened before
     */
    KeyPair open(Path file) throws IOException, GeneralSecurityException, Locked {
        Stamp stamp = Stamp.of(file);
        KeyPair pair = opened.get(stamp);
        if (pair != null) {
            return pair;
        }
        boolean[] encrypted = {false};
        try {
            pair = read(file, (_, _, _) -> {
                encrypted[0] = true;
                return null;
            });
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (encrypted[0]) {
                throw new Locked(refused.getOrDefault(stamp, closed(file)));
            }
            throw e;
        }
        opened.put(stamp, pair);
        return pair;
    }

    /** Whether a passphrase would help to open it. */
    boolean isLocked(Path file) {
        try {
            open(file);
            return false;
        } catch (Locked e) {
            return true;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Who logs in says so.
            return false;
        }
    }

    /** Asks for the passphrase of an encrypted key, once whatever the answer, and opens it. Blocks as long as the person. */
    void askFor(Path file) {
        asking.lock();
        try {
            Stamp stamp = Stamp.of(file);
            if (opened.containsKey(stamp) || refused.containsKey(stamp)) {
                return;
            }
            String passphrase = passphrases.passphrase(file).orElse("");
            if (passphrase.isEmpty()) {
                refused.put(stamp, closed(file));
            } else {
                read(file, stamp, passphrase);
            }
        } catch (IOException e) {
            // It went away meanwhile; who logs in says so.
            return;
        } finally {
            asking.unlock();
        }
    }

    private void read(Path file, Stamp stamp, String passphrase) {
        try {
            opened.put(stamp, read(file, (_, _, _) -> passphrase));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            refused.put(
                    stamp,
                    "the passphrase that was given does not open the key %s (%s)"
                            .formatted(file, SshFailures.message(e)));
        }
    }

    private static String closed(Path file) {
        return ("the key %s is encrypted and was not opened; load it into an ssh-agent (ssh-add %s), or name it with"
                        + " --identity on a terminal and give its passphrase there")
                .formatted(file, file);
    }

    private static KeyPair read(Path file, FilePasswordProvider provider) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Iterable<KeyPair> pairs =
                    SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(file.toString()), in, provider);
            if (pairs == null) {
                throw new IOException("it is not a private key in OpenSSH or PEM format");
            }
            return pairs.iterator().next();
        }
    }

    /** The key is encrypted, and nobody opened it. */
    static final class Locked extends Exception {
        private static final long serialVersionUID = 1;

        Locked(String why) {
            super(why);
        }
    }
}
