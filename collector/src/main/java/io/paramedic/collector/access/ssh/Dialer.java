package io.paramedic.collector.access.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;

/** Makes connections: hop by hop, each with its own strict check of the host key and its own login. */
final class Dialer {
    private final MinaClients clients;
    private final Identities identities;
    private final ExecutorService resolvers;

    /** @param resolvers look up names, which blocks threads of the system; must not be few */
    Dialer(MinaClients clients, Identities identities, ExecutorService resolvers) {
        this.clients = clients;
        this.identities = identities;
        this.resolvers = resolvers;
    }

    /**
     * Connects and logs in.
     *
     * @param progress gets each handshake when it begins, so that others can see how far it came
     */
    Link dial(SshTarget target, Consumer<Handshake> progress) throws UnreachableException {
        long deadline = System.nanoTime() + target.options().connectLimit().toNanos();
        List<AutoCloseable> below = new ArrayList<>();
        ClientSession session = null;
        Hop before = null;
        try {
            List<Hop> route = Route.to(target);
            for (Hop hop : route) {
                Handshake handshake = handshake(hop, target, hop != route.getLast());
                progress.accept(handshake);
                ClientSession next = session == null || before == null
                        ? reach(hop, handshake, deadline)
                        : reachThrough(session, before, hop, handshake, below, deadline);
                below.addFirst(next::close);
                login(hop, handshake, next, deadline);
                session = next;
                before = hop;
            }
        } catch (UnreachableException e) {
            closeAll(below);
            throw e;
        }
        if (session == null) {
            throw new IllegalStateException("a route has at least one hop");
        }
        return new Link(session, below);
    }

    private static Handshake handshake(Hop hop, SshTarget target, boolean jump) throws UnreachableException {
        try {
            return new Handshake(hop, target, jump);
        } catch (IOException e) {
            throw new UnreachableException(SshFailures.knownHostsUnreadable(hop, e));
        }
    }

    private ClientSession reach(Hop hop, Handshake handshake, long deadline) throws UnreachableException {
        try {
            return connectToAny(hop, handshake, deadline);
        } catch (IOException | TimeoutException e) {
            throw new UnreachableException(SshFailures.connecting(hop, handshake, List.of(), e));
        }
    }

    private ClientSession reachThrough(
            ClientSession via, Hop jump, Hop hop, Handshake handshake, List<AutoCloseable> below, long deadline)
            throws UnreachableException {
        handshake.reached(Handshake.Phase.CONNECTING);
        Bridge bridge;
        try {
            bridge = Bridge.open(via, hop.hostName(), hop.port(), remaining(deadline));
        } catch (IOException e) {
            throw new UnreachableException(SshFailures.behind(jump, hop, e));
        }
        below.addFirst(bridge);
        try {
            ClientSession session = connect(hop, handshake, bridge.entrance(), deadline);
            bridge.admit((InetSocketAddress) session.getIoSession().getLocalAddress(), remaining(deadline));
            return session;
        } catch (IOException e) {
            throw new UnreachableException(SshFailures.connecting(hop, handshake, List.of(), e));
        }
    }

    /** Tries each address of the name, the time left divided among those left. */
    private ClientSession connectToAny(Hop hop, Handshake handshake, long deadline)
            throws IOException, TimeoutException {
        InetAddress[] addresses = resolve(hop.hostName(), deadline);
        IOException last = new UnknownHostException(hop.hostName());
        for (int i = 0; i < addresses.length; i++) {
            long share = (deadline - System.nanoTime()) / (addresses.length - i);
            try {
                return connect(
                        hop,
                        handshake,
                        new InetSocketAddress(addresses[i], hop.port()),
                        i + 1 == addresses.length ? deadline : System.nanoTime() + share);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private InetAddress[] resolve(String name, long deadline) throws IOException, TimeoutException {
        Future<InetAddress[]> lookup = resolvers.submit(() -> InetAddress.getAllByName(name));
        try {
            return lookup.get(remaining(deadline).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts an attempt to connect", e);
        }
    }

    private ClientSession connect(Hop hop, Handshake handshake, InetSocketAddress address, long deadline)
            throws IOException {
        handshake.reached(Handshake.Phase.CONNECTING);
        // The address and not the name: MINA would resolve it again, on a thread that must not wait.
        ClientSession session = clients.of(hop.legacy())
                .connect(
                        hop.user(),
                        address.getAddress().getHostAddress(),
                        address.getPort(),
                        AttributeRepository.ofKeyValuePair(Handshake.KEY, handshake))
                .verify(remaining(deadline))
                .getSession();
        handshake.reached(Handshake.Phase.KEY_EXCHANGE);
        return session;
    }

    private void login(Hop hop, Handshake handshake, ClientSession session, long deadline) throws UnreachableException {
        Identities.Offer offer = identities.offer(hop);
        handshake.offer(offer.ready());
        try {
            session.auth().verify(remaining(deadline));
        } catch (IOException e) {
            throw new UnreachableException(SshFailures.connecting(hop, handshake, offer.problems(), e));
        }
    }

    private static Duration remaining(long deadline) {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    static void closeAll(List<AutoCloseable> resources) {
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("closing a connection does not fail", e);
            }
        }
    }
}
