package io.paramedic.deploy.simulation;

import io.paramedic.deploy.simulation.hosts.SimulatedHost;
import io.paramedic.deploy.simulation.hosts.SimulatedHosts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/** A strict SSH client: it takes the host key from known_hosts alone, and keeps one connection per host and user. */
final class SshClientForTests implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What became of a command; no status if the connection ended before it. */
    record Result(@Nullable Integer status, String out, String err) {}

    private final SimulatedHosts pool;
    private final SshClient client = SshClient.setUpDefaultClient();
    private final Map<String, ClientSession> sessions = new ConcurrentHashMap<>();

    SshClientForTests(SimulatedHosts pool) {
        this.pool = pool;
        client.setKeyIdentityProvider(new FileKeyPairProvider(pool.clientKey()));
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        client.start();
    }

    /** A connection that is kept for later commands of the same user. */
    ClientSession connect(SimulatedHost host, String user) throws IOException {
        String key = user + "@" + host.name();
        ClientSession open = sessions.get(key);
        if (open != null && open.isOpen()) {
            return open;
        }
        client.setServerKeyVerifier(
                new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, pool.knownHosts()));
        ClientSession session =
                client.connect(user, "127.0.0.1", host.port()).verify(PATIENCE).getSession();
        session.auth().verify(PATIENCE);
        sessions.put(key, session);
        return session;
    }

    Result run(SimulatedHost host, String line) throws IOException {
        return run(host, "root", line, "");
    }

    Result run(SimulatedHost host, String user, String line, String stdin) throws IOException {
        try (Running running = start(host, user, line, stdin)) {
            return running.await(PATIENCE);
        }
    }

    Running start(SimulatedHost host, String user, String line, String stdin) throws IOException {
        ChannelExec channel = connect(host, user).createExecChannel(line);
        Running running = new Running(channel);
        channel.setIn(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)));
        channel.setOut(running.out);
        channel.setErr(running.err);
        channel.open().verify(PATIENCE);
        return running;
    }

    /** A command under way. */
    static final class Running implements AutoCloseable {
        private final ChannelExec channel;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();

        private Running(ChannelExec channel) {
            this.channel = channel;
        }

        /** Waits for its end. */
        Result await(Duration limit) {
            Set<ClientChannelEvent> events = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), limit);
            if (events.contains(ClientChannelEvent.TIMEOUT)) {
                throw new AssertionError("still running after %s; printed: %s%s".formatted(limit, out(), err));
            }
            return new Result(channel.getExitStatus(), out(), err.toString(StandardCharsets.UTF_8));
        }

        /** Whether it goes on for so long. */
        boolean stillRunningAfter(Duration time) {
            return channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), time).contains(ClientChannelEvent.TIMEOUT);
        }

        String out() {
            return out.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            channel.close(true);
        }
    }

    @Override
    public void close() {
        client.stop();
    }
}
