package io.paramedic.deploy.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paramedic.analyzer.feed.FeedServer;
import io.paramedic.analyzer.feed.FeedSettings;
import io.paramedic.deploy.feed.FeedClient.Event;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.wire.Decoded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client of the feed that goes and comes back is told each decision once, in the order of the log. */
class FeedResumptionTest {
    private static final FeedSettings SMALL =
            FeedSettings.DEFAULT.withRecent(16).withHeartbeat(Duration.ofMillis(500));

    @TempDir
    private static Path home;

    private static LogUnderTest log;
    private static List<String> pools;

    @BeforeAll
    static void start() throws Exception {
        log = LogUnderTest.in(home);
        pools = log.twoPools();
    }

    @AfterAll
    static void stop() {
        log.close();
    }

    @Test
    void whateverTheCutsItIsToldAllOnceAndInOrder() throws Exception {
        long seed = Long.getLong("paramedic.test.seed", System.nanoTime());
        Random random = new Random(seed);
        try (FeedServer server = serve(SMALL)) {
            String cursor = cursorNow(server);
            List<String> written = new ArrayList<>();
            List<String> told = new ArrayList<>();
            while (written.size() < 300) {
                write(random.nextInt(40), random, written);
                cursor = follow(server, cursor, random.nextInt(written.size() - told.size() + 1), told);
            }
            follow(server, cursor, written.size() - told.size(), told);

            for (String pool : pools) {
                assertThat(of(pool, told)).as("pool %s, seed %d", pool, seed).isEqualTo(of(pool, written));
            }
            assertThat(told).as("seed %d", seed).hasSameSizeAs(written);
        }
    }

    /** Reads so many decisions and is cut in the middle of what comes after them. */
    private static String follow(FeedServer server, String from, int count, List<String> told) throws Exception {
        String cursor = from;
        try (FeedClient client = new FeedClient(server.port(), "/feed", cursor)) {
            for (int i = 0; i < count; i++) {
                Event event = client.next("decision");
                told.add(event.data());
                cursor = Objects.requireNonNull(event.id());
            }
        }
        return cursor;
    }

    private static void write(int count, Random random, List<String> written) {
        for (int i = 0; i < count; i++) {
            String pool = pools.get(random.nextInt(pools.size()));
            written.add(json(log.decide(pool, new Decision.HostTrusted("xen-" + i), "because " + random.nextInt())));
        }
    }

    private static List<String> of(String pool, List<String> all) {
        return all.stream()
                .filter(one -> one.contains("\"pool\":\"" + pool + "\""))
                .toList();
    }

    private static String json(JournalEntry entry) {
        return new String(Contract.JOURNAL.encode(entry), StandardCharsets.UTF_8);
    }

    @Test
    void anotherServerGoesOnWhereTheFirstStopped() throws Exception {
        List<String> told = new ArrayList<>();
        String cursor;
        try (FeedServer first = serve(SMALL)) {
            cursor = cursorNow(first);
        }
        List<String> written = new ArrayList<>();
        write(40, new Random(1), written);
        try (FeedServer second = serve(SMALL)) {
            follow(second, cursor, 40, told);
        }
        for (String pool : pools) {
            assertThat(of(pool, told)).isEqualTo(of(pool, written));
        }
    }

    @Test
    void onePoolIsToldAlone() throws Exception {
        try (FeedServer server = serve(SMALL);
                FeedClient client = new FeedClient(server.port(), "/feed?pool=" + pools.get(1), null)) {
            assertThat(client.next("snapshot").id()).matches("[0-9a-f]{12}-\\d+:\\d+");
            log.decide(pools.get(0), new Decision.HostTrusted("xen-a"), "");
            JournalEntry wanted = log.decide(pools.get(1), new Decision.HostTrusted("xen-b"), "");
            assertThat(client.next("decision").data()).isEqualTo(json(wanted));
        }
    }

    @Test
    void curlResumesByTheAddress() throws Exception {
        try (FeedServer server = serve(SMALL)) {
            String cursor = cursorNow(server);
            JournalEntry entry = log.decide(pools.get(0), new Decision.HostTrusted("xen-a"), "");
            try (FeedClient client = new FeedClient(server.port(), "/feed?from=" + cursor, null)) {
                assertThat(client.next().data()).isEqualTo(json(entry));
            }
        }
    }

    @Test
    void allThatIsRetainedIsToldFromTheBeginning() throws Exception {
        JournalEntry entry = log.decide(pools.get(1), new Decision.HostTrusted("the-last-one"), "");
        try (FeedServer server = serve(SMALL);
                FeedClient client = new FeedClient(server.port(), "/feed?from=beginning&pool=" + pools.get(1), null)) {
            JournalEntry first = decoded(client.next());
            long number = first.number();
            JournalEntry last = first;
            while (!last.equals(entry)) {
                last = decoded(client.next());
                assertThat(last.number()).isEqualTo(++number);
            }
        }
    }

