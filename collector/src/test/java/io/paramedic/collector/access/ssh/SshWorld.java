package io.paramedic.collector.access.ssh;

import io.paramedic.collector.access.HostAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * A person's side of SSH in a temporary home: one ed25519 key, a {@code known_hosts}, and a clock that the test
 * moves.
 */
final class SshWorld implements AutoCloseable {
    static final String USER = System.getProperty("user.name");

    final Path home;
    final KeyPair key = TestKeys.generate("ssh-ed25519");
    final AtomicLong ahead = new AtomicLong();
    final SshClients clients;

    SshWorld(PassphraseSource passphrases) throws Exception {
        home = Files.createTempDirectory("paramedic-ssh");
        Files.createDirectory(home.resolve(".ssh"));
        TestKeys.openSsh(home.resolve(".ssh/id_ed25519"), key, null);
        LongSupplier clock = () -> System.nanoTime() + ahead.get();
        SplittableRandom chance = new SplittableRandom(7);
        clients = new SshClients(passphrases, clock, () -> {
            synchronized (chance) {
                return chance.nextLong();
            }
        });
    }

    SshOptions options() {
        return SshOptions.of(home, Map.of())
                .withKnownHosts(List.of(home.resolve(".ssh/known_hosts")))
                .withDefaultUser(USER);
    }

    SshTarget target(TestServer server, UnaryOperator<SshOptions> change) {
        return new SshTarget("127.0.0.1", Optional.empty(), OptionalInt.of(server.port()), change.apply(options()));
    }

    HostAccess access(TestServer server) {
        return access(server, options -> options);
    }

    HostAccess access(TestServer server, UnaryOperator<SshOptions> change) {
        return clients.access(target(server, change));
    }

    /** Like {@link #access(TestServer, UnaryOperator)}, with its encrypted keys opened first. */
    HostAccess unlocked(TestServer server, UnaryOperator<SshOptions> change) {
        clients.unlock(List.of(target(server, change)));
        return access(server, change);
    }

    /** Puts a host key where {@code ssh} has it. */
    void know(TestServer server) throws IOException {
        know("[127.0.0.1]:" + server.port(), server.hostKey());
    }

    void know(String name, KeyPair hostKey) throws IOException {
        write("known_hosts", name + " " + TestKeys.line(hostKey) + "\n");
    }

    void write(String file, String text) throws IOException {
        Files.writeString(
                home.resolve(".ssh").resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void close() throws IOException {
        clients.close();
        try (var files = Files.walk(home)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
