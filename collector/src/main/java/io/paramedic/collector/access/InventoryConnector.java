package io.paramedic.collector.access;

import io.paramedic.collector.access.ssh.PassphraseSource;
import io.paramedic.collector.access.ssh.SshClients;
import io.paramedic.collector.access.ssh.SshOptions;
import io.paramedic.collector.access.ssh.SshTarget;
import io.paramedic.schemas.inventory.Access;
import io.paramedic.schemas.inventory.HostRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Makes ways to hosts as the inventory describes them. What a record does not say comes from the options: the reader's own
 * {@code ssh_config}, keys and {@code known_hosts}. Closing it closes every way that it made over SSH.
 */
public final class InventoryConnector implements HostConnector, AutoCloseable {
    private final SshClients clients;
    private final SshOptions usual;

    /**
     * @param clients shared by all hosts; closed with this connector
     * @param usual what holds where a record says nothing
     */
    public InventoryConnector(SshClients clients, SshOptions usual) {
        this.clients = clients;
        this.usual = usual;
    }

    /** A connector for a service: it asks nobody for a passphrase, so an encrypted key needs an agent. */
    public static InventoryConnector start(SshOptions usual) {
        return new InventoryConnector(SshClients.start(PassphraseSource.NONE), usual);
    }

    @Override
    public HostAccess connect(HostRecord host) {
        return switch (host.access()) {
            case Access.Ssh ssh -> clients.access(target(ssh));
            case Access.Local local -> local.sudo() ? new SudoAccess(new LocalAccess()) : new LocalAccess();
        };
    }

    SshTarget target(Access.Ssh ssh) {
        SshOptions options = usual.withSudo(ssh.sudo()).withPinnedKeys(ssh.hostKeys());
        if (ssh.identityFile() != null) {
            options = options.withIdentities(List.of(identity(ssh.identityFile())));
        }
        if (ssh.jump() != null) {
            options = options.withJump(Optional.of(ssh.jump()));
        }
        if (ssh.legacyAlgorithms()) {
            options = options.withLegacyHosts(
                    Set.of(new HostAddress.Ssh(Optional.empty(), ssh.address(), OptionalInt.empty())));
        }
        return new SshTarget(ssh.address(), Optional.of(ssh.user()), OptionalInt.of(ssh.port()), options);
    }

    /** A bare name is a file of {@code ~/.ssh}. */
    private Path identity(String name) {
        return name.startsWith("~/")
                ? usual.home().resolve(name.substring(2))
                : usual.home().resolve(".ssh").resolve(name);
    }

    @Override
    public void close() {
        clients.close();
    }
}
