package io.paramedic.deploy.ring;

import io.paramedic.deploy.broker.BrokerCannotStart;
import io.paramedic.deploy.broker.BrokerConfig;
import io.paramedic.deploy.broker.ConnectionSettings;
import io.paramedic.deploy.broker.EmbeddedBroker;
import io.paramedic.deploy.broker.RunningBroker;
import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Catalogue;
import io.paramedic.schemas.topics.KafkaTools;
import io.paramedic.schemas.topics.Permission;
import io.paramedic.schemas.topics.Problem;
import io.paramedic.schemas.topics.admin.KafkaUnavailable;
import io.paramedic.schemas.topics.admin.TopicKeeper;
import io.paramedic.schemas.topics.admin.TopicsReport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A log whose topics are there and were verified. Closing it stops the broker where it is ours. */
public final class OpenLog implements AutoCloseable {
    private final Log log;
    private final @Nullable EmbeddedBroker broker;

    private OpenLog(Log log, @Nullable EmbeddedBroker broker) {
        this.log = log;
        this.broker = broker;
    }

    /** Starts the broker where the log is embedded; connects otherwise. */
    public static OpenLog serving(LogHome home) throws LogUnavailable, InterruptedException {
        return switch (home) {
            case LogHome.Embedded embedded -> serve(embedded);
            case LogHome.External external -> joining(external);
        };
    }

    /** Connects to a log that is already served. */
    public static OpenLog joining(LogHome home) throws LogUnavailable, InterruptedException {
        return switch (home) {
            case LogHome.Embedded embedded ->
                open(
                        RunningBroker.in(embedded.directory())
                                .orElseThrow(() -> new LogUnavailable(
                                        "No Paramedic of this machine has its data in %s. Start './paramedic up' first, or name its directory by --data or its configuration by --config."
                                                .formatted(embedded.directory()))),
                        Catalogue.embedded(),
                        null,
                        null);
            case LogHome.External(var settings) ->
                switch (ConnectionSettings.read(settings)) {
                    case ConnectionSettings.Result.Usable(KafkaConnection connection) ->
                        open(
                                connection,
                                Catalogue.external(),
                                connection.needsCommandConfig() ? settings.toString() : null,
                                null);
                    case ConnectionSettings.Result.Unusable(List<String> problems) ->
                        throw new LogUnavailable(String.join(
                                System.lineSeparator(), "The Kafka settings cannot be used:", join(problems)));
                };
        };
    }

    private static OpenLog serve(LogHome.Embedded home) throws LogUnavailable, InterruptedException {
        EmbeddedBroker broker;
        try {
            broker = EmbeddedBroker.start(BrokerConfig.in(home.directory()).withPort(home.port()));
        } catch (BrokerCannotStart failed) {
            throw new LogUnavailable(String.valueOf(failed.getMessage()), failed);
        }
        try {
            return open(broker.connection(), Catalogue.embedded(), null, broker);
        } catch (LogUnavailable | InterruptedException | RuntimeException failed) {
            broker.close();
            throw failed;
        }
    }

    private static OpenLog open(
            KafkaConnection connection,
            Catalogue catalogue,
            @Nullable String commandConfig,
            @Nullable EmbeddedBroker broker)
            throws LogUnavailable, InterruptedException {
        KafkaTools tools = new KafkaTools(connection.bootstrapServers(), commandConfig);
        try {
            TopicsReport report = new TopicKeeper(connection.admin("paramedic-topics"), catalogue, tools).establish();
            if (report.permission() instanceof Permission.MayNotRun(List<Problem> problems)) {
                throw new LogUnavailable(String.join(
                        System.lineSeparator(),
                        "Nothing may start on this Kafka until this is corrected:",
                        join(problems.stream().map(Problem::text).toList())));
            }
            return new OpenLog(Log.of(connection, report), broker);
        } catch (KafkaUnavailable failed) {
            throw new LogUnavailable(String.valueOf(failed.getMessage()), failed);
        }
    }

    private static String join(List<String> lines) {
        return lines.stream().map(line -> "  " + line).collect(Collectors.joining(System.lineSeparator()));
    }

    public Log log() {
        return log;
    }

    /** Completes with a sentence when a broker of ours fails by itself; never where the broker is somebody else's. */
    public CompletableFuture<String> failure() {
        return broker == null ? new CompletableFuture<>() : broker.failure();
    }

    @Override
    public void close() {
        if (broker != null) {
            broker.close();
        }
    }
}
