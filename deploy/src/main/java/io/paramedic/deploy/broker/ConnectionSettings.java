package io.paramedic.deploy.broker;

import io.paramedic.schemas.log.KafkaConnection;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Reads the user's settings for an external Kafka: {@code bootstrap.servers} and whatever Kafka's own clients understand
 * about the way there (TLS, SASL, time limits). Strict, and every mistake is reported at once.
 */
public final class ConnectionSettings {
    private static final String SERVERS = AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG;
    private static final Pattern SERVER = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^:\\s\\[\\]]+):(\\d{1,5})");
    private static final ConfigDef DEFINITION = AdminClientConfig.configDef();

    private ConnectionSettings() {}

    /** What became of the settings. */
    public sealed interface Result {
        record Usable(KafkaConnection connection) implements Result {}

        /** Each problem is a sentence that names the setting. No secret's value is in any of them. */
        record Unusable(List<String> problems) implements Result {
            public Unusable {
                problems = List.copyOf(problems);
            }
        }
    }

    /** From a properties file as Kafka's own tools take it with {@code --command-config}. */
    public static Result read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException failed) {
            return new Result.Unusable(
                    List.of("The Kafka settings in %s cannot be read: %s. Check name and permissions."
                            .formatted(file, failed)));
        }
        Map<String, String> given = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> given.put(name, properties.getProperty(name)));
        return parse(given);
    }

    /** From settings that were already read. */
    public static Result parse(Map<String, String> given) {
        Map<String, String> stripped = new TreeMap<>();
        given.forEach((name, value) -> stripped.put(name.strip(), value.strip()));
        List<String> problems = new ArrayList<>();
        serverProblems(stripped, problems);
        stripped.keySet().forEach(name -> nameProblem(name).ifPresent(problems::add));
        valueProblems(stripped, problems);
        fileProblems(stripped, problems);
        return problems.isEmpty()
                ? new Result.Usable(new KafkaConnection(stripped, secrets(stripped)))
                : new Result.Unusable(problems);
    }

    private static Set<String> secrets(Map<String, String> given) {
        return given.keySet().stream().filter(ConnectionSettings::isSecret).collect(Collectors.toSet());
    }

    /** Whether a value must not be shown: what Kafka declares a password, and what is named like one. */
    private static boolean isSecret(String name) {
        ConfigDef.ConfigKey key = DEFINITION.configKeys().get(name);
        String lower = name.toLowerCase(Locale.ROOT);
        return key == null
                ? lower.contains("password") || lower.contains("secret") || lower.contains("jaas")
                : key.type == ConfigDef.Type.PASSWORD;
    }

    private static void serverProblems(Map<String, String> given, List<String> problems) {
        String servers = given.getOrDefault(SERVERS, "");
        if (servers.isEmpty()) {
            problems.add(
                    "bootstrap.servers is missing: give host:port of one broker or of several, separated by commas.");
            return;
        }
        for (String server : servers.split(",", -1)) {
            Matcher matcher = SERVER.matcher(server.strip());
            if (!matcher.matches() || !isPort(Integer.parseInt(matcher.group(2)))) {
                problems.add("bootstrap.servers: '%s' is not host:port with a port from 1 to 65535."
                        .formatted(server.strip()));
            }
        }
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= 65_535;
    }

    private static Optional<String> nameProblem(String name) {
        if (allowed().contains(name)) {
            return Optional.empty();
        }
        if (ours().contains(name)) {
            return Optional.of(name + " is Paramedic's own choice, because its promises rest on it. Remove it.");
        }
        String near = nearest(name).map(other -> " Did you mean " + other + "?").orElse("");
        return Optional.of(name + " is not a setting that Kafka's clients know." + near);
    }

    /** What each kind of client understands is about the way to Kafka. */
    private static Set<String> allowed() {
        Set<String> names = new TreeSet<>(AdminClientConfig.configNames());
        names.retainAll(ProducerConfig.configNames());
        names.retainAll(ConsumerConfig.configNames());
        names.remove(AdminClientConfig.CLIENT_ID_CONFIG);
        return names;
    }

    private static Set<String> ours() {
        Set<String> names = new HashSet<>(AdminClientConfig.configNames());
        names.addAll(ProducerConfig.configNames());
        names.addAll(ConsumerConfig.configNames());
        names.removeAll(allowed());
        return names;
    }

    private static void valueProblems(Map<String, String> given, List<String> problems) {
        Map<String, String> known = new TreeMap<>(given);
        known.keySet().retainAll(allowed());
        known.remove(SERVERS);
        for (ConfigValue value : DEFINITION.validate(known)) {
            if (known.containsKey(value.name()) && !value.errorMessages().isEmpty()) {
                problems.add(
                        isSecret(value.name())
                                ? value.name() + ": the value cannot be used."
                                : value.name() + ": " + String.join("; ", value.errorMessages()) + ".");
            }
        }
    }

    private static void fileProblems(Map<String, String> given, List<String> problems) {
        for (String name : List.of("ssl.truststore.location", "ssl.keystore.location")) {
            String file = given.get(name);
            if (file != null && !file.contains("${") && !Files.isReadable(Path.of(file))) {
                problems.add("%s: the file %s is not there or cannot be read.".formatted(name, file));
            }
        }
    }

    private static Optional<String> nearest(String name) {
        return allowed().stream()
                .filter(other -> distance(name, other) <= Math.max(2, name.length() / 5))
                .min((a, b) -> Integer.compare(distance(name, a), distance(name, b)));
    }

    /** How many characters must be changed, added or removed to make one of the other. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
