package io.paramedic.deploy.broker;

import io.paramedic.deploy.broker.BrokerCannotStart.Reason;
import io.paramedic.schemas.log.KafkaConnection;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A single Kafka broker inside this process, with its data in a directory, reachable on 127.0.0.1 alone.
 *
 * <p>Whatever it acknowledged survives the end of the process in any way; what it acknowledged on {@code leases} and
 * {@code commands} also survives a power failure, because those topics are flushed with each append (the topic
 * catalogue sets that). It never ends the JVM: a broker that fails says so through {@link #failure()}.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    private final DataDirectory directory;
    private final NodeFaults faults;
    private final KafkaNode node;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedBroker(DataDirectory directory, NodeFaults faults, KafkaNode node, int port) {
        this.directory = directory;
        this.faults = faults;
        this.node = node;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it serves.
     *
     * @throws BrokerCannotStart with a sentence for a person; nothing is left behind then but the directory
     */
    public static EmbeddedBroker start(BrokerConfig config) throws BrokerCannotStart, InterruptedException {
        DataDirectory directory = DataDirectory.take(config.directory(), config.leastFreeBytes());
        try {
            return start(config, directory);
        } catch (BrokerCannotStart | InterruptedException failed) {
            directory.close();
            throw failed;
        }
    }

    private static EmbeddedBroker start(BrokerConfig config, DataDirectory directory)
            throws BrokerCannotStart, InterruptedException {
        KafkaNode.Sockets sockets = bind(config.port());
        NodeFaults faults = NodeFaults.watch();
        try {
            KafkaNode node = new NodeStart(config, directory, faults).start(sockets);
            EmbeddedBroker broker = new EmbeddedBroker(directory, faults, node, sockets.brokerPort());
            broker.announce();
            LOG.info("Embedded broker serves {} from {}", broker.bootstrapServers(), directory.path());
            return broker;
        } catch (BrokerCannotStart | InterruptedException failed) {
            faults.forget();
            close(sockets.broker());
            close(sockets.controller());
            throw failed;
        }
    }

    /** Its directory is free for another broker only when this one has stopped. */
    private void announce() throws BrokerCannotStart {
        try {
            directory.noteServers(bootstrapServers());
        } catch (BrokerCannotStart failed) {
            try {
                node.stop();
            } catch (RuntimeException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        }
    }

    /** For {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** How clients reach it. */
    public KafkaConnection connection() {
        return KafkaConnection.plain(bootstrapServers());
    }

    /**
     * Completes with a sentence when the broker fails by itself, for example because its disk is full or gone. It then
     * refuses to acknowledge anything; close it, and start another one when the cause is removed.
     */
    public CompletableFuture<String> failure() {
        return faults.first()
                .thenApply(fault ->
                        ("The embedded broker on %s with its data in %s has failed and acknowledges nothing any"
                                        + " more: %s. That file system has %s. The log above has Kafka's own words.")
                                .formatted(
                                        bootstrapServers(),
                                        directory.path(),
                                        NodeStart.cause(fault),
                                        directory.room()));
    }

    /** Stops it; what it acknowledged is on disk. Does nothing the second time. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            node.stop();
        } finally {
            faults.forget();
            directory.close();
        }
        LOG.info("Embedded broker on {} has stopped", bootstrapServers());
    }

    private static KafkaNode.Sockets bind(int port) throws BrokerCannotStart {
        ServerSocketChannel broker = bindOne(port);
        try {
            return new KafkaNode.Sockets(broker, bindOne(0));
        } catch (BrokerCannotStart failed) {
            close(broker);
            throw failed;
        }
    }

    private static ServerSocketChannel bindOne(int port) throws BrokerCannotStart {
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open();
            channel.bind(new InetSocketAddress("127.0.0.1", port));
            // Kafka selects on it; a blocking channel would make its acceptor die without a word.
            channel.configureBlocking(false);
            return channel;
        } catch (IOException failed) {
            if (channel != null) {
                close(channel);
            }
            throw cannotBind(port, failed);
        }
    }

    private static BrokerCannotStart cannotBind(int port, IOException failed) {
        if (failed instanceof BindException && port != 0) {
            return new BrokerCannotStart(
                    Reason.PORT_TAKEN,
                    ("Port %d on 127.0.0.1 cannot be taken for the broker: %s. Stop the program that listens there (on"
                        + " Linux 'ss -ltnp sport = :%d' shows it), or give another port; 0 takes any free one.")
                            .formatted(port, failed.getMessage(), port),
                    failed);
        }
        return new BrokerCannotStart(
                Reason.FAILED, "The broker cannot listen on 127.0.0.1: " + failed.getMessage() + ".", failed);
    }

    private static void close(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException failed) {
            LOG.debug("Closing an unused socket failed", failed);
        }
    }
}
