package io.paramedic.collector.access.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.DirectTcpipFactory;

/** MINA's server. */
final class MinaServer implements TestServer {
    /** The command lines that reached it. */
    final Queue<String> commands = new ConcurrentLinkedQueue<>();

    private final Spec spec;
    private final Consumer<SshServer> setUp;
    private final Map<String, String> environment;
    private SshServer server;

    MinaServer(Spec spec, Consumer<SshServer> setUp) throws IOException {
        this(spec, setUp, Map.of());
    }

    /** @param environment what commands get in addition */
    MinaServer(Spec spec, Consumer<SshServer> setUp, Map<String, String> environment) throws IOException {
        this.spec = spec;
        this.setUp = setUp;
        this.environment = environment;
        this.server = start(0);
    }

    private SshServer start(int port) throws IOException {
        SshServer made = SshServer.setUpDefaultServer();
        made.setHost("127.0.0.1");
        made.setPort(port);
        made.setKeyPairProvider(KeyPairProvider.wrap(spec.hostKeys()));
        made.setPublickeyAuthenticator((_, key, _) ->
                spec.authorized().stream().anyMatch(pair -> KeyUtils.compareKeys(pair.getPublic(), key)));
        made.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        made.setCommandFactory((_, line) -> {
            commands.add(line);
            return new Shell(line, environment);
        });
        CoreModuleProperties.TCP_NODELAY.set(made, true);
        made.setChannelFactories(List.of(new Sessions(spec.sessions()), DirectTcpipFactory.INSTANCE));
        setUp.accept(made);
        made.start();
        return made;
    }

    /** How many connections it has. */
    int connections() {
        return server.getActiveSessions().size();
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public KeyPair hostKey() {
        return spec.hostKeys().getFirst();
    }

    @Override
    public void cut() {
        server.getActiveSessions().forEach(session -> session.getIoSession().close(true));
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    @Override
    public void restart() throws IOException {
        server = start(server.getPort());
    }

    /** Refuses more than a number of sessions on one connection, as sshd does. */
    private static final class Sessions extends ChannelSessionFactory {
        private final int limit;
        private final Map<Session, AtomicInteger> open = new ConcurrentHashMap<>();

        Sessions(int limit) {
            this.limit = limit;
        }

        @Override
        public Channel createChannel(Session session) {
            AtomicInteger count = open.computeIfAbsent(session, _ -> new AtomicInteger());
            return new ChannelSession() {
                @Override
                public OpenFuture open(long recipient, long size, long packetSize, Buffer buffer) {
                    addCloseFutureListener(_ -> count.decrementAndGet());
                    if (count.incrementAndGet() <= limit) {
                        return super.open(recipient, size, packetSize, buffer);
                    }
                    OpenFuture refusal = new DefaultOpenFuture(this, this);
                    refusal.setException(new SshChannelOpenException(
                            getChannelId(), SshConstants.SSH_OPEN_CONNECT_FAILED, "open failed"));
                    close(true);
                    return refusal;
                }
            };
        }
    }

    /** Runs a line in a real shell, as sshd would. */
    @SuppressWarnings("NullAway.Init")
    private static final class Shell implements Command {
        private static final Semaphore FORKS = new Semaphore(16);

        private final String line;
        private final Map<String, String> environment;
        private InputStream in;
        private OutputStream out;
        private OutputStream err;
        private ExitCallback callback;
        private volatile Process process;

        Shell(String line, Map<String, String> environment) {
            this.line = line;
            this.environment = environment;
        }

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }

        @Override
        public void setExitCallback(ExitCallback exit) {
            callback = exit;
        }

        @Override
        public void start(ChannelSession channel, Environment unused) throws IOException {
            FORKS.acquireUninterruptibly();
            try {
                ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", line);
                builder.environment().putAll(environment);
                process = builder.start();
            } finally {
                FORKS.release();
            }
            Process shell = process;
            Thread stdin = pump(in, shell.getOutputStream(), true);
            Thread stdout = pump(shell.getInputStream(), out, false);
            Thread stderr = pump(shell.getErrorStream(), err, false);
            Thread.ofPlatform().daemon().name("shell").start(() -> {
                try {
                    int status = shell.waitFor();
                    stdout.join();
                    stderr.join();
                    stdin.interrupt();
                    callback.onExit(status);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        private static Thread pump(InputStream from, OutputStream to, boolean closes) {
            return Thread.ofPlatform().daemon().name("shell pump").start(() -> {
                try {
                    byte[] chunk = new byte[8192];
                    for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
                        to.write(chunk, 0, n);
                        to.flush();
                    }
                    if (closes) {
                        to.close();
                    }
                } catch (IOException e) {
                    // One end is gone.
                }
            });
        }

        @Override
        public void destroy(ChannelSession channel) throws Exception {
            Process shell = process;
            if (shell != null) {
                shell.descendants().forEach(ProcessHandle::destroyForcibly);
                shell.destroyForcibly();
                shell.waitFor(Duration.ofSeconds(5));
            }
        }
    }
}
