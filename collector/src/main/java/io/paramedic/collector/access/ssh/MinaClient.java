package io.paramedic.collector.access.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientConnectionServiceFactory;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.ClientUserAuthServiceFactory;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.io.AbstractIoServiceFactoryFactory;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactory;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.signature.SignatureFactoriesManager;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.apache.sshd.core.CoreModuleProperties;

/** Sets up MINA's client. */
final class MinaClient {
    private static final int MISSED_KEEP_ALIVES = 3;
    private static final int WORKERS = Math.max(4, Runtime.getRuntime().availableProcessors() + 1);

    private MinaClient() {}

    static SshClient start(boolean legacy) {
        SshClient client = ClientBuilder.builder().build();
        client.setKeyExchangeFactories(Algorithms.keyExchanges(legacy));
        client.setSignatureFactories(Algorithms.signatures(legacy));
        client.setCipherFactories(Algorithms.ciphers(legacy));
        client.setMacFactories(Algorithms.macs(legacy));
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactories(List.of(new PublicKeyLoginFactory()));
        client.setServiceFactories(List.of(ClientUserAuthServiceFactory.INSTANCE, new KeptAlive()));
        client.setIoServiceFactoryFactory(new Sockets());
        client.addSessionListener(new Progress());
        client.setServerKeyVerifier((session, _, key) -> {
            ByteArrayBuffer buffer = new ByteArrayBuffer();
            buffer.putRawPublicKey(key);
            return of(session).accept(new HostKey(buffer.getCompactData()));
        });
        // Without it a command takes 40 ms longer: Nagle's algorithm against delayed acknowledgements (build facts §6).
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        CoreModuleProperties.SOCKET_KEEPALIVE.set(client, true);
        CoreModuleProperties.NIO_WORKERS.set(client, WORKERS);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.REQUEST_EXEC_REPLY.set(client, true);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, MISSED_KEEP_ALIVES);
        CoreModuleProperties.STOP_WAIT_TIME.set(client, Duration.ofSeconds(5));
        if (legacy) {
            CoreModuleProperties.PROP_DHGEX_CLIENT_MIN_KEY.set(client, 1024);
        }
        client.start();
        return client;
    }

    private static Handshake of(Session session) {
        Handshake handshake = session instanceof ClientSession client && client.getConnectionContext() != null
                ? client.getConnectionContext().getAttribute(Handshake.KEY)
                : null;
        if (handshake == null) {
            throw new IllegalStateException("a session without its handshake");
        }
        return handshake;
    }

    /**
     * MINA waits for each TCP connection on a thread of a small fixed pool, so that three hosts that swallow packets
     * would hold up all others; here that pool grows.
     */
    private static final class Sockets extends AbstractIoServiceFactoryFactory {
        Sockets() {
            super(null);
        }

        @Override
        public IoServiceFactory create(FactoryManager manager) {
            return new Nio2ServiceFactory(manager, null, ThreadUtils.newCachedThreadPool("paramedic-ssh-connect"));
        }
    }

    /** Sets the interval of each host in time: MINA reads it while it makes the session. */
    private static final class KeptAlive extends ClientConnectionServiceFactory {
        @Override
        public Service create(Session session) throws IOException {
            CoreModuleProperties.HEARTBEAT_INTERVAL.set(session, of(session).keepAlive());
            return super.create(session);
        }
    }

    /** Follows an attempt, and asks for the host keys that are known. */
    private static final class Progress implements SessionListener {
        @Override
        public void sessionNegotiationOptionsCreated(Session session, Map<KexProposalOption, String> proposal) {
            // The first thing that happens on a connection: who breaks it off from here on did answer.
            of(session).reached(Handshake.Phase.KEY_EXCHANGE);
            proposal.computeIfPresent(
                    KexProposalOption.SERVERKEYS, (_, algorithms) -> of(session).order(algorithms));
        }

        @Override
        public void sessionEvent(Session session, Event event) {
            if (event == Event.KeyEstablished) {
                of(session).reached(Handshake.Phase.LOGIN);
            }
        }
    }

    /** Logs in with the keys of the handshake and with no others. */
    private static final class PublicKeyLoginFactory extends UserAuthPublicKeyFactory {
        @Override
        public UserAuthPublicKey createUserAuth(ClientSession session) {
            return new UserAuthPublicKey(getSignatureFactories()) {
                @Override
                protected Iterator<PublicKeyIdentity> createPublicKeyIterator(
                        ClientSession client, SignatureFactoriesManager manager) {
                    return of(client).identities().iterator();
                }
            };
        }
    }
}
