package io.paramedic.collector.access.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.CommandResult.ConnectionLost;
import io.paramedic.collector.access.CommandResult.NotReached;
import io.paramedic.collector.access.CommandResult.Unreachable;
import io.paramedic.collector.access.CommandResult.Unreachable.Kind;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostAccessContract;
import io.paramedic.collector.access.HostCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the way over SSH promises besides, against any server. */
abstract class SshAccessContract extends HostAccessContract {
    private final List<AutoCloseable> open = new ArrayList<>();
    protected SshWorld world;
    protected TestServer server;

    protected abstract TestServer start(TestServer.Spec spec) throws Exception;

    @BeforeEach
    void setUp() throws Exception {
        world = new SshWorld(file -> file.endsWith("encrypted") ? Optional.of("open sesame") : Optional.empty());
        server = serve(List.of(TestKeys.generate("ssh-ed25519")), List.of(world.key), 10);
        world.know(server);
    }

    protected TestServer serve(List<KeyPair> hostKeys, List<KeyPair> authorized, int sessions) throws Exception {
        TestServer started = start(new TestServer.Spec(hostKeys, authorized, sessions));
        open.add(started);
        return started;
    }

    @AfterEach
    void tearDown() throws Exception {
        world.close();
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @Override
    protected HostAccess access() {
        return world.access(server);
    }

    protected static Unreachable unreachable(CommandResult result) {
        return result instanceof NotReached not ? not.why() : fail("reached: " + result);
    }

    protected static void works(HostAccess access) throws InterruptedException {
        assertThat(completed(access.run(sh("echo hello"))).stdout()).isEqualTo("hello\n");
    }

    @Test
    void namesUserHostAndPort() {
        assertThat(access().name()).isEqualTo(SshWorld.USER + "@127.0.0.1:" + server.port());
    }

    @Test
    void tellsThatTheConnectionWasLostAndConnectsAgainAtOnce() throws Exception {
        HostAccess access = access();
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<CommandResult> ended = new CompletableFuture<>();
        access.stream(sh("echo started; sleep 40"), _ -> started.countDown(), ended::complete);
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();

        server.cut();

        assertThat(ended.get(20, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        ConnectionLost.class, lost -> assertThat(lost.how()).contains("went away"));
        works(access);
    }

    @Test
    void saysWhenItWillTryAgainWhileTheHostIsDown() throws Exception {
        HostAccess access = access();
        works(access);
        server.close();
        assertThat(unreachable(access.run(sh("true"))).kind()).isEqualTo(Kind.REFUSED);

        CommandResult next = access.run(sh("true"));

        assertThat(unreachable(next).kind()).isEqualTo(Kind.REFUSED);
        assertThat(unreachable(next).sentence()).contains("nothing listens").contains("next attempt in");
        assertThat(next.took()).isLessThan(Duration.ofSeconds(1));
        server.restart();
        world.ahead.addAndGet(Duration.ofMinutes(1).toNanos());
        works(access);
    }

    @Test
    void endsAStreamThatCannotStart() throws Exception {
        HostAccess access = access();
        server.close();
        CompletableFuture<CommandResult> ended = new CompletableFuture<>();

        HostAccess.CommandStream stream = access.stream(sh("echo never"), _ -> fail("a line"), ended::complete);
        stream.close();

        assertThat(unreachable(ended.get(20, TimeUnit.SECONDS)).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void showsTheFingerprintOfAnUnknownHostAndHowToApproveIt() throws Exception {
        Files.delete(world.home.resolve(".ssh/known_hosts"));

        Unreachable why = unreachable(access().run(sh("true")));

        String fingerprint = TestKeys.hostKey(server.hostKey()).fingerprint();
        assertThat(why.kind()).isEqualTo(Kind.HOST_KEY_UNKNOWN);
        assertThat(why.fingerprint()).isEqualTo(fingerprint);
        assertThat(why.sentence())
                .startsWith(SshWorld.USER + "@127.0.0.1:" + server.port() + ": its ssh-ed25519 host key " + fingerprint)
                .doesNotContain("jump host")
                .contains("then: paramedic doctor ")
                .endsWith(" --accept-host-key " + fingerprint + " 127.0.0.1:" + server.port());
        assertThat(world.home.resolve(".config")).doesNotExist();
    }

    @Test
    void trustsAKeyThatAPersonApprovedAndRemembersIt() throws Exception {
        Files.delete(world.home.resolve(".ssh/known_hosts"));
        String fingerprint = TestKeys.hostKey(server.hostKey()).fingerprint();

        works(world.access(server, options -> options.withAcceptHostKeys(Set.of(fingerprint))));

        works(world.access(server));
        assertThat(world.home.resolve(".ssh/known_hosts")).doesNotExist();
        assertThat(world.home.resolve(".config/paramedic/known_hosts"))
                .hasContent("[127.0.0.1]:" + server.port() + " " + TestKeys.line(server.hostKey()));
    }

    @Test
    void trustsNothingWhenAnotherKeyWasApproved() throws Exception {
        Files.delete(world.home.resolve(".ssh/known_hosts"));
        String other = TestKeys.hostKey(TestKeys.generate("ssh-ed25519")).fingerprint();

        Unreachable why = unreachable(
                world.access(server, o -> o.withAcceptHostKeys(Set.of(other))).run(sh("true")));

        assertThat(why.kind()).isEqualTo(Kind.HOST_KEY_UNKNOWN);
        assertThat(why.sentence()).contains("a different one was approved");
        assertThat(world.home.resolve(".config/paramedic/known_hosts")).doesNotExist();
    }

    @Test
    void refusesAHostWhoseKeyChangedAndNamesTheLine() throws Exception {
        Files.delete(world.home.resolve(".ssh/known_hosts"));
        world.write("known_hosts", "# hosts\n");
        world.know("[127.0.0.1]:" + server.port(), TestKeys.generate("ssh-ed25519"));

        Unreachable why = unreachable(world.access(
                        server,
                        o -> o.withAcceptHostKeys(
                                Set.of(TestKeys.hostKey(server.hostKey()).fingerprint())))
                .run(sh("true")));

        assertThat(why.kind()).isEqualTo(Kind.HOST_KEY_CHANGED);
        assertThat(why.sentence()).contains(world.home.resolve(".ssh/known_hosts") + ":2");
        assertThat(why.fingerprint())
                .isEqualTo(TestKeys.hostKey(server.hostKey()).fingerprint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa"})
    void asksForTheHostKeyThatItKnows(String known) throws Exception {
        List<KeyPair> hostKeys = List.of(
                TestKeys.generate("ssh-rsa"),
                TestKeys.generate("ecdsa-sha2-nistp256"),
                TestKeys.generate("ssh-ed25519"));
        TestServer several = serve(hostKeys, List.of(world.key), 10);
        for (KeyPair pair : hostKeys) {
            if (TestKeys.hostKey(pair).type().equals(known)) {
                world.know("[127.0.0.1]:" + several.port(), pair);
            }
        }

        works(world.access(several));
    }

    @Test
    void saysThatTheHostDoesNotAcceptTheKey() throws Exception {
        Path other = TestKeys.openSsh(world.home.resolve("other"), TestKeys.generate("ssh-ed25519"), null);

        Unreachable why = unreachable(
                world.access(server, o -> o.withIdentities(List.of(other))).run(sh("true")));

        assertThat(why.kind()).isEqualTo(Kind.AUTHENTICATION_FAILED);
        assertThat(why.sentence())
                .contains("did not accept " + SshWorld.USER)
                .contains("any of 1 key")
                .doesNotContain("Future");
    }

    @Test
    void saysThatThereIsNoKey() throws Exception {
        Unreachable why =
                unreachable(world.access(server, o -> o.withIdentities(List.of(world.home.resolve("nowhere"))))
                        .run(sh("true")));

        assertThat(why.kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(why.sentence()).contains("there is no key to log in with").contains("nowhere does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa"})
    void logsInWithKeysOfEveryTypeInEveryFormat(String type) throws Exception {
        KeyPair pair = TestKeys.generate(type);
        TestServer other = serve(List.of(server.hostKey()), List.of(pair), 10);
        world.know(other);
        List<Path> files = new ArrayList<>();
        files.add(TestKeys.openSsh(world.home.resolve("plain"), pair, null));
        files.add(TestKeys.openSsh(world.home.resolve("encrypted"), pair, "open sesame"));
        if (!type.equals("ssh-ed25519")) {
            files.add(TestKeys.pem(world.home.resolve("pem"), pair, null));
            Files.createDirectory(world.home.resolve("pem-encrypted"));
            files.add(TestKeys.pem(world.home.resolve("pem-encrypted/encrypted"), pair, "open sesame"));
        }

        for (Path file : files) {
            works(world.unlocked(other, options -> options.withIdentities(List.of(file))));
        }
    }

    @Test
    void saysThatAKeyIsEncryptedAndWhatToDo() throws Exception {
        Path file = TestKeys.openSsh(world.home.resolve("locked"), world.key, "who knows");

        Unreachable why = unreachable(
                world.access(server, o -> o.withIdentities(List.of(file))).run(sh("true")));

        assertThat(why.kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(why.sentence()).contains(file + " is encrypted").contains("ssh-add");
    }

    @Test
    void opensAnEncryptedKeyThatTheConfigurationNames() throws Exception {
        KeyPair pair = TestKeys.generate("ecdsa-sha2-nistp256");
        TestServer other = serve(List.of(server.hostKey()), List.of(pair), 10);
        world.know(other);
        Files.createDirectory(world.home.resolve("keys"));
        Path locked = TestKeys.openSsh(world.home.resolve("keys/encrypted"), pair, "open sesame");
        world.write("config", "Host *\n  IdentityFile ~/.ssh/id_ed25519\n  IdentityFile \"" + locked + "\"\n");

        works(world.unlocked(other, options -> options));
    }

    @Test
    void reachesAHostBehindTwoJumpHosts() throws Exception {
        TestServer first = serve(List.of(TestKeys.generate("ssh-ed25519")), List.of(world.key), 10);
        TestServer second = serve(List.of(TestKeys.generate("ecdsa-sha2-nistp256")), List.of(world.key), 10);
        world.know(first);
        world.know(second);
        behind(first, second);

        HostAccess access = inner();

        assertThat(access.name()).isEqualTo(SshWorld.USER + "@inner:" + server.port());
        works(access);
        works(access);
    }

    @Test
    void checksTheKeyOfEveryJumpHost() throws Exception {
        TestServer first = serve(List.of(TestKeys.generate("ssh-ed25519")), List.of(world.key), 10);
        TestServer second = serve(List.of(TestKeys.generate("ssh-ed25519")), List.of(world.key), 10);
        world.know(first);
        behind(first, second);

        Unreachable why = unreachable(inner().run(sh("true")));

        assertThat(why.kind()).isEqualTo(Kind.HOST_KEY_UNKNOWN);
        assertThat(why.fingerprint())
                .isEqualTo(TestKeys.hostKey(second.hostKey()).fingerprint());
        assertThat(why.sentence())
                .startsWith(SshWorld.USER + "@hop2:" + second.port() + ", a jump host on the way to inner: ")
                .endsWith(" --accept-host-key " + why.fingerprint() + " inner");
    }

    private void behind(TestServer first, TestServer second) throws Exception {
        world.write("config", """
            Match exec "false"
              User nobody
            Host hop1
              HostName 127.0.0.1
              Port %d
            Host hop2
              HostName=127.0.0.1
              Port %d
              ProxyJump none
            Host inner
              HostName 127.0.0.1
              Port %d
              ProxyJump hop1,%s@hop2
            Host *
              User %s
              ControlMaster auto
            """.formatted(first.port(), second.port(), server.port(), SshWorld.USER, SshWorld.USER));
    }

    private HostAccess inner() {
        return world.clients.access(new SshTarget("inner", Optional.empty(), OptionalInt.empty(), world.options()));
    }

    @Test
    void queuesWhenTheServerAllowsFewerChannels() throws Exception {
        TestServer narrow = serve(List.of(server.hostKey()), List.of(world.key), 2);
        world.know(narrow);
        HostAccess access = world.access(narrow);
        List<Callable<CommandResult>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            calls.add(() -> access.run(sh("sleep 0.1; echo hello")));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<CommandResult> result : threads.invokeAll(calls)) {
                assertThat(completed(result.get()).stdout()).isEqualTo("hello\n");
            }
        }
    }

    @Test
    void goesOnWhenCommandsThatHangFillTheConnection() throws Exception {
        TestServer narrow = serve(List.of(server.hostKey()), List.of(world.key), 1);
        world.know(narrow);
        HostAccess access = world.access(narrow);
        for (int i = 0; i < 2; i++) {
            works(access);
            assertThat(access.run(new HostCommand("exec sleep 20", Duration.ofSeconds(3), 100)))
                    .isInstanceOf(CommandResult.TimedOut.class);
        }

        works(access);
    }

    @Test
    void saysThatAllChannelsAreBusy() throws Exception {
        HostAccess access = world.access(server, options -> options.withChannels(1));
        CountDownLatch started = new CountDownLatch(1);
        HostAccess.CommandStream stream =
                access.stream(sh("echo started; sleep 40"), _ -> started.countDown(), _ -> {});
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();

        Unreachable why = unreachable(access.run(HostCommand.shell(Duration.ofMillis(300), "true")));

        assertThat(why.sentence()).contains("did not get its turn within 0.3 s");
        stream.close();
        works(access);
    }
}
