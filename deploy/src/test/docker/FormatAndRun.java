import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import kafka.Kafka;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * What the start script of the apache/kafka image does, in short: settings from KAFKA_ variables, a formatted directory,
 * and then Kafka's own main. Only for the test image that build-image.sh makes.
 */
final class FormatAndRun {
    private static final Path LOGS = Path.of("/tmp/kraft-combined-logs");
    private static final Path SETTINGS = Path.of("/tmp/server.properties");

    public static void main(String[] arguments) throws Exception {
        Properties settings = new Properties();
        settings.setProperty("log.dirs", LOGS.toString());
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("KAFKA_")) {
                String setting = name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT);
                settings.setProperty(setting.replace('_', '.'), value);
            }
        });
        try (OutputStream out = Files.newOutputStream(SETTINGS)) {
            settings.store(out, null);
        }
        Files.createDirectories(LOGS);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setNodeId(Integer.parseInt(settings.getProperty("node.id")))
                .setClusterId(System.getenv("CLUSTER_ID"))
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setControllerListenerName(settings.getProperty("controller.listener.names"))
                .setMetadataLogDirectory(LOGS.toString())
                .setDirectories(List.of(LOGS.toString()))
                .setIgnoreFormatted(true)
                .run();
        Kafka.main(new String[] {SETTINGS.toString()});
    }
}
