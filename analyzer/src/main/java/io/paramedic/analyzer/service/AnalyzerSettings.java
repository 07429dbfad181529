package io.paramedic.analyzer.service;

import io.paramedic.schemas.topics.Catalogue;
import io.paramedic.schemas.topics.ClusterKind;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the analyzer runs. What promises rest on, exactly once and read committed, is no setting.
 *
 * @param group names the consumer group, the transactions and the changelog; the same for all analyzers of one log
 * @param threads that share the partitions of this process
 * @param standbys other processes that keep a copy of each partition's state, so that taking over needs no reading
 * @param commitInterval after which what was decided becomes visible, at most 25 ms
 * @param session after which an analyzer that gives no sign of life loses its partitions; no less than the broker permits,
 *     usually 6 s
 * @param transaction after which the transaction of an analyzer that died is aborted; readers wait for as long
 * @param tick how often time is told to each partition; the core is live while ticks come back within two of these
 * @param closing how long closing may take
 * @param stateDirectory where Kafka Streams may write; the state itself is in memory and on the log alone
 */
public record AnalyzerSettings(
        String group,
        int threads,
        int standbys,
        Duration commitInterval,
        Duration session,
        Duration transaction,
        Duration tick,
        Duration closing,
        Path stateDirectory) {
    private static final Duration LONGEST_COMMIT_INTERVAL = Duration.ofMillis(25);

    /** For the embedded broker: one process, which needs nobody to stand by. */
    public static final AnalyzerSettings DEFAULT = new AnalyzerSettings(
            "paramedic-analyzer",
            1,
            0,
            LONGEST_COMMIT_INTERVAL,
            Duration.ofSeconds(6),
            Duration.ofSeconds(6),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Path.of(System.getProperty("java.io.tmpdir"), "paramedic-analyzer"));

    public AnalyzerSettings {
        requireWithin("threads", threads, 1, Catalogue.MOST_PARTITIONS);
        requireWithin("standbys", standbys, 0, 3);
        requireWithin("commitInterval in ms", commitInterval.toMillis(), 1, LONGEST_COMMIT_INTERVAL.toMillis());
        requireWithin("session in ms", session.toMillis(), 1_000, 60_000);
        requireWithin("transaction in ms", transaction.toMillis(), 1_000, 60_000);
        requireWithin("tick in ms", tick.toMillis(), 50, 1_000);
        requireWithin("closing in ms", closing.toMillis(), 100, 60_000);
    }

    /** The same with another folder for Kafka Streams, as two analyzers of one machine must have. */
    public AnalyzerSettings withStateDirectory(Path directory) {
        return new AnalyzerSettings(
                group, threads, standbys, commitInterval, session, transaction, tick, closing, directory);
    }

    /** On a Kafka that others run there may be several analyzers, and each stands by for another. */
    public static AnalyzerSettings of(ClusterKind kind) {
        return switch (kind) {
            case EMBEDDED -> DEFAULT;
            case EXTERNAL ->
                new AnalyzerSettings(
                        DEFAULT.group,
                        2,
                        1,
                        DEFAULT.commitInterval,
                        DEFAULT.session,
                        DEFAULT.transaction,
                        DEFAULT.tick,
                        DEFAULT.closing,
                        DEFAULT.stateDirectory);
        };
    }

    private static void requireWithin(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + least + " to " + most);
        }
    }
}
