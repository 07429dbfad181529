package io.paramedic.collector.access.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.CommandResult.NotReached;
import io.paramedic.collector.access.CommandResult.Unreachable.Kind;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostAddress;
import io.paramedic.collector.access.HostCommand;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is offered the algorithms of old XenServers: servers that a person named, and no other on the way. */
class LegacyAlgorithmsTest {
    private final Queue<String> proposals = new ConcurrentLinkedQueue<>();
    private SshWorld world;
    private MinaServer old;
    private MinaServer modern;

    @BeforeEach
    void start() throws Exception {
        world = new SshWorld(PassphraseSource.NONE);
        old = oldXenServer(TestKeys.generate("ssh-rsa"));
        modern = new MinaServer(spec(TestKeys.generate("ssh-ed25519")), sshd -> sshd.addSessionListener(listening()));
        world.know(modern);
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
        old.close();
        modern.close();
    }

    private MinaServer oldXenServer(KeyPair hostKey) throws Exception {
        MinaServer made = new MinaServer(spec(hostKey), LegacyAlgorithmsTest::age);
        world.know(made);
        return made;
    }

    private TestServer.Spec spec(KeyPair hostKey) {
        return new TestServer.Spec(List.of(hostKey), List.of(world.key), 10);
    }

    private static void age(SshServer sshd) {
        sshd.setKeyExchangeFactories(
                NamedFactory.setUpTransformedFactories(true, List.of(BuiltinDHFactories.dhg1), ServerBuilder.DH2KEX));
        sshd.setCipherFactories(List.of(BuiltinCiphers.tripledescbc));
        sshd.setMacFactories(List.of(BuiltinMacs.hmacmd5));
        sshd.setSignatureFactories(List.of(BuiltinSignatures.rsa, BuiltinSignatures.dsa, BuiltinSignatures.ed25519));
    }

    private SessionListener listening() {
        return new SessionListener() {
            @Override
            public void sessionNegotiationStart(
                    Session session, Map<KexProposalOption, String> client, Map<KexProposalOption, String> server) {
                proposals.addAll(client.values());
            }
        };
    }

    private static HostAddress.Ssh named(String host, TestServer server) {
        return new HostAddress.Ssh(Optional.empty(), host, OptionalInt.of(server.port()));
    }

    private static CommandResult run(HostAccess access) throws InterruptedException {
        return access.run(HostCommand.shell(Duration.ofSeconds(20), "echo hello"));
    }

    private CommandResult through(MinaServer jump, MinaServer target, HostAddress.Ssh legacy)
            throws InterruptedException {
        return run(world.access(
                target,
                options -> options.withJump(Optional.of("127.0.0.1:" + jump.port()))
                        .withLegacyHosts(Set.of(legacy))));
    }

    private static void worked(CommandResult result) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        CommandResult.Completed.class,
                        completed -> assertThat(completed.stdout()).isEqualTo("hello\n"));
    }

    private static void refusedBy(MinaServer server, CommandResult result) {
        assertThat(result).isInstanceOfSatisfying(NotReached.class, not -> {
            assertThat(not.why().kind()).isEqualTo(Kind.NO_COMMON_ALGORITHM);
            assertThat(not.why().sentence())
                    .startsWith(SshWorld.USER + "@127.0.0.1:" + server.port() + " ")
                    .contains("old XenServers")
                    .endsWith(" --legacy-algorithms 127.0.0.1:" + server.port());
        });
    }

    private void nothingBrokenWasOffered() {
        assertThat(String.join(",", proposals).split(","))
                .contains("aes128-ctr", "hmac-sha2-256")
                .doesNotContain("hmac-md5", "hmac-sha1", "3des-cbc", "aes128-cbc", "ssh-dss", "ssh-rsa")
                .doesNotContain("diffie-hellman-group1-sha1", "diffie-hellman-group14-sha1");
    }

    @Test
    void offersNothingBrokenWithoutTheOptIn() throws Exception {
        refusedBy(old, run(world.access(old)));
        worked(run(world.access(modern)));
        nothingBrokenWasOffered();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh-rsa", "ssh-dss"})
    void talksToAnOldXenServerThatIsNamed(String hostKeyType) throws Exception {
        MinaServer server = oldXenServer(TestKeys.generate(hostKeyType));

        worked(run(world.access(server, o -> o.withLegacyHosts(Set.of(named("127.0.0.1", server))))));
        server.close();
    }

    @Test
    void offersNothingBrokenToAHostBesideTheOneThatIsNamed() throws Exception {
        worked(run(world.access(modern, options -> options.withLegacyHosts(Set.of(named("127.0.0.1", old))))));

        nothingBrokenWasOffered();
        assertThat(run(world.access(old, options -> options.withLegacyHosts(Set.of(named("127.0.0.1", modern))))))
                .satisfies(result -> refusedBy(old, result));
    }

    @Test
    void namingAHostAllowsNothingForItsJumpHost() throws Exception {
        refusedBy(old, through(old, modern, named("127.0.0.1", modern)));

        worked(through(modern, old, named("127.0.0.1", old)));
        nothingBrokenWasOffered();
    }

    @Test
    void namingAJumpHostAllowsNothingForTheHostBehindIt() throws Exception {
        refusedBy(old, through(modern, old, named("127.0.0.1", modern)));

        proposals.clear();
        worked(through(old, modern, named("127.0.0.1", old)));
        nothingBrokenWasOffered();
    }
}
