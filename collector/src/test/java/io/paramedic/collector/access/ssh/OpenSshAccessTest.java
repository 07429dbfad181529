package io.paramedic.collector.access.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.access.CommandResult.ConnectionLost;
import io.paramedic.collector.access.CommandResult.Unreachable;
import io.paramedic.collector.access.CommandResult.Unreachable.Kind;
import io.paramedic.collector.access.HostAccess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract against a real OpenSSH. */
@Tag("openssh")
class OpenSshAccessTest extends SshAccessContract {
    private final List<OpenSshServer> servers = new ArrayList<>();
    private List<String> settings = List.of();

    @Override
    protected TestServer start(TestServer.Spec spec) throws Exception {
        OpenSshServer made = new OpenSshServer(spec, settings);
        servers.add(made);
        return made;
    }

    @AfterEach
    void deleteServers() throws Exception {
        for (OpenSshServer made : servers) {
            made.close();
            made.delete();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sntrup761x25519-sha512@openssh.com",
                "curve25519-sha256",
                "ecdh-sha2-nistp256",
                "diffie-hellman-group-exchange-sha256",
                "diffie-hellman-group14-sha256"
            })
    void agreesOnEveryModernKeyExchange(String algorithm) throws Exception {
        settings = List.of("KexAlgorithms " + algorithm);
        TestServer choosy = serve(List.of(server.hostKey()), List.of(world.key), 10);
        world.know(choosy);

        works(world.access(choosy));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aes128-gcm@openssh.com", "chacha20-poly1305@openssh.com", "aes256-ctr"})
    void agreesOnEveryModernCipher(String algorithm) throws Exception {
        settings = List.of("Ciphers " + algorithm);
        TestServer choosy = serve(List.of(server.hostKey()), List.of(world.key), 10);
        world.know(choosy);

        works(world.access(choosy));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa"})
    void logsInWithAKeyOfARealAgent(String type) throws Exception {
        KeyPair pair = TestKeys.generate(type);
        TestServer other = serve(List.of(server.hostKey()), List.of(pair), 10);
        world.know(other);
        Path file = TestKeys.openSsh(world.home.resolve("agent-key"), pair, null);
        Path socket = world.home.resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            add(socket, file);
            Files.delete(file);

            HostAccess access = world.access(other, options -> options.withAgent(Optional.of(socket)));

            works(access);
        } finally {
            agent.destroy();
            agent.waitFor();
        }
    }

    /** Until the agent listens, ssh-add fails with status 2. */
    private static void add(Path socket, Path key) throws Exception {
        ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", key.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        add.environment().put("SSH_AUTH_SOCK", socket.toString());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        int status = add.start().waitFor();
        while (status == 2 && System.nanoTime() < deadline) {
            status = add.start().waitFor();
        }
        assertThat(status).isZero();
    }

    @Test
    void saysThatNothingListensBehindTheJumpHost() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        HostAccess access = world.clients.access(new SshTarget(
                "127.0.0.1",
                Optional.empty(),
                OptionalInt.of(nobody),
                world.options().withJump(Optional.of("127.0.0.1:" + server.port()))));

        Unreachable why = unreachable(access.run(sh("true")));

        assertThat(why.kind()).isEqualTo(Kind.REFUSED);
        assertThat(why.sentence()).contains("from the jump host");
    }

    @Test
    void tellsThatASignalEndedTheProgram() throws Exception {
        assertThat(access().run(sh("echo before; kill -9 $$"))).isInstanceOfSatisfying(ConnectionLost.class, lost -> {
            assertThat(lost.how()).contains("signal KILL");
            assertThat(lost.stdout()).isEqualTo("before\n");
        });
    }

    @Test
    void readsAKnownHostsFileThatSshKeygenHashed() throws Exception {
        Path file = world.home.resolve(".ssh/known_hosts");
        int status = new ProcessBuilder("ssh-keygen", "-q", "-H", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(status).isZero();
        assertThat(file).content().startsWith("|1|");

        works(access());
    }

    @Test
    void readsAnEncryptedKeyThatSshKeygenMade() throws Exception {
        Path file = world.home.resolve("encrypted");
        int status = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "open sesame", "-f", file.toString())
                .start()
                .waitFor();
        assertThat(status).isZero();
        Path authorized = world.home.resolve("authorized");
        Files.copy(world.home.resolve("encrypted.pub"), authorized);
        settings = List.of("AuthorizedKeysFile " + authorized);
        TestServer other = serve(List.of(server.hostKey()), List.of(), 10);
        world.know(other);

        works(world.unlocked(other, options -> options.withIdentities(List.of(file))));
    }
}
