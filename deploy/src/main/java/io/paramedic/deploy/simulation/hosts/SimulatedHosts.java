package io.paramedic.deploy.simulation.hosts;

import io.paramedic.deploy.simulation.model.HostFacts;
import io.paramedic.deploy.simulation.model.HostModel;
import io.paramedic.deploy.simulation.model.TimeSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/**
 * Simulated hosts in this process, each behind a port of its own on 127.0.0.1, with one host key and one client key among
 * them. Safe for use by many threads. {@link #close} ends and removes everything: ports, threads, processes, files.
 */
public final class SimulatedHosts implements Closeable {
    private static final int KEY_BITS = 256;

    private final TimeSource time;
    private final Path directory;
    private final Path records;
    private final KeyPair hostKey;
    private final Path clientKey;
    private final SshPorts ports;
    private final Map<String, SimulatedHost> hosts = new LinkedHashMap<>();
    private boolean closed;

    private SimulatedHosts(TimeSource time, Path directory, Path records) throws IOException, GeneralSecurityException {
        this.time = time;
        this.directory = directory;
        this.records = records;
        this.hostKey = KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, KEY_BITS);
        KeyPair client = KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, KEY_BITS);
        this.clientKey = directory.resolve("client_key");
        writeKey(client);
        this.ports = new SshPorts(hostKey, client.getPublic());
    }

    private void writeKey(KeyPair client) throws IOException, GeneralSecurityException {
        Files.createFile(clientKey, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream file = Files.newOutputStream(clientKey)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(client, "simulated hosts", null, file);
        }
        try (OutputStream file = Files.newOutputStream(directory.resolve("client_key.pub"))) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePublicKey(client, "simulated hosts", file);
        }
    }

    /** No hosts yet; time is that of this machine. */
    public static SimulatedHosts open() throws IOException {
        return open(TimeSource.real());
    }

    /** No hosts yet; all that are added share this time. Records go where everything is removed. */
    public static SimulatedHosts open(TimeSource time) throws IOException {
        Path directory = Files.createTempDirectory("paramedic-simulated-");
        return open(time, directory, Files.createDirectory(directory.resolve("records")));
    }

    /** Like {@link #open(TimeSource)}, with records in a directory that stays. */
    public static SimulatedHosts open(TimeSource time, Path records) throws IOException {
        Files.createDirectories(records);
        return open(time, Files.createTempDirectory("paramedic-simulated-"), records);
    }

    private static SimulatedHosts open(TimeSource time, Path directory, Path records) throws IOException {
        try {
            return new SimulatedHosts(time, directory.toRealPath(), records);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot generate keys for simulated hosts on this Java", e);
        }
    }

    /**
     * Adds a host under its host name, which it then also has in {@link #sshConfig}.
     *
     * @throws IllegalArgumentException if there is one of that name already
     */
    public SimulatedHost add(HostFacts facts) throws IOException {
        return add(new HostModel(facts, time));
    }

    /** Like {@link #add(HostFacts)}, with a host that has been up for so long. */
    public SimulatedHost add(HostFacts facts, Duration uptime) throws IOException {
        return add(new HostModel(facts, time, uptime));
    }

    /** Adds a host that runs a model which exists already. */
    public synchronized SimulatedHost add(HostModel model) throws IOException {
        String name = model.facts().hostname();
        if (!name.matches("[A-Za-z0-9._-]+") || hosts.containsKey(name)) {
            throw new IllegalArgumentException("a simulated host needs a plain name of its own, not " + name);
        }
        SimulatedHost host = new SimulatedHost(
                name, model, ports, directory.resolve("host-" + name), records.resolve(name + ".tsv"));
        hosts.put(name, host);
        return host;
    }

    public synchronized List<SimulatedHost> hosts() {
        return List.copyOf(hosts.values());
    }

    /**
     * The host of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public synchronized SimulatedHost host(String name) {
        SimulatedHost host = hosts.get(name);
        if (host == null) {
            throw new IllegalArgumentException("no simulated host %s; there are %s".formatted(name, hosts.keySet()));
        }
        return host;
    }

    /** The private key that all hosts accept for every user, in OpenSSH's format; the public one is beside it. */
    public Path clientKey() {
        return clientKey;
    }

    /** The public key of all hosts, as {@code known_hosts} has it without the host. */
    public String hostKey() {
        return PublicKeyEntry.toString(hostKey.getPublic());
    }

    /** The SHA-256 fingerprint of the key of all hosts, as {@code ssh-keygen -l} prints it. */
    public String fingerprint() {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, hostKey.getPublic());
    }

    /** A known_hosts file with all hosts added so far. */
    public synchronized Path knownHosts() throws IOException {
        String key = PublicKeyEntry.toString(hostKey.getPublic());
        StringBuilder text = new StringBuilder();
        hosts.values().forEach(host -> text.append("[127.0.0.1]:%d %s\n".formatted(host.port(), key)));
        return replace("known_hosts", text);
    }

    /** At once, because somebody may be reading the one before. */
    private Path replace(String name, CharSequence text) throws IOException {
        Path written = Files.writeString(directory.resolve(name + ".new"), text);
        return Files.move(written, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** A configuration for {@code ssh -F} with all hosts added so far, by name, as root. */
    public synchronized Path sshConfig() throws IOException {
        Path knownHosts = knownHosts();
        StringBuilder text = new StringBuilder();
        hosts.values().forEach(host -> text.append("""
            Host %s
              HostName 127.0.0.1
              Port %d
              User root
              IdentityFile %s
              IdentitiesOnly yes
              UserKnownHostsFile %s
              StrictHostKeyChecking yes

            """.formatted(host.name(), host.port(), clientKey, knownHosts)));
        return replace("ssh_config", text);
    }

    /** A second call does nothing. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        hosts().forEach(SimulatedHost::close);
        ports.close();
        StateDirectory.remove(directory);
    }
}
