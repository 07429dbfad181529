package io.paramedic.analyzer.feed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the feed counts. */
final class Counts {
    private static final Logger LOG = LoggerFactory.getLogger(Counts.class);

    private final Counter sent;
    private final Counter cut;
    private final Counter resets;
    private final Counter caughtUp;
    private final Counter refused;

    Counts(MeterRegistry registry) {
        sent = counter(registry, "paramedic.feed.decisions.sent", "Decisions told to clients");
        cut = counter(registry, "paramedic.feed.clients.cut", "Clients that were cut off because they were too slow");
        resets = counter(registry, "paramedic.feed.resets", "Clients that could not resume and got a snapshot");
        caughtUp = counter(registry, "paramedic.feed.catchups", "Clients that were caught up by a reader of their own");
        refused = counter(registry, "paramedic.feed.requests.refused", "Requests that were refused");
    }

    private static Counter counter(MeterRegistry registry, String name, String what) {
        return Counter.builder(name).description(what).register(registry);
    }

    void sent() {
        sent.increment();
    }

    void cut(String why) {
        cut.increment();
        LOG.info("A client of the feed was cut off: {}; it can resume where it was", why);
    }

    void reset(String why) {
        resets.increment();
        LOG.info("A client of the feed starts anew: {}", why);
    }

    void caughtUp() {
        caughtUp.increment();
    }

    void refused() {
        refused.increment();
    }
}
