package io.paramedic.schemas.topics;

import java.time.Duration;

/**
 * The topics of Paramedic.
 *
 * <p>All of them carry the time of their append ({@code LogAppendTime}): time is the log's time, and retention that
 * believed the clocks of clients could delete what a host with a wrong clock has just written.
 */
public enum Topic {
    /** Which hosts exist, how to reach them, their pool and labels. Collectors are a consumer group on it. */
    INVENTORY("inventory", Key.HOST, Routing.HOST, CleanUp.COMPACT, Duration.ofDays(7), Duration.ofDays(1)),

    /** "Look now", "send a snapshot", for the collector that owns the host; partitioned as the inventory is. */
    REQUESTS("requests", Key.HOST, Routing.HOST, CleanUp.DELETE, Duration.ofDays(1), Duration.ofMinutes(10)),

    /** All that the analyzer may know about a pool, in one total order. */
    EVENTS("events", Key.POOL, Routing.POOL, CleanUp.DELETE, Duration.ofDays(7), Duration.ofDays(1)),

    /** One step for one actuator. */
    COMMANDS("commands", Key.POOL, Routing.POOL, CleanUp.DELETE, Duration.ofDays(30), Duration.ofDays(7)),

    /** Claims, renewals, releases and holds. Retention is far longer than the longest lease. */
    LEASES("leases", Key.POOL, Routing.POOL, CleanUp.DELETE, Duration.ofDays(30), Duration.ofDays(7)),

    /** The current incident, for user interfaces; its key names pool and incident, its partition the pool alone. */
    INCIDENTS(
            "incidents", Key.POOL_AND_INCIDENT, Routing.POOL, CleanUp.COMPACT, Duration.ofDays(7), Duration.ofDays(1)),

    /** What is known of a host, for user interfaces; its key names pool and host, its partition the pool alone. */
    OVERVIEW("overview", Key.POOL_AND_HOST, Routing.POOL, CleanUp.COMPACT, Duration.ofDays(7), Duration.ofDays(1)),

    /** Every decision, hash-chained per pool; feeds are read from it. */
    JOURNAL("journal", Key.POOL, Routing.POOL, CleanUp.DELETE, Duration.ofDays(365), Duration.ofDays(30)),

    /** What could not be parsed, with the reason. */
    QUARANTINE("quarantine", Key.SOURCE, Routing.SOURCE, CleanUp.DELETE, Duration.ofDays(7), Duration.ofHours(1));

    /** What the record's key says. */
    public enum Key {
        HOST,
        POOL,
        POOL_AND_INCIDENT,
        POOL_AND_HOST,
        SOURCE
    }

    /** The name whose hash chooses the partition. Topics of one routing have one partition count. */
    public enum Routing {
        HOST,
        POOL,
        SOURCE
    }

    /** What becomes of old records. */
    public enum CleanUp {
        /** Gone after the retention. */
        DELETE,
        /** The last record of each key stays; a tombstone is gone after the retention. */
        COMPACT
    }

    private static final String PREFIX = "paramedic.";

    private final String topicName;
    private final Key key;
    private final Routing routing;
    private final CleanUp cleanUp;
    private final Duration retention;
    private final Duration shortestRetention;

    Topic(String name, Key key, Routing routing, CleanUp cleanUp, Duration retention, Duration shortestRetention) {
        this.topicName = PREFIX + name;
        this.key = key;
        this.routing = routing;
        this.cleanUp = cleanUp;
        this.retention = retention;
        this.shortestRetention = shortestRetention;
    }

    /** Its name in Kafka. */
    public String topicName() {
        return topicName;
    }

    public Key key() {
        return key;
    }

    public Routing routing() {
        return routing;
    }

    public CleanUp cleanUp() {
        return cleanUp;
    }

    /** How long records (of a compacted topic: tombstones) are kept where Paramedic creates the topic. */
    public Duration retention() {
        return retention;
    }

    /** What a check accepts: operators may keep records for a shorter time than {@link #retention()}, not below this. */
    public Duration shortestRetention() {
        return shortestRetention;
    }

    /**
     * Whether an acknowledged record must survive a power failure of the only broker: a claim or a command that was
     * acted upon and then forgotten would let the act happen again.
     */
    public boolean flushEachAppend() {
        return switch (this) {
            case COMMANDS, LEASES -> true;
            case INVENTORY, REQUESTS, EVENTS, INCIDENTS, OVERVIEW, JOURNAL, QUARANTINE -> false;
        };
    }

    /** Whether an act rests on records of this topic, so that losing them forbids acting. */
    boolean actsRestOnIt() {
        return switch (this) {
            case EVENTS, COMMANDS, LEASES, JOURNAL -> true;
            case INVENTORY, REQUESTS, INCIDENTS, OVERVIEW, QUARANTINE -> false;
        };
    }
}