    private static JournalEntry decoded(Event event) {
        return switch (Contract.JOURNAL.decode(event.data().getBytes(StandardCharsets.UTF_8))) {
            case Decoded.Ok<JournalEntry>(JournalEntry entry) -> entry;
            case Decoded.Undecodable<JournalEntry> bad -> throw new AssertionError(bad);
        };
    }

    @Test
    void anIdWhoseSuccessorsAreDeletedGetsAResetAndASnapshot() throws Exception {
        String old;
        try (FeedServer server = serve(SMALL)) {
            old = cursorNow(server);
        }
        log.decide(pools.get(0), new Decision.HostTrusted("lost"), "");
        log.decide(pools.get(0), new Decision.HostTrusted("lost"), "");
        log.deleteJournalBefore(pools.get(0), -1);
        try (FeedServer server = serve(SMALL)) {
            isReset(server, "/feed", old, "older than what is retained");
        }
    }

    @Test
    void anIdOfAnotherLogOrNoneAtAllGetsAResetAndASnapshot() throws Exception {
        try (FeedServer server = serve(SMALL)) {
            String cursor = cursorNow(server);
            isReset(server, "/feed", "ffffffffffff" + cursor.substring(12), "of another log");
            isReset(server, "/feed", "4711", "none of this feed");
            isReset(server, "/feed?from=%00%22%3Cb%3E", null, "none of this feed");
            isReset(server, "/feed", cursor.replaceAll(":\\d+", ":999999999"), "beyond the end");
            isReset(server, "/feed", cursor.replaceAll("-.*", "-0:0"), "of fewer pools");
        }
    }

    private static void isReset(FeedServer server, String path, @Nullable String id, String why) throws Exception {
        try (FeedClient client = new FeedClient(server.port(), path, id)) {
            assertThat(client.next().name()).isEqualTo("reset");
        }
        try (FeedClient client = new FeedClient(server.port(), path, id)) {
            assertThat(client.next().data()).contains(why);
            Event snapshot = client.next();
            assertThat(snapshot.name()).isEqualTo("snapshot");
            assertThat(snapshot.data()).contains("\"cursor\":\"" + snapshot.id() + "\"");
            JournalEntry entry = log.decide(pools.get(1), new Decision.HostTrusted("after"), "the reset");
            // The picture may be a second old; what was decided since comes first.
            String told = client.next("decision").data();
            while (!told.equals(json(entry))) {
                told = client.next("decision").data();
            }
        }
    }

    @Test
    void aSilentFeedShowsThatItIsAlive() throws Exception {
        try (FeedServer server = serve(SMALL.withHeartbeat(Duration.ofMillis(100)));
                FeedClient client = new FeedClient(server.port(), "/feed", null)) {
            client.next("snapshot");
            assertThat(client.line()).startsWith(":");
        }
    }

    @Test
    void aClientThatTakesNothingIsCutOffAndResumesWhereItWas() throws Exception {
        FeedSettings impatient = FeedSettings.DEFAULT.withPatience(Duration.ofMillis(300));
        try (FeedServer server = serve(impatient)) {
            String cursor = cursorNow(server);
            List<String> written = new ArrayList<>();
            List<String> told = new ArrayList<>();
            try (FeedClient slow = new FeedClient(server.port(), "/feed", cursor)) {
                // More than any buffer between us holds.
                for (int i = 0; i < 200; i++) {
                    written.add(json(log.decide(pools.get(0), new Decision.HostTrusted("xen-a"), "x".repeat(100_000))));
                }
                await().atMost(Duration.ofSeconds(20))
                        .until(() ->
                                TestHttp.get(server, "/metrics").body().contains("paramedic_feed_clients_cut_total 1"));
                cursor = drain(slow, cursor, told);
            }
            assertThat(told).hasSizeLessThan(written.size());
            follow(server, cursor, written.size() - told.size(), told);
            assertThat(told).isEqualTo(written);
        }
    }

    /** What was under way when it was cut off; the last of it may be half an event. */
    private static String drain(FeedClient slow, String from, List<String> told) {
        String cursor = from;
        try {
            while (true) {
                Event event = slow.next("decision");
                told.add(event.data());
                cursor = Objects.requireNonNull(event.id());
            }
        } catch (IOException end) {
            return cursor;
        }
    }

    private static FeedServer serve(FeedSettings settings) throws Exception {
        FeedServer server = new FeedServer(log.log(), settings, "test");
        server.start();
        TestHttp.awaitReady(server);
        return server;
    }

    private static String cursorNow(FeedServer server) throws Exception {
        String situation = TestHttp.get(server, "/api/situation").body();
        return situation.replaceAll(".*\"cursor\":\"([^\"]+)\".*", "$1");
    }
}
