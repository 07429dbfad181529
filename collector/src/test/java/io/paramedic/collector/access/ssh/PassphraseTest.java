package io.paramedic.collector.access.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.CommandResult.Completed;
import io.paramedic.collector.access.CommandResult.NotReached;
import io.paramedic.collector.access.CommandResult.Unreachable;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostCommand;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a person is asked for the passphrase of a key: before anything has a time limit, and once. */
class PassphraseTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Queue<Path> asked = new ConcurrentLinkedQueue<>();
    private final KeyPair lockedKey = TestKeys.generate("ecdsa-sha2-nistp256");
    private final List<AutoCloseable> open = new ArrayList<>();
    private volatile PassphraseSource person = _ -> Optional.of("open sesame");
    private SshWorld world;
    private Path locked;
    private MinaServer server;

    @BeforeEach
    void start() throws Exception {
        world = new SshWorld(key -> {
            asked.add(key);
            return person.passphrase(key);
        });
        locked = TestKeys.openSsh(world.home.resolve("locked"), lockedKey, "open sesame");
        server = serve(lockedKey);
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    private MinaServer serve(KeyPair authorized) throws Exception {
        MinaServer made = new MinaServer(
                new TestServer.Spec(List.of(TestKeys.generate("ssh-ed25519")), List.of(authorized), 10), _ -> {});
        world.know(made);
        open.add(made);
        return made;
    }

    private SshOptions named(SshOptions options) {
        return options.withIdentities(List.of(locked));
    }

    private static CommandResult run(HostAccess access) throws InterruptedException {
        return access.run(HostCommand.shell(LIMIT, "true"));
    }

    private static Unreachable refused(CommandResult result) {
        return result instanceof NotReached not ? not.why() : fail("reached: " + result);
    }

    @Test
    void isAskedForOncePerKeyAndNotOncePerHost() throws Exception {
        MinaServer other = serve(lockedKey);
        world.clients.unlock(List.of(world.target(server, this::named), world.target(other, this::named)));
        world.clients.unlock(List.of(world.target(server, this::named)));

        assertThat(run(world.access(server, this::named))).isInstanceOf(Completed.class);
        assertThat(run(world.access(other, this::named))).isInstanceOf(Completed.class);
        assertThat(asked).containsExactly(locked);
    }

    @Test
    void isAskedForBeforeAnythingConnects() throws Exception {
        person = _ -> {
            assertThat(server.connections()).isZero();
            return Optional.of("open sesame");
        };
        world.clients.unlock(List.of(world.target(server, this::named)));

        assertThat(asked).containsExactly(locked);
        assertThat(server.connections()).isZero();
    }

    @Test
    void isNeverAskedForByACommand() throws Exception {
        Unreachable why = refused(run(world.access(server, this::named)));

        assertThat(asked).isEmpty();
        assertThat(why.kind()).isEqualTo(Unreachable.Kind.CONFIGURATION);
        assertThat(why.sentence())
                .contains("the key " + locked + " is encrypted and was not opened")
                .contains("ssh-add " + locked)
                .contains("--identity on a terminal");
    }

    @Test
    void whoTypesSlowlyHoldsUpNoHost() throws Exception {
        CountDownLatch typing = new CountDownLatch(1);
        CountDownLatch typed = new CountDownLatch(1);
        person = _ -> {
            typing.countDown();
            await(typed);
            return Optional.of("open sesame");
        };
        Thread unlocking =
                Thread.ofVirtual().start(() -> world.clients.unlock(List.of(world.target(server, this::named))));
        await(typing);

        assertThat(run(world.access(serve(world.key)))).isInstanceOf(Completed.class);
        assertThat(refused(run(world.access(server, this::named))).sentence()).contains("was not opened");

        typed.countDown();
        unlocking.join();
        assertThat(run(world.access(server, this::named))).isInstanceOf(Completed.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void isAskedForOnceAlsoWhenNobodyKnowsIt() throws Exception {
        person = PassphraseSource.NONE;
        world.clients.unlock(List.of(world.target(server, this::named)));
        world.clients.unlock(List.of(world.target(server, this::named)));

        assertThat(asked).containsExactly(locked);
        assertThat(refused(run(world.access(server, this::named))).sentence()).contains("was not opened");
    }

    @Test
    void thatDoesNotFitIsSaid() throws Exception {
        person = _ -> Optional.of("open barley");
        world.clients.unlock(List.of(world.target(server, this::named)));

        assertThat(refused(run(world.access(server, this::named))).sentence())
                .contains("the passphrase that was given does not open the key " + locked);
    }

    @Test
    void ofAKeyThatAnAgentHoldsIsNotAskedFor() throws Exception {
        TestKeys.publicKey(world.home.resolve("locked.pub"), lockedKey);
        Path socket = world.home.resolve("agent");
        try (FakeAgent _ = new FakeAgent(socket, List.of(lockedKey))) {
            HostAccess access = world.unlocked(server, o -> named(o).withAgent(Optional.of(socket)));

            assertThat(run(access)).isInstanceOf(Completed.class);
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void ofADefaultKeyIsAskedForWhereThereIsNothingElse() throws Exception {
        Path only = TestKeys.openSsh(world.home.resolve(".ssh/id_ed25519"), lockedKey, "open sesame");

        assertThat(run(world.unlocked(server, options -> options))).isInstanceOf(Completed.class);
        assertThat(asked).containsExactly(only);
    }

    @Test
    void ofADefaultKeyIsNotAskedForWhereThereIsAnother() throws Exception {
        Path second = TestKeys.openSsh(world.home.resolve(".ssh/id_rsa"), lockedKey, "open sesame");

        Unreachable why = refused(run(world.unlocked(server, options -> options)));

        assertThat(asked).isEmpty();
        assertThat(why.sentence()).contains("did not accept").contains("the key " + second + " is encrypted");
    }

    @Test
    void ofAKeyForAJumpHostIsAskedForToo() throws Exception {
        world.write("config", """
            Host gate
              HostName 127.0.0.1
              Port %d
              IdentityFile %s
            """.formatted(server.port(), locked));
        MinaServer target = serve(world.key);

        assertThat(run(world.unlocked(target, options -> options.withJump(Optional.of("gate")))))
                .isInstanceOf(Completed.class);
        assertThat(asked).containsExactly(locked);
    }

    @Test
    void isAskedForEvenIfTheWayToAnotherHostMakesNoSense() throws Exception {
        SshOptions senseless = world.options().withJump(Optional.of("a:b:c"));
        world.clients.unlock(List.of(world.target(server, _ -> senseless), world.target(server, this::named)));

        assertThat(asked).containsExactly(locked);
    }
}
