package io.paramedic.collector.access.ssh;

import org.apache.sshd.client.SshClient;
import org.jspecify.annotations.Nullable;

/**
 * MINA's clients: one for all servers, and another for those with the legacy opt-in, so that no other server is ever
 * offered their algorithms. Each is started when it is first asked for.
 */
final class MinaClients implements AutoCloseable {
    private @Nullable SshClient modern;
    private @Nullable SshClient old;
    private boolean closed;

    /**
     * The client for a server.
     *
     * @param legacy whether a person allowed the algorithms of old XenServers for it
     */
    synchronized SshClient of(boolean legacy) {
        if (closed) {
            throw new IllegalStateException("the SSH client is closed");
        }
        SshClient client = legacy ? old : modern;
        if (client == null) {
            client = MinaClient.start(legacy);
            if (legacy) {
                old = client;
            } else {
                modern = client;
            }
        }
        return client;
    }

    @Override
    public synchronized void close() {
        closed = true;
        stop(modern);
        stop(old);
    }

    private static void stop(@Nullable SshClient client) {
        if (client != null) {
            client.stop();
        }
    }
}
