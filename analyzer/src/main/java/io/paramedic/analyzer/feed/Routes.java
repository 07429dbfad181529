package io.paramedic.analyzer.feed;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.log.Log;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** What can be asked for. */
final class Routes {
    private final Log log;
    private final String id;
    private final Vertx vertx;
    private final Context loop;
    private final Feed feed;
    private final Snapshots snapshots;
    private final Board board;
    private final Executor readers;
    private final PrometheusMeterRegistry registry;
    private final Counts counts;
    private final Health health;

    Routes(
            Log log,
            String id,
            Vertx vertx,
            Context loop,
            Feed feed,
            Snapshots snapshots,
            Board board,
            Executor readers,
            PrometheusMeterRegistry registry,
            Counts counts,
            Health health) {
        this.log = log;
        this.id = id;
        this.vertx = vertx;
        this.loop = loop;
        this.feed = feed;
        this.snapshots = snapshots;
        this.board = board;
        this.readers = readers;
        this.registry = registry;
        this.counts = counts;
        this.health = health;
    }

    Router router() {
        Router router = Router.router(vertx);
        router.route().handler(new Gate(counts)::pass);
        router.route("/feed").handler(context -> feed.serve(context.request()));
        router.route("/api/situation").handler(this::situation);
        router.route("/api/incidents/:pool/:id").handler(this::incident);
        router.route("/health/live").handler(context -> healthy(context, health.dead()));
        router.route("/health/ready").handler(context -> healthy(context, health.unready()));
        router.route("/metrics").handler(this::metrics);
        Pages.serve(router);
        router.route().handler(context -> Gate.refuse(context.response(), 404, "There is no such page here."));
        router.route().failureHandler(context -> Gate.refuse(context.response(), failed(context), "That went wrong."));
        return router;
    }

    private static int failed(RoutingContext context) {
        return context.statusCode() > 0 ? context.statusCode() : 500;
    }

    private void situation(RoutingContext context) {
        String pool = context.request().getParam("pool");
        Answers.later(context, loop, snapshots.take(pool).thenApply(Snapshots.Snapshot::json));
    }

    private void incident(RoutingContext context) {
        // A route's own parameters are always there.
        Optional<Incident> found =
                board.incident(String.valueOf(context.pathParam("pool")), String.valueOf(context.pathParam("id")));
        if (found.isEmpty()) {
            Gate.refuse(
                    context.response(),
                    404,
                    "There is no such incident. Those that closed some time ago are not shown any more; the journal"
                            + " still has their decisions.");
            return;
        }
        try {
            Answers.later(
                    context,
                    loop,
                    CompletableFuture.supplyAsync(() -> History.read(log, id + "-history", found.get()), readers));
        } catch (RejectedExecutionException e) {
            context.response().putHeader("Retry-After", "5");
            Gate.refuse(context.response(), 503, "Too many ask at once. Try again in some seconds.");
        }
    }

    private static void healthy(RoutingContext context, Optional<String> problem) {
        context.response()
                .setStatusCode(problem.isPresent() ? 503 : 200)
                .putHeader("Content-Type", "text/plain; charset=utf-8");
        Answers.send(context, Buffer.buffer(problem.orElse("ok") + "\n"));
    }

    private void metrics(RoutingContext context) {
        context.response().putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        Answers.send(context, Buffer.buffer(registry.scrape()));
    }
}
