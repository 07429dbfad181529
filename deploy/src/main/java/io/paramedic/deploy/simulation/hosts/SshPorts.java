package io.paramedic.deploy.simulation.hosts;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/**
 * One SSH server with a port for each host: a thousand hosts share its few threads, and the local port of a connection
 * tells whose it is.
 */
final class SshPorts implements Closeable {
    private final Server server =
            (Server) ServerBuilder.builder().factory(Server::new).build();
    private final Map<Integer, SimulatedHost> hosts = new ConcurrentHashMap<>();
    private final Map<Integer, ServerSocket> mutes = new ConcurrentHashMap<>();

    /** Gives access to the acceptor, which can listen on any number of ports. */
    private static final class Server extends SshServer {
        private IoAcceptor ports() {
            return acceptor;
        }
    }

    SshPorts(KeyPair hostKey, PublicKey authorized) throws IOException {
        server.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, authorized));
        server.setCommandFactory((channel, line) -> new HostCommandChannel(this, line));
        // The post-quantum exchange that comes first otherwise costs 65 ms of CPU per connection, for nothing here.
        server.setKeyExchangeFactories(List.of(
                ServerBuilder.DH2KEX.apply(BuiltinDHFactories.curve25519),
                ServerBuilder.DH2KEX.apply(BuiltinDHFactories.curve25519_libssh),
                ServerBuilder.DH2KEX.apply(BuiltinDHFactories.ecdhp256)));
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.STOP_WAIT_TIME.set(server, Duration.ofSeconds(2));
        server.start();
        server.ports().unbind(Set.copyOf(server.ports().getBoundAddresses()));
    }

    /** Opens a port of the system's choice. */
    synchronized int open(SimulatedHost host) throws IOException {
        Set<SocketAddress> before = new HashSet<>(server.ports().getBoundAddresses());
        bind(0);
        Set<SocketAddress> after = new HashSet<>(server.ports().getBoundAddresses());
        after.removeAll(before);
        int port = ((InetSocketAddress) after.iterator().next()).getPort();
        hosts.put(port, host);
        return port;
    }

    private void bind(int port) throws IOException {
        server.ports().bind(address(port));
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Nullable
    SimulatedHost hostOf(ServerSession session) {
        return hosts.get(portOf(session));
    }

    private static int portOf(AbstractSession session) {
        return portOf((ServerSession) session);
    }

    private static int portOf(ServerSession session) {
        return ((InetSocketAddress) session.getIoSession().getLocalAddress()).getPort();
    }

    private List<AbstractSession> sessions(int port) {
        return server.getActiveSessions().stream()
                .filter(session -> portOf(session) == port)
                .toList();
    }

    void cut(int port) {
        sessions(port).forEach(session -> session.close(true));
    }

    synchronized void refuse(int port) {
        server.ports().unbind(address(port));
        cut(port);
    }

    /** Only the kernel still takes connections; those that are open are no longer read. */
    synchronized void mute(int port) throws IOException {
        server.ports().unbind(address(port));
        sessions(port).forEach(session -> session.getIoSession().suspendRead());
        mutes.put(port, new ServerSocket(port, 1024, InetAddress.getLoopbackAddress()));
    }

    /** Whether what a command prints goes nowhere. */
    boolean muted(int port) {
        return mutes.containsKey(port);
    }

    synchronized void resume(int port) throws IOException {
        closeMute(port);
        if (!server.ports().getBoundAddresses().contains(address(port))) {
            bind(port);
        }
        sessions(port).forEach(session -> session.getIoSession().resumeRead());
    }

    private void closeMute(int port) throws IOException {
        ServerSocket mute = mutes.remove(port);
        if (mute != null) {
            mute.close();
        }
    }

    synchronized void close(int port) {
        hosts.remove(port);
        server.ports().unbind(address(port));
        cut(port);
        try {
            closeMute(port);
        } catch (IOException e) {
            // It takes no connections any more, which is all that was wanted.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
