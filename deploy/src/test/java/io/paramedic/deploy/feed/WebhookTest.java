package io.paramedic.deploy.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.paramedic.analyzer.feed.FeedServer;
import io.paramedic.analyzer.feed.FeedSettings;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.topics.Topic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each transition of an incident is posted at least once and in the pool's order, whatever the receiver does. */
class WebhookTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    private final List<JsonNode> taken = Collections.synchronizedList(new ArrayList<>());
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
    /** What is answered next; 204 where nothing is said. */
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();

    private LogUnderTest log;
    private HttpServer receiver;

    @BeforeEach
    void start() throws Exception {
        log = LogUnderTest.in(home);
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/hook", this::receive);
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
        log.close();
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Integer said = answers.poll();
        int status = said == null ? 204 : said;
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        if (status == 204) {
            assertThat(exchange.getRequestHeaders().getFirst("Content-Type"))
                    .startsWith("application/cloudevents+json");
            taken.add(JsonMapper.shared().readTree(body));
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Test
    void transitionsAloneArePostedAsCloudEvents() throws Exception {
        Incident hung = new Scenery(Instant.now()).hung();
        try (FeedServer server = serve("")) {
            JournalEntry opened = log.decide("north", Scenery.opened(hung), "two witnesses");
            log.decide("north", new Decision.HostTrusted("xen-a"), "is no transition");
            log.decide("north", changed(hung.id(), Phase.CONFIRMED), "it persists");
            await().atMost(PATIENCE).until(() -> taken.size() == 2);

            JsonNode first = taken.getFirst();
            assertThat(first.path("specversion").asString()).isEqualTo("1.0");
            assertThat(first.path("type").asString()).isEqualTo("io.paramedic.incident.opened");
            assertThat(first.path("subject").asString()).isEqualTo("north/" + hung.id());
            assertThat(first.path("time").asString()).isEqualTo(opened.at().toString());
            assertThat(first.path("source").asString()).startsWith("urn:paramedic:journal:");
            assertThat(first.path("id").asString()).matches("\\d+:\\d+");
            assertThat(first.path("data").path("hash").asString()).isEqualTo(opened.hash());
            assertThat(taken.get(1).path("type").asString()).isEqualTo("io.paramedic.incident.phase-changed");
            assertThat(server.failure()).isNotDone();
        }
    }

    @Test
    void aReceiverThatIsBusyGetsThemLaterInOrder() throws Exception {
        answers.addAll(List.of(503, 429, 500));
        try (FeedServer server = serve("")) {
            for (int i = 0; i < 5; i++) {
                log.decide("north", changed("i-" + i, Phase.CONFIRMED), "");
            }
            await().atMost(PATIENCE).until(() -> taken.size() == 5);
            assertThat(subjects()).containsExactly("north/i-0", "north/i-1", "north/i-2", "north/i-3", "north/i-4");
            assertThat(TestHttp.get(server, "/metrics").body()).contains("paramedic_webhook_retried_total 3");
        }
    }

    @Test
    void whatIsRefusedForGoodIsCountedAndLeftOut() throws Exception {
        answers.addAll(List.of(410, 301));
        try (FeedServer server = serve("")) {
            for (int i = 0; i < 4; i++) {
                log.decide("north", changed("i-" + i, Phase.CONFIRMED), "");
            }
            await().atMost(PATIENCE).until(() -> taken.size() == 2);
            assertThat(subjects()).containsExactly("north/i-2", "north/i-3");
            assertThat(TestHttp.get(server, "/metrics").body()).contains("paramedic_webhook_refused_total 2");
        }
    }

    @Test
    void anotherServerGoesOnWhereTheFirstStopped() throws Exception {
        try (FeedServer first = serve("")) {
            log.decide("north", changed("before", Phase.CONFIRMED), "");
            await().atMost(PATIENCE).until(() -> taken.size() == 1);
            assertThat(first.failure()).isNotDone();
        }
        log.decide("north", changed("between", Phase.CONFIRMED), "");
        try (FeedServer second = serve("")) {
            log.decide("north", changed("after", Phase.CONFIRMED), "");
            await().atMost(PATIENCE).until(() -> subjects().contains("north/after"));
            assertThat(subjects().stream().distinct()).containsExactly("north/before", "north/between", "north/after");
            assertThat(second.failure()).isNotDone();
        }
    }

    @Test
    void secretsOfTheAddressAreSentAndNeverLogged() throws Exception {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("io.paramedic.analyzer.feed");
        lines.start();
        logger.addAppender(lines);
        answers.addAll(List.of(500, 400));
        try (FeedServer server = serve("mia:s3cret@")) {
            log.decide("north", changed("i-0", Phase.CONFIRMED), "");
            log.decide("north", changed("i-1", Phase.CONFIRMED), "");
            await().atMost(PATIENCE).until(() -> taken.size() == 1);
            assertThat(server.failure()).isNotDone();
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(authorizations).containsOnly("Basic bWlhOnMzY3JldA==");
        assertThat(List.copyOf(lines.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .anySatisfy(line -> assertThat(line).contains("refused"))
                .noneSatisfy(line -> assertThat(line).containsAnyOf("s3cret", "t0ken", "mia:"));
    }

    private FeedServer serve(String user) throws Exception {
        URI hook = URI.create(
                "http://" + user + "127.0.0.1:" + receiver.getAddress().getPort() + "/hook?key=t0ken");
        FeedServer server = new FeedServer(log.log(), FeedSettings.DEFAULT.withWebhook(hook), "test");
        server.start();
        // It begins with what is decided after it has taken its partitions.
        await().atMost(PATIENCE).until(() -> partitions(server) == log.log().partitions(Topic.JOURNAL));
        return server;
    }

    private static int partitions(FeedServer server) throws Exception {
        return TestHttp.get(server, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("paramedic_webhook_partitions "))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElse(0);
    }

    private static Decision changed(String incident, Phase to) {
        return new Decision.PhaseChanged(incident, Phase.SUSPECTED, to);
    }

    private List<String> subjects() {
        return List.copyOf(taken).stream()
                .map(one -> one.path("subject").asString())
                .toList();
    }
}
