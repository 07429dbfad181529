package io.paramedic.collector.access.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.collector.access.CommandResult.Unreachable.Kind;
import io.paramedic.collector.access.HostAccess;
import io.paramedic.collector.access.HostCommand;
import io.paramedic.collector.access.InventoryConnector;
import io.paramedic.schemas.inventory.Access;
import io.paramedic.schemas.inventory.HostRecord;
import java.nio.file.Files;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a record of the inventory names the keys of its host, these alone are trusted. */
class PinnedKeysTest {
    private static final KeyPair HOST = TestKeys.generate("ssh-ed25519");
    private static final KeyPair OTHER = TestKeys.generate("ssh-ed25519");

    private SshWorld world;
    private MinaServer server;

    @BeforeEach
    void setUp() throws Exception {
        world = new SshWorld(_ -> Optional.empty());
        server = new MinaServer(new TestServer.Spec(List.of(HOST), List.of(world.key), 10), _ -> {});
    }

    @AfterEach
    void tearDown() throws Exception {
        server.close();
        world.close();
    }

    private CommandResult run(Access.Ssh ssh) throws InterruptedException {
        HostRecord host = new HostRecord("xen-07", "pool", ssh, Map.of(), List.of());
        InventoryConnector connector = new InventoryConnector(world.clients, world.options());
        try (HostAccess access = connector.connect(host)) {
            return access.run(HostCommand.shell(Duration.ofSeconds(10), "echo hello"));
        }
    }

    private Access.Ssh ssh(String... keys) {
        return new Access.Ssh("127.0.0.1", server.port(), SshWorld.USER, false, List.of(keys), null, null, false);
    }

    private static Kind kind(CommandResult result) {
        assertThat(result).isInstanceOf(CommandResult.NotReached.class);
        return ((CommandResult.NotReached) result).why().kind();
    }

    @Test
    void aKeyOfTheRecordIsTrustedThoughNoFileHasIt() throws Exception {
        assertThat(run(ssh(TestKeys.line(OTHER), TestKeys.line(HOST)))).isInstanceOf(CommandResult.Completed.class);
        assertThat(Files.exists(world.options().approvals())).isFalse();
    }

    @Test
    void aKeyThatOnlyAFileHasIsNotTrusted() throws Exception {
        world.know(server);
        assertThat(kind(run(ssh(TestKeys.line(OTHER))))).isEqualTo(Kind.HOST_KEY_CHANGED);
    }

    @Test
    void aKeyThatCannotBeReadTrustsNobody() throws Exception {
        world.know(server);
        assertThat(kind(run(ssh("ssh-ed25519 AAAA")))).isEqualTo(Kind.HOST_KEY_CHANGED);
    }

    @Test
    void withoutKeysInTheRecordTheFilesDecide() throws Exception {
        assertThat(kind(run(ssh()))).isEqualTo(Kind.HOST_KEY_UNKNOWN);
        world.know(server);
        world.ahead.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(run(ssh())).isInstanceOf(CommandResult.Completed.class);
    }

    @Test
    void theRecordNamesTheKeyToLogInWith() throws Exception {
        Files.move(world.home.resolve(".ssh/id_ed25519"), world.home.resolve(".ssh/paramedic"));
        Access.Ssh ssh = new Access.Ssh(
                "127.0.0.1",
                server.port(),
                SshWorld.USER,
                false,
                List.of(TestKeys.line(HOST)),
                "paramedic",
                null,
                false);
        assertThat(run(ssh)).isInstanceOf(CommandResult.Completed.class);
    }
}
