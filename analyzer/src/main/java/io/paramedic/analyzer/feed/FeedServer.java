package io.paramedic.analyzer.feed;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Topic;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows what is on the log: a feed of decisions that resumes exactly, the situation as JSON, one page, health and metrics, and
 * where it is asked for, a webhook. It reads alone and speaks to this machine alone. Any number may run on one log.
 */
public final class FeedServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FeedServer.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final int WAITING = 1_000;
    private static final long EACH_SECOND = 1_000;

    private final Log log;
    private final FeedSettings settings;
    private final String id;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private int port;

    /**
     * @param log whose topics are established
     * @param id of this instance, part of the names of its clients
     */
    public FeedServer(Log log, FeedSettings settings, String id) {
        this(log, settings, id, _ -> {});
    }

    /** @param meters adds what else this process counts, to be found at {@code /metrics} */
    public FeedServer(Log log, FeedSettings settings, String id, Consumer<MeterRegistry> meters) {
        this.log = log;
        this.settings = settings;
        this.id = "paramedic-feed-" + id;
        Meters.ofProcess(registry);
        meters.accept(registry);
    }

    /**
     * Begins to read and to serve.
     *
     * @throws FeedCannotStart with a sentence for a person; nothing is left behind then
     */
    public synchronized void start() throws FeedCannotStart, InterruptedException {
        try {
            open();
        } catch (FeedCannotStart | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
        LOG.info("The feed and the page are at http://{}:{}/ ({})", settings.address(), port, settings);
    }

    private void open() throws FeedCannotStart, InterruptedException {
        Admin admin = keep(Admin.create(log.connection().admin(id + "-admin")));
        String tag = tag(admin);
        Vertx vertx = vertx();
        opened.push(() -> await(vertx.close().toCompletionStage().toCompletableFuture(), CLOSING));
        Context loop = vertx.getOrCreateContext();
        ThreadPoolExecutor readers = keep(pool("reader", settings.readers()));
        ThreadPoolExecutor worker = keep(pool("snapshot", 1));
        Relay relay = new Relay();
        Tail tail = keep(Tail.start(log, id + "-journal", settings, relay, failure::complete));
        Board board = keep(Board.start(log, id + "-board", admin, relay::changed, failure::complete));
        Pulse pulse = Pulse.of(log, System::nanoTime);
        keep(pulse.start(id + "-ticks", failure::complete));
        Counts counts = new Counts(registry);
        Snapshots snapshots = new Snapshots(tag, tail.ring(), board, pulse, worker);
        Feed feed = new Feed(log, id, settings, tag, tail.ring(), snapshots, loop, readers, counts);
        relay.to(feed);
        Meters.of(registry, feed, tail, board);
        Routes routes = new Routes(
                log,
                id,
                vertx,
                loop,
                feed,
                snapshots,
                board,
                readers,
                registry,
                counts,
                new Health(tail, board, failure));
        serve(vertx, loop, routes, feed);
        if (settings.webhook() != null) {
            keep(Webhook.start(log, id + "-webhook", Target.of(settings.webhook()), tag, registry, failure::complete));
        }
    }

    private String tag(Admin admin) throws FeedCannotStart, InterruptedException {
        String journal = Topic.JOURNAL.topicName();
        try {
            TopicDescription topic = Objects.requireNonNull(admin.describeTopics(List.of(journal))
                    .allTopicNames()
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .get(journal));
            return JournalTopic.tag(log.clusterId(), topic.topicId().toString());
        } catch (ExecutionException | TimeoutException e) {
            throw new FeedCannotStart(
                    "The feed cannot read the journal of the Kafka at "
                            + log.connection().bootstrapServers() + ": " + reason(e) + ". Is it running?",
                    e);
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause();
        return e instanceof TimeoutException || cause == null
                ? "it does not answer within " + LIMIT.toSeconds() + " s"
                : String.valueOf(cause.getMessage());
    }

    /** One event loop serves everybody, so that what belongs to a client is touched by one thread alone. */
    private static Vertx vertx() {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    private void serve(Vertx vertx, Context loop, Routes routes, Feed feed)
            throws FeedCannotStart, InterruptedException {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.address())
                .setPort(settings.port())
                .setHttp2ClearTextEnabled(false)
                .setTcpNoDelay(true);
        CompletableFuture<HttpServer> listening = new CompletableFuture<>();
        loop.runOnContext(_ -> vertx.createHttpServer(options)
                .requestHandler(routes.router())
                .listen()
                .onComplete(listening::complete, listening::completeExceptionally));
        try {
            port = listening.get(LIMIT.toSeconds(), TimeUnit.SECONDS).actualPort();
        } catch (ExecutionException | TimeoutException e) {
            throw new FeedCannotStart(
                    "The feed cannot listen on %s:%d: %s. Stop the program that listens there, or give another port; 0 takes any free one."
                            .formatted(settings.address(), settings.port(), reason(e)),
                    e);
        }
        loop.runOnContext(_ -> vertx.setPeriodic(EACH_SECOND, _ -> feed.check()));
        opened.push(() -> {
            CompletableFuture<Boolean> ended = new CompletableFuture<>();
            loop.runOnContext(_ -> {
                feed.close();
                ended.complete(true);
            });
            await(ended, CLOSING);
        });
    }

    private ThreadPoolExecutor pool(String name, int threads) {
        ThreadFactory factory =
                Thread.ofPlatform().daemon().name(id + "-" + name + "-", 0).factory();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), factory) {
                    @Override
                    public void close() {
                        shutdownNow();
                        super.close();
                    }
                };
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private <T extends AutoCloseable> T keep(T one) {
        opened.push(one);
        return one;
    }

    private static void await(CompletableFuture<?> future, Duration limit) throws Exception {
        future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Where it listens, once it has started. */
    public synchronized int port() {
        return port;
    }

    /** Completes with a sentence when the log cannot be read any more. */
    public CompletableFuture<String> failure() {
        return failure;
    }

    /** Ends every connection and stops reading. Does nothing the second time. */
    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.warn("A part of the feed did not close", e);
            }
        }
    }
}
