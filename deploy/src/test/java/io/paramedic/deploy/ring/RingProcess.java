package io.paramedic.deploy.ring;

import io.paramedic.actuator.service.ActuatorSettings;
import io.paramedic.analyzer.feed.FeedSettings;
import io.paramedic.analyzer.service.AnalyzerSettings;
import io.paramedic.collector.access.InventoryConnector;
import io.paramedic.collector.access.ssh.SshOptions;
import io.paramedic.collector.service.CollectorSettings;
import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.log.Log;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * A process to be killed: some parts of Paramedic as the command line runs them, with the log in it or in another process.
 * It does what it is told on standard input, and ends when that ends.
 *
 * <p>Arguments: serve or join, the log's directory, its port, an id, the parts, and for each host at which a step is to be held
 * {@code host=POINT}.
 */
final class RingProcess {
    /** All that turns the ring; the page only looks at it. */
    static final Set<Ring.Part> PARTS = Set.of(Ring.Part.ACTUATOR, Ring.Part.ANALYZER, Ring.Part.COLLECTOR);

    /** Begins the line that tells of a point that was reached. */
    static final String AT = "AT";

    static final String READY = "READY";
    static final String FAILED = "FAILED";
    static final String RELEASE = "release";

    /** Who is killed is given up after this, and not after the 45 s of Kafka. */
    private static final int SESSION_MS = 6_000;

    private RingProcess() {}

    public static void main(String[] arguments) throws Exception {
        LogHome.Embedded home = new LogHome.Embedded(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        for (String park : Arrays.copyOfRange(arguments, 5, arguments.length)) {
            String[] place = park.split("=", 2);
            Parks.OF_THIS_PROCESS.hold(place[0], Point.valueOf(place[1]));
        }
        OpenLog log = arguments[0].equals("serve") ? OpenLog.serving(home) : OpenLog.joining(home);
        var _ = log.failure().thenAccept(sentence -> System.out.println(FAILED + " " + sentence));
        Set<Ring.Part> parts = Arrays.stream(arguments[4].split(","))
                .filter(word -> !word.equals("none"))
                .map(Ring.Part::valueOf)
                .collect(Collectors.toSet());
        if (!parts.isEmpty()) {
            Ring ring = Ring.start(
                    quick(log.log(), true),
                    parts,
                    settings(home.directory().resolveSibling("analyzer-" + arguments[3])),
                    new ParkingConnector(connector(), Parks.OF_THIS_PROCESS),
                    arguments[3]);
            var _ = ring.failure().thenAccept(sentence -> System.out.println(FAILED + " " + sentence));
        }
        System.out.println(READY + " " + log.log().connection().bootstrapServers());
        obey();
        Runtime.getRuntime().halt(0);
    }

    private static void obey() throws Exception {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            if (order.equals(RELEASE)) {
                Parks.OF_THIS_PROCESS.release();
            }
        }
    }

    static InventoryConnector connector() {
        return InventoryConnector.start(
                SshOptions.defaults().withConfig(Optional.empty()).withAgent(Optional.empty()));
    }

    /** The same log, on which members of groups that died are missed soon, and, where steps are held, what holds them. */
    static Log quick(Log log, boolean held) {
        Map<String, String> settings = new HashMap<>();
        log.connection().common().forEach((key, value) -> settings.put(key, value.toString()));
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Integer.toString(SESSION_MS));
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Integer.toString(SESSION_MS / 4));
        if (held) {
            settings.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, ParkingInterceptor.class.getName());
        }
        return new Log(new KafkaConnection(settings, Set.of()), log.clusterId(), log.partitions(), log.permission());
    }

    /** A lease of ten seconds, a look each second. */
    static Ring.Settings settings(Path analyzerState) {
        ActuatorSettings usual = ActuatorSettings.DEFAULT;
        return new Ring.Settings(
                CollectorSettings.DEFAULT.scaled(0.2),
                AnalyzerSettings.DEFAULT.withStateDirectory(analyzerState),
                new ActuatorSettings(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(40),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(40),
                        usual.concurrency(),
                        usual.backlog(),
                        usual.holdsRecordedAgain(),
                        Duration.ofSeconds(5)),
                FeedSettings.DEFAULT);
    }
}
