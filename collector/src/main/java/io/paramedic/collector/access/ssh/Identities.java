package io.paramedic.collector.access.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/**
 * The keys to log in with. A key that the agent holds is left to the agent; a key file is read once for all hosts, so
 * that a passphrase is asked for once, and its costly derivation is done once.
 */
final class Identities {
    static final Duration AGENT_LIMIT = Duration.ofSeconds(10);

    private final PassphraseSource passphrases;
    private final Map<Stamp, KeyPair> loaded = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    Identities(PassphraseSource passphrases) {
        this.passphrases = passphrases;
    }

    /** A file as it was when it was read. */
    private record Stamp(Path file, FileTime modified, long size) {}

    /**
     * What to offer a host.
     *
     * @param ready keys that can sign at once
     * @param locked encrypted key files that nobody named for this host: opened only if nothing else is accepted
     * @param problems what could not be used, as sentences
     */
    record Offer(List<PublicKeyIdentity> ready, List<Path> locked, List<String> problems) {}

    Offer offer(Hop hop) {
        List<PublicKeyIdentity> ready = new ArrayList<>();
        List<Path> locked = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Optional<AgentClient> agent = hop.agent().map(socket -> new AgentClient(socket, AGENT_LIMIT));
        List<HostKey> held =
                new ArrayList<>(agent.map(a -> held(a, hop, problems)).orElse(List.of()));
        for (Path file : hop.identities()) {
            HostKey known = publicKey(file);
            if (known != null && held.remove(known)) {
                ready.add(new AgentIdentity(agent.orElseThrow(), known));
            } else {
                open(file, true, ready, locked, problems);
            }
        }
        if (!hop.identitiesOnly()) {
            held.stream()
                    .map(key -> new AgentIdentity(agent.orElseThrow(), key))
                    .forEach(ready::add);
        }
        for (Path file : hop.defaultIdentities()) {
            HostKey known = publicKey(file);
            boolean offered = known != null && held.contains(known) && !hop.identitiesOnly();
            if (!offered && Files.exists(file)) {
                open(file, false, ready, locked, problems);
            }
        }
        ready.removeIf(identity -> identity instanceof AgentIdentity a && !a.usable());
        return new Offer(ready, locked, problems);
    }

    /** Opens the keys that {@link Offer#locked} names, asking for their passphrases. */
    Offer unlock(List<Path> files) {
        List<PublicKeyIdentity> ready = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        files.forEach(file -> open(file, true, ready, new ArrayList<>(), problems));
        return new Offer(ready, List.of(), problems);
    }

    private static List<HostKey> held(AgentClient agent, Hop hop, List<String> problems) {
        try {
            return agent.identities();
        } catch (IOException e) {
            problems.add("the ssh-agent at %s cannot be used: %s"
                    .formatted(hop.agent().map(Path::toString).orElse(""), e.getMessage()));
            return List.of();
        }
    }

    private void open(Path file, boolean ask, List<PublicKeyIdentity> ready, List<Path> locked, List<String> problems) {
        lock.lock();
        try {
            Stamp stamp = new Stamp(file, Files.getLastModifiedTime(file), Files.size(file));
            KeyPair pair = loaded.get(stamp);
            if (pair == null) {
                pair = read(file, ask);
                loaded.put(stamp, pair);
            }
            ready.add(new FileIdentity(pair));
        } catch (Locked e) {
            if (ask) {
                problems.add(("the key %s is encrypted and there is no passphrase for it;"
                                + " load it into an ssh-agent (ssh-add %s) or give its passphrase")
                        .formatted(file, file));
            } else {
                locked.add(file);
            }
        } catch (NoSuchFileException e) {
            problems.add("the key %s does not exist".formatted(file));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            problems.add("the key %s cannot be read: %s".formatted(file, SshFailures.message(e)));
        } finally {
            lock.unlock();
        }
    }

    private KeyPair read(Path file, boolean ask) throws IOException, GeneralSecurityException, Locked {
        boolean[] refused = {false};
        FilePasswordProvider provider = (_, _, retry) -> {
            String passphrase = ask && retry == 0 ? passphrases.passphrase(file).orElse(null) : null;
            refused[0] = passphrase == null || passphrase.isEmpty();
            return passphrase;
        };
        try (InputStream in = Files.newInputStream(file)) {
            Iterable<KeyPair> pairs =
                    SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(file.toString()), in, provider);
            if (pairs == null) {
                throw new IOException("it is not a private key in OpenSSH or PEM format");
            }
            return pairs.iterator().next();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (refused[0]) {
                throw new Locked();
            }
            throw e;
        }
    }

    /** The public key beside a private one, if there is a file with it. */
    private static @Nullable HostKey publicKey(Path file) {
        try {
            String[] fields = Files.readString(Path.of(file + ".pub")).strip().split("\\s+");
            return fields.length < 2 ? null : new HostKey(Base64.getDecoder().decode(fields[1]));
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private static final class Locked extends Exception {
        private static final long serialVersionUID = 1;
    }
}
