package io.paramedic.collector.access.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.CommandResult.ConnectionLost;
import io.paramedic.collector.access.CommandResult.TimedOut;
import io.paramedic.collector.access.CommandResult.Unreachable;
import io.paramedic.collector.access.CommandResult.Unreachable.Kind;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract against MINA's own server, and what only a server that can be told to misbehave shows. */
class SshAccessTest extends SshAccessContract {
    private static final int MOST_CUTS = 20;

    private static final Duration SHORT = Duration.ofSeconds(1);

    @Override
    protected TestServer start(TestServer.Spec spec) throws Exception {
        return new MinaServer(spec, _ -> {});
    }

    private MinaServer mina() {
        return (MinaServer) server;
    }

    private HostAccess at(int port) {
        return world.clients.access(
                new SshTarget("127.0.0.1", Optional.empty(), OptionalInt.of(port), world.options()));
    }

    private static HostCommand quick() {
        return HostCommand.shell(SHORT, "true");
    }

    @Test
    void saysThatAServerAcceptsAndKeepsSilent() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CommandResult result = at(silent.getLocalPort()).run(quick());

            assertThat(unreachable(result).kind()).isEqualTo(Kind.NO_ANSWER);
            assertThat(unreachable(result).sentence())
                    .contains("accepts the connection but did not answer as SSH within 1 s");
            assertThat(result.took()).isBetween(SHORT, SHORT.plus(MARGIN));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-x\r\n\0\0\377\377garbage garbage garbage", ""})
    void saysThatAServerDoesNotTalkSsh(String greeting) throws Exception {
        try (ServerSocket garbage = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> {
                try (Socket socket = garbage.accept()) {
                    socket.getOutputStream().write(greeting.getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    // The test is over.
                }
            });

            Unreachable why = unreachable(at(garbage.getLocalPort()).run(sh("true")));

            assertThat(why.kind()).isEqualTo(Kind.PROTOCOL);
            assertThat(why.sentence()).contains("does not talk SSH");
        }
    }

    @Test
    void saysThatANameDoesNotResolve() throws Exception {
        HostAccess access = world.clients.access(
                new SshTarget("no-such-host.invalid", Optional.empty(), OptionalInt.empty(), world.options()));

        Unreachable why = unreachable(access.run(sh("true")));

        assertThat(why.kind()).isEqualTo(Kind.UNKNOWN_HOST);
        assertThat(why.sentence()).contains("the name no-such-host.invalid does not resolve");
    }

    @Test
    void saysWhichJumpHostCannotReachTheNext() throws Exception {
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

        assertThat(why.kind()).isEqualTo(Kind.NO_ROUTE);
        assertThat(why.sentence()).contains("127.0.0.1:" + nobody).contains("from the jump host");
    }

