package io.paramedic.analyzer.feed;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends requests with what was asked for. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    /** With these bytes, or their length alone where no more is asked. */
    static void send(RoutingContext context, Buffer body) {
        if (context.response().closed()) {
            return;
        }
        if (context.request().method().equals(HttpMethod.HEAD)) {
            context.response().putHeader("Content-Length", Integer.toString(body.length()));
            var _ = context.response().end();
        } else {
            var _ = context.response().end(body);
        }
    }

    static void json(RoutingContext context, byte[] json) {
        context.response().putHeader("Content-Type", "application/json");
        send(context, Buffer.buffer(json));
    }

    /** With JSON once it is there, or with 503. */
    static void later(RoutingContext context, Context loop, CompletableFuture<byte[]> json) {
        // Whatever becomes of it is told to the client.
        var _ = json.whenComplete((found, failure) -> loop.runOnContext(_ -> {
            if (context.response().closed()) {
                return;
            }
            if (failure == null) {
                json(context, found);
            } else {
                LOG.warn("{} could not be answered", context.request().path(), failure);
                context.response().putHeader("Retry-After", "5");
                Gate.refuse(context.response(), 503, "The log does not answer. Try again in some seconds.");
            }
        }));
    }
}
