package io.paramedic.deploy.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/** One Kafka node, broker and controller, from Kafka's own parts; they are put together as its own server does it. */
final class KafkaNode {
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(10);

    private final ControllerServer controller;
    private final BrokerServer broker;

    private KafkaNode(ControllerServer controller, BrokerServer broker) {
        this.controller = controller;
        this.broker = broker;
    }

    /** Assembles a node on two bound sockets; nothing runs yet. */
    static KafkaNode assemble(Path logs, Sockets sockets, NodeFaults faults) throws Exception {
        format(logs);
        KafkaConfig config =
                KafkaConfig.fromProps(NodeSettings.of(logs, sockets.brokerPort(), sockets.controllerPort()), false);
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> initial =
                KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(KafkaNode.class), "");
        InetSocketAddress voter = new InetSocketAddress("127.0.0.1", sockets.controllerPort());
        SharedServer shared = new SharedServer(
                config,
                initial._1(),
                Time.SYSTEM,
                new Metrics(),
                CompletableFuture.completedFuture(Map.of(NodeSettings.NODE_ID, voter)),
                List.of(),
                faults,
                sockets.factory());
        return new KafkaNode(
                new ControllerServer(shared, KafkaRaftServer.configSchema(), initial._2()), new BrokerServer(shared));
    }

    /** Starts and returns when the broker serves; throws whatever Kafka throws. */
    void start() {
        controller.startup();
        broker.startup();
    }

    /** Stops what was started. */
    void stop() {
        try {
            broker.shutdown(SHUTDOWN_LIMIT);
        } finally {
            controller.shutdown();
        }
    }

    private static void format(Path logs) throws Exception {
        if (Files.exists(logs.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setNodeId(NodeSettings.NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setControllerListenerName(NodeSettings.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(logs.toString())
                .setDirectories(List.of(logs.toString()))
                .run();
    }

    /**
     * The two sockets, bound before Kafka starts, so that a port is ours or known to be taken.
     *
     * @param broker for clients
     * @param controller for the node itself
     */
    record Sockets(ServerSocketChannel broker, ServerSocketChannel controller) {
        int brokerPort() {
            return broker.socket().getLocalPort();
        }

        int controllerPort() {
            return controller.socket().getLocalPort();
        }

        ServerSocketFactory factory() {
            return (listener, address, backlog, receiveBuffer) ->
                    listener.equalsIgnoreCase(NodeSettings.CONTROLLER_LISTENER) ? controller : broker;
        }
    }
}