    @Test
    void makesOneConnectionForManyCommands() throws Exception {
        HostAccess access = access();
        List<Callable<CommandResult>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(() -> access.run(sh("true")));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<CommandResult> result : threads.invokeAll(calls)) {
                completed(result.get());
            }
        }

        assertThat(mina().connections()).isEqualTo(1);
    }

    @Test
    void returnsInTimeFromADeadConnectionAndKeepAliveNoticesIt() throws Exception {
        try (Relay relay = new Relay(server.port())) {
            world.know("[127.0.0.1]:" + relay.port(), server.hostKey());
            HostAccess access = world.clients.access(new SshTarget(
                    "127.0.0.1",
                    Optional.empty(),
                    OptionalInt.of(relay.port()),
                    world.options().withKeepAlive(Duration.ofMillis(300))));
            CountDownLatch started = new CountDownLatch(1);
            CompletableFuture<CommandResult> ended = new CompletableFuture<>();
            access.stream(sh("echo started; sleep 40"), _ -> started.countDown(), ended::complete);
            assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();

            relay.fallSilent();

            CommandResult next = access.run(quick());
            assertThat(unreachable(next).kind()).isEqualTo(Kind.NO_ANSWER);
            assertThat(next.took()).isLessThan(SHORT.plus(MARGIN));
            assertThat(ended.get(20, TimeUnit.SECONDS)).isInstanceOf(ConnectionLost.class);
        }
    }

    @Test
    void tellsACommandThatMayRunFromOneThatSurelyDoesNot() throws Exception {
        try (Relay relay = new Relay(server.port())) {
            world.know("[127.0.0.1]:" + relay.port(), server.hostKey());
            HostAccess access = at(relay.port());
            works(access);
            CompletableFuture<CommandResult> result = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    result.complete(access.run(HostCommand.shell(Duration.ofSeconds(3), "exec sleep 5")));
                } catch (InterruptedException e) {
                    result.completeExceptionally(e);
                }
            });
            while (!mina().commands.contains("exec sleep 5")) {
                Thread.onSpinWait();
            }
            relay.fallSilent();

            assertThat(result.get(20, TimeUnit.SECONDS)).isInstanceOf(TimedOut.class);
            assertThat(unreachable(access.run(quick())).sentence()).contains("did not start the command within 1 s");
        }
    }

    @Test
    void runsCommandsAsRootBySudo() throws Exception {
        Path sudo = world.home.resolve("sudo");
        Files.writeString(sudo, "#!/bin/sh\n[ \"$1 $2\" = '-n --' ] || exit 9\nshift 2\nexec \"$@\"\n");
        assertThat(sudo.toFile().setExecutable(true)).isTrue();
        MinaServer other = withPath(world.home);

        CommandResult result = world.access(other, options -> options.withSudo(true))
                .run(HostCommand.of(LIMIT, "printf", "%s", "it's \"me\""));

        assertThat(completed(result).stdout()).isEqualTo("it's \"me\"");
        assertThat(other.commands)
                .containsExactly("sudo -n -- sh -c 'printf %s '\\''it'\\''\\'\\'''\\''s \"me\"'\\'''");
        other.close();
    }

    @Test
    void saysThatSudoWantsAPassword() throws Exception {
        Path sudo = world.home.resolve("sudo");
        Files.writeString(sudo, "#!/bin/sh\necho 'sudo: a password is required' >&2\nexit 1\n");
        assertThat(sudo.toFile().setExecutable(true)).isTrue();
        MinaServer other = withPath(world.home);

        Unreachable why = unreachable(
                world.access(other, options -> options.withSudo(true)).run(sh("true")));

        assertThat(why.kind()).isEqualTo(Kind.AUTHENTICATION_FAILED);
        assertThat(why.sentence()).contains("a password is required").contains("NOPASSWD");
        other.close();
    }

    private MinaServer withPath(Path folder) throws Exception {
        MinaServer made = new MinaServer(
                new TestServer.Spec(List.of(server.hostKey()), List.of(world.key), 10),
                _ -> {},
                Map.of("PATH", folder + ":" + System.getenv("PATH")));
        world.know(made);
        return made;
    }

    @Test
    void saysThatTheHostRefusesToRunACommand() throws Exception {
        MinaServer other = new MinaServer(
                new TestServer.Spec(List.of(server.hostKey()), List.of(world.key), 10),
                sshd -> sshd.setCommandFactory(null));
        world.know(other);

        Unreachable why = unreachable(world.access(other).run(sh("true")));

        assertThat(why.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(why.sentence()).contains("lets us in but refuses to run a command");
        other.close();
    }

    @ParameterizedTest
    @CsvSource({"ssh-ed25519, 0", "ecdsa-sha2-nistp256, 0", "ssh-rsa, 4"})
    void logsInWithAKeyOfAnAgent(String type, int flags) throws Exception {
        KeyPair pair = TestKeys.generate(type);
        TestServer other = serve(List.of(server.hostKey()), List.of(pair), 10);
        world.know(other);
        Path socket = world.home.resolve("agent");
        try (FakeAgent agent = new FakeAgent(socket, List.of(TestKeys.generate("ssh-ed25519"), pair))) {
            works(world.access(other, options -> options.withAgent(Optional.of(socket))));

            assertThat(agent.flags).containsExactly(flags);
        }
    }

    @Test
    void leavesAnEncryptedKeyToTheAgentThatHoldsIt() throws Exception {
        Path locked = TestKeys.openSsh(world.home.resolve("locked"), world.key, "who knows");
        TestKeys.publicKey(world.home.resolve("locked.pub"), world.key);
        world.write("config", "IdentitiesOnly yes\nIdentityFile " + locked + "\n");
        Path socket = world.home.resolve("agent");
        List<KeyPair> held = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            held.add(TestKeys.generate("ssh-ed25519"));
        }
        held.add(world.key);
        try (FakeAgent agent = new FakeAgent(socket, held)) {
            works(world.access(server, options -> options.withAgent(Optional.of(socket))));

            assertThat(agent.flags).hasSize(1);
        }
    }

    @Test
    void goesOnWithoutAnAgentThatDoesNotAnswer() throws Exception {
        Path socket = world.home.resolve("agent");

        works(world.access(server, options -> options.withAgent(Optional.of(socket))));
        Unreachable why = unreachable(world.access(
                        server,
                        o -> o.withAgent(Optional.of(socket)).withIdentities(List.of(world.home.resolve("none"))))
                .run(sh("true")));

        assertThat(why.sentence()).contains("the ssh-agent at " + socket + " cannot be used");
    }

    @Test
    void doesNotHammerAHostThatAcceptsAndDrops() throws Exception {
        HostAccess access = access();
        works(access);
        server.cut();
        works(access);
        server.cut();
        CommandResult result = access.run(sh("true"));
        // A cut may come before the server knows its newest session; then that one is cut the next time.
        for (int i = 0; i < MOST_CUTS && !(result instanceof CommandResult.NotReached); i++) {
            server.cut();
            result = access.run(sh("true"));
        }

        assertThat(unreachable(result).sentence())
                .contains("breaks them within seconds")
                .contains("next attempt in");
        world.ahead.addAndGet(Duration.ofMinutes(1).toNanos());
        works(access);
    }
}
