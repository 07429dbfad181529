package io.paramedic.collector.access.ssh;

import io.paramedic.collector.access.HostAccess;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

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
    private final MinaClients mina = new MinaClients();
    private final Set<HostAccess> accesses = ConcurrentHashMap.newKeySet();
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
        // Here and not with the first command, whose time limit it would use up.
        mina.of(false);
        if (!target.options().legacyHosts().isEmpty()) {
            mina.of(true);
        }
        Dialer dialer = new Dialer(mina, identities, resolvers);
        HostAccess[] self = new HostAccess[1];
        HostAccess access =
                new SshAccess(target, new Connection(target, dialer, clock, chance), () -> accesses.remove(self[0]));
        self[0] = access;
        accesses.add(access);
        return access;
    }

    /**
     * Opens the encrypted private keys that logging in to these hosts and to their jump hosts takes, asking for their
     * passphrases. Commands never ask: a person types slowly, and a command has its time limit. Without this call, and
     * where no passphrase is given, an encrypted key is not used and the sentence of the refusal names it.
     *
     * <p>A key that is named for a host is asked for unless an agent holds it; a key that is only tried by default is
     * asked for where there is nothing else to offer. Each is asked for once, whatever the answer. Connects to no host.
     */
    public void unlock(Collection<SshTarget> targets) {
        List<Hop> hops = new ArrayList<>();
        for (SshTarget target : targets) {
            try {
                hops.addAll(Route.to(target));
            } catch (UnreachableException e) {
                // The first command says so.
                continue;
            }
        }
        identities.unlock(hops);
    }

    @Override
    public synchronized void close() {
        closed = true;
        List.copyOf(accesses).forEach(HostAccess::close);
        mina.close();
        resolvers.shutdownNow();
    }
}
