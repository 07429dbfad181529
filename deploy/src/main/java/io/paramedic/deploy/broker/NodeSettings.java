package io.paramedic.deploy.broker;

import java.nio.file.Path;
import java.util.Properties;

/**
 * Kafka's settings for one node that is broker and controller at once, in a process that has other things to do.
 */
final class NodeSettings {
    static final int NODE_ID = 1;
    static final String BROKER_LISTENER = "BROKER";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private NodeSettings() {}

    static Properties of(Path logs, int brokerPort, int controllerPort) {
        Properties settings = new Properties();
        identity(settings, logs, brokerPort, controllerPort);
        oneNode(settings);
        small(settings);
        return settings;
    }

    private static void identity(Properties settings, Path logs, int brokerPort, int controllerPort) {
        String broker = "127.0.0.1:" + brokerPort;
        String controller = "127.0.0.1:" + controllerPort;
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", Integer.toString(NODE_ID));
        settings.setProperty(
                "listeners", "%s://%s,%s://%s".formatted(BROKER_LISTENER, broker, CONTROLLER_LISTENER, controller));
        settings.setProperty("advertised.listeners", BROKER_LISTENER + "://" + broker);
        settings.setProperty(
                "listener.security.protocol.map",
                "%s:PLAINTEXT,%s:PLAINTEXT".formatted(BROKER_LISTENER, CONTROLLER_LISTENER));
        settings.setProperty("inter.broker.listener.name", BROKER_LISTENER);
        settings.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        // A static voter: its port may be another one at each start.
        settings.setProperty("controller.quorum.voters", NODE_ID + "@" + controller);
        settings.setProperty("log.dirs", logs.toString());
        settings.setProperty("auto.create.topics.enable", "false");
    }

    private static void oneNode(Properties settings) {
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.setProperty(topic + ".replication.factor", "1");
            settings.setProperty(topic + ".num.partitions", "4");
        }
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        // After a kill the controller refuses the node until its old session has ended: the default makes that 9 s.
        // Shorter than this, and a machine that is merely busy is taken for dead.
        settings.setProperty("broker.session.timeout.ms", "3000");
        settings.setProperty("broker.heartbeat.interval.ms", "500");
        settings.setProperty("initial.broker.registration.timeout.ms", "60000");
        // By default a no-op record is written and flushed twice a second, for followers that we do not have.
        settings.setProperty("metadata.max.idle.interval.ms", "5000");
        // There is nobody to hand leadership over to.
        settings.setProperty("controlled.shutdown.enable", "false");
    }

    /** The defaults are for a machine of its own: 128 MiB for the cleaner, dozens of threads. */
    private static void small(Properties settings) {
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("num.io.threads", "4");
        settings.setProperty("background.threads", "4");
        settings.setProperty("num.recovery.threads.per.data.dir", "2");
        settings.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
    }
}
