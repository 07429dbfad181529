package io.paramedic.collector.access.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The keys to log in with. A key that the agent holds is left to the agent.
 *
 * <p>Who logs in never waits for a person: {@link #offer} takes what is open, {@link #unlock} alone asks.
 */
final class Identities {
    static final Duration AGENT_LIMIT = Duration.ofSeconds(10);

    private final KeyFiles files;

    Identities(PassphraseSource passphrases) {
        this.files = new KeyFiles(passphrases);
    }

    /**
     * What to offer a host.
     *
     * @param ready keys that can sign at once
     * @param problems what could not be used, as sentences
     */
    record Offer(List<PublicKeyIdentity> ready, List<String> problems) {}

    /** What the agents hold. */
    @FunctionalInterface
    private interface Agents {
        List<HostKey> held(Path socket) throws IOException;
    }

    private static List<HostKey> ask(Path socket) throws IOException {
        return new AgentClient(socket, AGENT_LIMIT).identities();
    }

    Offer offer(Hop hop) {
        return offer(hop, Identities::ask);
    }

    private Offer offer(Hop hop, Agents agents) {
        List<PublicKeyIdentity> ready = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Optional<AgentClient> agent = hop.agent().map(socket -> new AgentClient(socket, AGENT_LIMIT));
        List<HostKey> held = new ArrayList<>(held(hop, agents, problems));
        for (Path file : hop.identities()) {
            HostKey known = publicKey(file);
            if (known != null && held.remove(known)) {
                ready.add(new AgentIdentity(agent.orElseThrow(), known));
            } else {
                add(file, ready, problems);
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
                add(file, ready, problems);
            }
        }
        ready.removeIf(identity -> identity instanceof AgentIdentity a && !a.usable());
        return new Offer(ready, problems);
    }

    private static List<HostKey> held(Hop hop, Agents agents, List<String> problems) {
        if (hop.agent().isEmpty()) {
            return List.of();
        }
        Path socket = hop.agent().get();
        try {
            return agents.held(socket);
        } catch (IOException e) {
            problems.add("the ssh-agent at %s cannot be used: %s".formatted(socket, e.getMessage()));
            return List.of();
        }
    }

    private void add(Path file, List<PublicKeyIdentity> ready, List<String> problems) {
        try {
            ready.add(new FileIdentity(files.open(file)));
        } catch (KeyFiles.Locked e) {
            problems.add(e.getMessage());
        } catch (NoSuchFileException e) {
            problems.add("the key %s does not exist".formatted(file));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            problems.add("the key %s cannot be read: %s".formatted(file, SshFailures.message(e)));
        }
    }

    /**
     * Opens the encrypted keys that logging in at these hops takes, asking for their passphrases. What an agent holds is
     * not asked for; a key that nobody named for the hop is asked for only if there is nothing else to offer. Blocks as
     * long as the person who is asked.
     */
    void unlock(List<Hop> hops) {
        // An agent that does not answer is waited for once, and not once for each host.
        Map<Path, List<HostKey>> known = new HashMap<>();
        Agents agents = socket -> known.computeIfAbsent(socket, Identities::heldOrNothing);
        for (Hop hop : hops) {
            unlockNamed(hop, agents);
            unlockDefault(hop, agents);
        }
    }

    private static List<HostKey> heldOrNothing(Path socket) {
        try {
            return ask(socket);
        } catch (IOException e) {
            // Who logs in asks it again, and says so.
            return List.of();
        }
    }

    private void unlockNamed(Hop hop, Agents agents) {
        for (Path file : hop.identities()) {
            if (files.isLocked(file)) {
                HostKey known = publicKey(file);
                if (known == null || !held(hop, agents, new ArrayList<>()).contains(known)) {
                    files.askFor(file);
                }
            }
        }
    }

    private void unlockDefault(Hop hop, Agents agents) {
        for (Path file : hop.defaultIdentities()) {
            if (files.isLocked(file) && offer(hop, agents).ready().isEmpty()) {
                files.askFor(file);
            }
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
}
