package io.paramedic.collector.access.ssh;

import io.paramedic.collector.access.HostAccess;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.sshd.client.SshClient;
import org.jspecify.annotations.Nullable;

/**
 * The SSH client of this process, for any number of hosts: threads, keys and passphrases are shared, connections are
 * not. Closing it closes all accesses that it gave out.
 */
public final class SshClients implements AutoCloseable {
    private final Identities identities;
    private final LongSupplier clock;
    private final RandomGenerator chance;
    private final ExecutorService resolvers = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("paramedic-resolve-", 0).factory());
    private final Set<HostAccess> accesses = ConcurrentHashMap.newKeySet();
    private @Nullable SshClient modern;
    private @Nullable SshClient legacy;
    private boolean closed;

    /**
     * A client with a given clock and chance.
     *
     * @param clock nanoseconds that only ever grow; tells when a host is tried again
     * @param chance spreads the attempts; must be safe for many threads
     */
    public SshClients(PassphraseSource passphrases, LongSupplier clock, RandomGenerator chance) {
        this.identities = new Identities(passphrases);
        this.clock = clock;
        this.chance = chance;
    }

    /** A client on the system's clock. */
    public static SshClients start(PassphraseSource passphrases) {
        return new SshClients(passphrases, System::nanoTime, new SecureRandom());
    }

    /** A way to one host. Nothing is connected before the first command. */
    public synchronized HostAccess access(SshTarget target) {
        if (closed) {
            throw new IllegalStateException("the SSH client is closed");
        }
        Dialer dialer = new Dialer(client(target.options().legacy()), identities, resolvers);
        HostAccess[] self = new HostAccess[1];
        HostAccess access =
                new SshAccess(target, new Connection(target, dialer, clock, chance), () -> accesses.remove(self[0]));
        self[0] = access;
        accesses.add(access);
        return access;
    }

    private SshClient client(boolean old) {
        SshClient client = old ? legacy : modern;
        if (client == null) {
            client = MinaClient.start(old);
            if (old) {
                legacy = client;
            } else {
                modern = client;
            }
        }
        return client;
    }

    @Override
    public synchronized void close() {
        closed = true;
        List.copyOf(accesses).forEach(HostAccess::close);
        stop(modern);
        stop(legacy);
        resolvers.shutdownNow();
    }

    private static void stop(@Nullable SshClient client) {
        if (client != null) {
            client.stop();
        }
    }
}
