package io.paramedic.analyzer.service;

import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.log.KafkaConnection.Sending;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.log.LogPlace;
import io.paramedic.schemas.log.LogWriter;
import io.paramedic.schemas.topics.Catalogue;
import io.paramedic.schemas.topics.KafkaTools;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.topics.admin.KafkaUnavailable;
import io.paramedic.schemas.topics.admin.TopicKeeper;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * How fast the analyzer is, on a Kafka that holds nothing else. Two numbers: events per second beside a {@link BareLoop} in the
 * same run, both reading the same events from their beginning; and the time from an event to its decision at 1,000 and 5,000
 * events per second.
 *
 * <p>The one argument is the Kafka's {@code bootstrap.servers}. Everything happens in one process, so that on a small machine
 * the broker, the traffic and the analyzer share what there is, for both sides alike.
 */
public final class AnalyzerBenchmark {
    private static final int EVENTS = 200_000;
    private static final int ROUNDS = 3;
    private static final String BARE = "benchmark-bare";

    private final Log log;
    private final Function<AnalyzerSettings, AnalyzerService> analyzers;
    private final PrintStream out;

    AnalyzerBenchmark(Log log, Function<AnalyzerSettings, AnalyzerService> analyzers, PrintStream out) {
        this.log = log;
        this.analyzers = analyzers;
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        Log log = establish(KafkaConnection.plain(arguments[0]));
        new AnalyzerBenchmark(log, settings -> new AnalyzerService(log, settings, "benchmark"), System.out).run();
    }

    /** The topics as an embedded broker has them. */
    static Log establish(KafkaConnection connection) throws KafkaUnavailable, InterruptedException {
        KafkaTools tools = new KafkaTools(connection.bootstrapServers(), null);
        return Log.of(connection, new TopicKeeper(connection.common(), Catalogue.embedded(), tools).establish());
    }

    /** Measures and prints everything. */
    void run() throws InterruptedException, ExecutionException {
        long events = preload();
        double[] bare = new double[ROUNDS];
        double[] analyzer = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            bare[round] = events / new BareLoop(log, AnalyzerSettings.DEFAULT, BARE + round, BARE).run(events);
            analyzer[round] = events / catchUp("throughput-" + round, events);
            print(
                    "round %d: bare loop %,.0f events/s, analyzer %,.0f events/s, ratio %.2f",
                    round + 1, bare[round], analyzer[round], analyzer[round] / bare[round]);
        }
        Arrays.sort(bare);
        Arrays.sort(analyzer);
        print(
                "events/s, median of %d rounds of %,d events: bare loop %,.0f, analyzer %,.0f, ratio %.2f",
                ROUNDS, events, bare[ROUNDS / 2], analyzer[ROUNDS / 2], analyzer[ROUNDS / 2] / bare[ROUNDS / 2]);
        for (int rate : List.of(1_000, 5_000)) {
            DecisionLatency.Result result = latency(rate);
            print(
                    "event to decision at %,d events/s: p50 %.1f ms, p99 %.1f ms (%,d decisions, %d missing)",
                    rate, result.p50(), result.p99(), result.decisions(), result.missing());
        }
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }

    private long preload() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(log.connection().admin("benchmark-topics"))) {
            admin.createTopics(List.of(new NewTopic(BARE, log.partitions(Topic.EVENTS), (short) 1)))
                    .all()
                    .get();
            awaitAnswers(admin);
        }
        try (LogWriter writer = log.writer("benchmark-preload", Sending.GATHERED)) {
            int pools = 8;
            int hosts = 50;
            BenchmarkEvents events = new BenchmarkEvents(writer, "throughput-", pools, hosts);
            events.introduce();
            Deque<CompletableFuture<LogPlace>> underWay = new ArrayDeque<>();
            for (int i = 0; i < EVENTS; i++) {
                underWay.add(events.beat());
                if (underWay.size() > 5_000) {
                    underWay.remove().join();
                }
            }
            underWay.forEach(CompletableFuture::join);
            return EVENTS + 2L * pools * hosts;
        }
    }

    /** A creation is acknowledged before the broker serves the topic, and what is written in between is refused. */
    private void awaitAnswers(Admin admin) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, log.partitions(Topic.EVENTS))
                .mapToObj(partition -> new TopicPartition(BARE, partition))
                .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
        while (true) {
            try {
                admin.listOffsets(ends).all().get();
                return;
            } catch (ExecutionException early) {
                if (!(early.getCause() instanceof RetriableException)) {
                    throw early;
                }
                Thread.sleep(20);
            }
        }
    }

    /** Seconds from the first event to the last. */
    private double catchUp(String group, long events) throws InterruptedException {
        try (AnalyzerService analyzer = analyzers.apply(settings(group))) {
            analyzer.start();
            long start = 0;
            long first = 0;
            while (true) {
                long read = read(analyzer);
                if (start == 0 && read > 0) {
                    start = System.nanoTime();
                    first = read;
                }
                if (read >= events) {
                    return (System.nanoTime() - start) / 1e9 * events / (events - first);
                }
                Thread.sleep(2);
            }
        }
    }

    private static long read(AnalyzerService analyzer) {
        AnalyzerMetrics metrics = analyzer.metrics();
        if (!metrics.stopped().isEmpty()) {
            throw new IllegalStateException(metrics.stopped().toString());
        }
        return metrics.partitions().values().stream()
                .mapToLong(AnalyzerMetrics.Partition::events)
                .sum();
    }

    private DecisionLatency.Result latency(int rate) throws InterruptedException {
        try (AnalyzerService analyzer = analyzers.apply(settings("latency-" + rate))) {
            analyzer.start();
            while (analyzer.metrics().partitions().values().stream()
                            .filter(AnalyzerMetrics.Partition::live)
                            .count()
                    < log.partitions(Topic.EVENTS)) {
                Thread.sleep(50);
            }
            return new DecisionLatency(log).measure(rate, Duration.ofSeconds(20));
        }
    }

    /** A group of its own begins at the beginning, with a state of its own. */
    private static AnalyzerSettings settings(String group) {
        AnalyzerSettings usual = AnalyzerSettings.DEFAULT;
        return new AnalyzerSettings(
                group,
                usual.threads(),
                usual.standbys(),
                usual.commitInterval(),
                usual.session(),
                usual.transaction(),
                usual.tick(),
                usual.closing(),
                usual.stateDirectory());
    }
}
