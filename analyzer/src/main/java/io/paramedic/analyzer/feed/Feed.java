package io.paramedic.analyzer.feed;

import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Topic;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * All clients of the feed. Lives on the server's one event loop, apart from what is said at a method. A client begins with a
 * snapshot, or right after what it was told before; from then on it is told each decision once, in the order of the log.
 */
final class Feed {
    private static final String RETRY = "retry: 2000\n\n";

    private final Log log;
    private final String id;
    private final FeedSettings settings;
    private final String tag;
    private final Ring ring;
    private final Snapshots snapshots;
    private final Context loop;
    private final Executor readers;
    private final Counts counts;
    private final Set<Follower> followers = new LinkedHashSet<>();
    private final AtomicBoolean pumping = new AtomicBoolean();
    private Situation.@Nullable Analyzer told;

    Feed(
            Log log,
            String id,
            FeedSettings settings,
            String tag,
            Ring ring,
            Snapshots snapshots,
            Context loop,
            Executor readers,
            Counts counts) {
        this.log = log;
        this.id = id;
        this.settings = settings;
        this.tag = tag;
        this.ring = ring;
        this.snapshots = snapshots;
        this.loop = loop;
        this.readers = readers;
        this.counts = counts;
    }

    /** Serves one client until it goes. */
    void serve(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        String pool = request.getParam("pool");
        if (pool != null) {
            try {
                Wish.requirePool(pool);
            } catch (IllegalArgumentException e) {
                Gate.refuse(response, 400, "There can be no such pool: " + e.getMessage());
                return;
            }
        }
        if (followers.size() >= settings.clients()) {
            response.putHeader("Retry-After", "10");
            Gate.refuse(response, 503, "The feed has " + followers.size() + " clients already. Come back later.");
            return;
        }
        response.putHeader("Content-Type", "text/event-stream; charset=utf-8").putHeader("X-Accel-Buffering", "no");
        if (request.method().equals(HttpMethod.HEAD)) {
            var _ = response.end();
            return;
        }
        response.setChunked(true);
        begin(response, wish(request, pool));
    }

    private Wish wish(HttpServerRequest request, @Nullable String pool) {
        String given = request.getHeader("Last-Event-ID");
        if (given == null || given.isBlank()) {
            given = request.getParam("from");
        }
        Integer partition = pool == null ? null : log.partition(Topic.JOURNAL, pool);
        return new Wish(
                pool,
                partition,
                "state".equals(request.getParam("with")),
                Wish.start(given, partition, log.partitions(Topic.JOURNAL), tag));
    }

    private void begin(HttpServerResponse response, Wish wish) {
        Follower follower = new Follower(response, wish, tag, ring, counts);
        followers.add(follower);
        response.exceptionHandler(_ -> gone(follower));
        response.closeHandler(_ -> gone(follower));
        follower.write(Buffer.buffer(RETRY));
        switch (wish.from()) {
            case Wish.Start.Now _ -> anew(follower);
            case Wish.Start.Beginning _ -> catchUp(follower, true);
            case Wish.Start.After(long[] at) -> {
                follower.moveTo(at);
                resume(follower);
            }
            case Wish.Start.Lost(String why) -> reset(follower, why);
        }
        if (wish.state() && wish.from() instanceof Wish.Start.After) {
            picture(follower);
        }
    }

    private void gone(Follower follower) {
        followers.remove(follower);
        follower.gone();
    }

    /** The ring knows all that it missed, or somebody reads it from the log. */
    private void resume(Follower follower) {
        if (!ring.hasReached(follower.at()) || !follower.join()) {
            catchUp(follower, false);
        }
    }

    private void catchUp(Follower follower, boolean fromBeginning) {
        try {
            readers.execute(
                    new CatchUp(log, id + "-catchup", loop, follower, fromBeginning, settings.patience(), this::reset));
            counts.caughtUp();
        } catch (RejectedExecutionException e) {
            follower.cut("too many others are being caught up");
        }
    }

    private void reset(Follower follower, String why) {
        counts.reset(why);
        String json = "{\"reason\":\"" + quoted(why) + "\"}";
        follower.write(Sse.event("reset", json));
        anew(follower);
    }

    private void anew(Follower follower) {
        withSnapshot(follower, (taken, _) -> {
            follower.snapshot(taken);
            if (!follower.join()) {
                catchUp(follower, false);
            }
        });
    }

    private void picture(Follower follower) {
        withSnapshot(follower, (taken, _) -> follower.picture(taken));
    }

    private void withSnapshot(Follower follower, BiConsumer<Snapshots.Snapshot, Follower> then) {
        follower.expectPicture();
        // Failing is told to the client.
        var _ = snapshots
                .take(follower.wish().pool())
                .whenComplete((taken, failure) -> loop.runOnContext(_ -> {
                    if (failure != null) {
                        follower.cut("the log does not answer");
                    } else if (!follower.isOver()) {
                        then.accept(taken, follower);
                    }
                }));
    }

    /** There is more in the ring; from any thread. */
    void grown() {
        if (!pumping.getAndSet(true)) {
            loop.runOnContext(_ -> {
                pumping.set(false);
                all().forEach(Follower::pump);
            });
        }
    }

    /** The log has a gap; from any thread. */
    void broken() {
        loop.runOnContext(_ -> all().forEach(follower -> follower.cut("the log has a gap here")));
    }

    /** People see something else now; from any thread. */
    void changed(List<Board.Change> changes) {
        // Before anybody is told, so that nobody who comes after that is shown an older picture.
        snapshots.forget();
        loop.runOnContext(_ -> changes.forEach(this::show));
    }

    private void show(Board.Change change) {
        byte[] json = change.json();
        Buffer event = json == null
                ? Sse.event("gone", "{\"kind\":\"" + change.kind() + "\",\"key\":\"" + quoted(change.key()) + "\"}")
                : Sse.event(change.kind(), json);
        for (Follower follower : all()) {
            String pool = change.pool();
            if (follower.wish().state() && pool != null && follower.wish().wants(pool)) {
                follower.show(event);
            }
        }
    }

    /** Each second. */
    void check() {
        Situation.Analyzer now = snapshots.analyzer();
        if (!now.equals(told)) {
            told = now;
            Buffer event = Sse.event(
                    "analyzer",
                    "{\"state\":\"" + now.state().name().toLowerCase(Locale.ROOT) + "\",\"sentence\":\""
                            + quoted(now.sentence()) + "\"}");
            all().stream().filter(one -> one.wish().state()).forEach(one -> one.show(event));
        }
        for (Follower follower : all()) {
            follower.check(settings);
            if (follower.needsPicture()) {
                picture(follower);
            }
        }
    }

    /** How many there are; from any thread, and then roughly. */
    int clients() {
        return followers.size();
    }

    /** Ends every connection. */
    void close() {
        all().forEach(Follower::end);
    }

    private List<Follower> all() {
        return new ArrayList<>(followers);
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsUTF8(text), StandardCharsets.UTF_8);
    }
}
