package io.paramedic.analyzer.feed;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the feed needs to know.
 *
 * @param address to listen on; a literal of this machine's loopback alone, because the page asks nobody who he is
 * @param port 0 takes any free one
 * @param webhook where each transition of an incident is posted to; absent where nobody wants it
 * @param recent decisions that are kept in memory, so that whoever was away for a moment resumes without reading the log
 * @param heartbeat how often a silent connection shows that it is alive
 * @param patience how long a client may take nothing before it is cut off
 * @param readers how many clients that were away for long are caught up at once
 * @param clients most that are connected to the feed at once; the next is asked to come back later
 */
public record FeedSettings(
        String address,
        int port,
        @Nullable URI webhook,
        int recent,
        Duration heartbeat,
        Duration patience,
        int readers,
        int clients) {
    private static final Pattern LOOPBACK = Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|::1|localhost");
    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_RECENT = 1_000_000;
    private static final int MOST_READERS = 64;
    private static final int MOST_CLIENTS = 100_000;
    private static final Duration LONGEST = Duration.ofHours(1);

    public static final FeedSettings DEFAULT =
            new FeedSettings("127.0.0.1", 0, null, 4_096, Duration.ofSeconds(10), Duration.ofSeconds(30), 4, 10_000);

    public FeedSettings {
        if (!LOOPBACK.matcher(address).matches()) {
            throw new IllegalArgumentException(
                    "the feed listens on this machine's loopback alone, for example 127.0.0.1, not on " + address
                            + ": it asks nobody who he is. Put a proxy that does before it");
        }
        requireWithin("port", port, 0, HIGHEST_PORT);
        requireWithin("recent", recent, 1, MOST_RECENT);
        requireWithin("readers", readers, 1, MOST_READERS);
        requireWithin("clients", clients, 1, MOST_CLIENTS);
        requireWithin("heartbeat", heartbeat);
        requireWithin("patience", patience);
        if (webhook != null) {
            requireUsable(webhook);
        }
    }

    public FeedSettings withPort(int other) {
        return new FeedSettings(address, other, webhook, recent, heartbeat, patience, readers, clients);
    }

    /** With a URL to post to, or without one. */
    public FeedSettings withWebhook(@Nullable URI other) {
        return new FeedSettings(address, port, other, recent, heartbeat, patience, readers, clients);
    }

    public FeedSettings withRecent(int other) {
        return new FeedSettings(address, port, webhook, other, heartbeat, patience, readers, clients);
    }

    public FeedSettings withHeartbeat(Duration other) {
        return new FeedSettings(address, port, webhook, recent, other, patience, readers, clients);
    }

    public FeedSettings withPatience(Duration other) {
        return new FeedSettings(address, port, webhook, recent, heartbeat, other, readers, clients);
    }

    public FeedSettings withClients(int other) {
        return new FeedSettings(address, port, webhook, recent, heartbeat, patience, readers, other);
    }

    private static void requireWithin(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + least + " to " + most);
        }
    }

    private static void requireWithin(String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(10)) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be 10 ms to 1 h");
        }
    }

    private static void requireUsable(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            // Not quoted: what is wrong with it may be where its password stands.
            throw new IllegalArgumentException("the webhook must be a URL such as https://hooks.example.org/paramedic");
        }
    }

    /** Fit for a log: of the webhook only where it leads to. */
    @Override
    public String toString() {
        return "FeedSettings[address=" + address + ", port=" + port + ", webhook="
                + (webhook == null ? "none" : Target.of(webhook)) + ", recent=" + recent + ", heartbeat=" + heartbeat
                + ", patience=" + patience + ", readers=" + readers + ", clients=" + clients + "]";
    }
}
