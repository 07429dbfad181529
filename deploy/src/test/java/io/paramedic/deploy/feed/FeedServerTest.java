package io.paramedic.deploy.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.paramedic.analyzer.feed.FeedCannotStart;
import io.paramedic.analyzer.feed.FeedServer;
import io.paramedic.analyzer.feed.FeedSettings;
import io.paramedic.deploy.feed.FeedClient.Event;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.journal.Decision;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What can be asked of the feed's server, and what it refuses. */
class FeedServerTest {
    @TempDir
    private static Path home;

    private static LogUnderTest log;
    private static FeedServer server;
    private static final Scenery SCENERY = new Scenery(Instant.now());

    @BeforeAll
    static void start() throws Exception {
        log = LogUnderTest.in(home);
        SCENERY.writeTo(log);
        server = new FeedServer(
                log.log(),
                FeedSettings.DEFAULT,
                "test",
                meters ->
                        Counter.builder("paramedic.of.another").register(meters).increment());
        server.start();
        TestHttp.awaitReady(server);
    }

    @AfterAll
    static void stop() {
        server.close();
        log.close();
    }

    @Test
    void theSituationHasEverythingOnce() throws Exception {
        JsonNode situation = json("/api/situation");
        assertThat(situation.path("inventory").findValuesAsString("host"))
                .containsExactly("xcp-1", "xcp-2", "xcp-3", "xen-a", "xen-b");
        assertThat(situation.path("hosts").size()).isEqualTo(5);
        assertThat(situation.path("incidents").size()).isEqualTo(6);
        assertThat(situation.path("decisions").size())
                .isBetween(SCENERY.decisions().size(), 60);
        assertThat(situation.path("inventory").toString()).doesNotContain("access");
        assertThat(json("/api/situation?pool=" + Scenery.PLAIN).path("hosts").findValuesAsString("host"))
                .containsExactly("xen-a", "xen-b");
    }

    @Test
    void anIncidentComesWithItsJournal() throws Exception {
        Incident hung = SCENERY.hung();
        JsonNode answer = json("/api/incidents/" + hung.pool() + "/" + hung.id());
        assertThat(answer.path("incident").path("id").asString()).isEqualTo(hung.id());
        assertThat(answer.path("journal").findValues("decision"))
                .extracting(one -> one.path("is").asString())
                .containsExactly("incident-opened", "step-ordered", "outcome-taken", "step-ordered");
        assertThat(TestHttp.get(server, "/api/incidents/nowhere/none").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aSnapshotHasEachIncidentWhoseDecisionWasTold() throws Exception {
        for (int i = 0; i < 20; i++) {
            Incident one = SCENERY.recovered();
            log.show(one);
            log.decide(one.pool(), Scenery.opened(one), "again " + i);
            try (FeedClient client = new FeedClient(server.port(), "/feed?pool=" + one.pool(), null)) {
                assertThat(client.next("snapshot").data()).contains(one.id());
            }
        }
    }

    @Test
    void whoeverAsksForStateHearsOfEachChangeOfAnIncident() throws Exception {
        Incident one = SCENERY.crashed();
        try (FeedClient client = new FeedClient(server.port(), "/feed?with=state", null)) {
            client.next("snapshot");
            log.show(one);
            Event shown = client.next("incident");
            assertThat(shown.data()).isEqualTo(new String(Contract.INCIDENTS.encode(one), StandardCharsets.UTF_8));
            assertThat(shown.id()).isNull();
            log.hide(one);
            assertThat(client.next("gone").data()).contains(one.key());
            log.show(one);
        }
    }

    @Test
    void itSaysWhetherAnAnalyzerIsAtWork() throws Exception {
        log.tick();
        await().atMost(Duration.ofSeconds(10)).until(() -> analyzer().equals("live"));
        await().atMost(Duration.ofSeconds(10)).until(() -> analyzer().equals("behind"));
        await().atMost(Duration.ofSeconds(20)).until(() -> analyzer().equals("silent"));
        log.tick();
        await().atMost(Duration.ofSeconds(10)).until(() -> analyzer().equals("live"));
    }

    private static String analyzer() throws Exception {
        return json("/api/situation").path("analyzer").path("state").asString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "10.0.0.7", "127.0.0.1.nip.io", "", "[fe80::1]"})
    void anotherNameThanThisMachinesIsRefused(String host) throws Exception {
        assertThat(statusFor("GET", "/api/situation", host)).isIn(400, 403);
        assertThat(statusFor("GET", "/feed", host)).isIn(400, 403);
        assertThat(statusFor("GET", "/", host)).isIn(400, 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "LOCALHOST:9000", "[::1]:8080", "127.0.0.53"})
    void thisMachinesNamesArePassed(String host) throws Exception {
        assertThat(statusFor("GET", "/health/live", host)).isEqualTo(200);
    }

    private static int statusFor(String method, String path, String host) throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            String first = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            return Integer.parseInt(first.split(" ", -1)[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void nothingCanBeChanged(String method) throws Exception {
        HttpResponse<String> answer = TestHttp.send(
                HttpRequest.newBuilder(TestHttp.uri(server, "/api/situation")).method(method, BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/page.js", "/words.js", "/page.css", "/icon.svg", "/feed", "/api/situation", "/metrics"})
    void everyAnswerForbidsOtherSites(String path) throws Exception {
        HttpResponse<String> answer = TestHttp.send(HttpRequest.newBuilder(TestHttp.uri(server, path))
                .method("HEAD", BodyPublishers.noBody())
                .header("Origin", "https://evil.example"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void thePageNamesNoOtherPlaceAndMakesNoMarkupOfWhatItIsTold() throws Exception {
        for (String part : List.of("/", "/page.js", "/words.js", "/page.css")) {
            assertThat(TestHttp.get(server, part).body())
                    .doesNotContain(
                            "https://",
                            "//cdn",
                            "innerHTML",
                            "outerHTML",
                            "insertAdjacentHTML",
                            "document.write",
                            "eval(");
        }
    }

    @Test
    void metricsHaveWhatTheProcessAdded() throws Exception {
        assertThat(TestHttp.get(server, "/metrics").body())
                .contains(
                        "paramedic_of_another_total 1.0", "paramedic_feed_clients", "paramedic_feed_incidents_open 5");
    }

    @Test
    void itIsHealthyAndReady() throws Exception {
        assertThat(TestHttp.get(server, "/health/live").statusCode()).isEqualTo(200);
        assertThat(TestHttp.get(server, "/health/ready").statusCode()).isEqualTo(200);
        assertThat(TestHttp.get(server, "/else").statusCode()).isEqualTo(404);
        assertThat(server.failure()).isNotDone();
    }

    @Test
    void oneClientTooManyIsAskedToComeBack() throws Exception {
        try (FeedServer small = new FeedServer(log.log(), FeedSettings.DEFAULT.withClients(1), "small")) {
            small.start();
            TestHttp.awaitReady(small);
            try (FeedClient first = new FeedClient(small.port(), "/feed", null)) {
                first.next("snapshot");
                try (FeedClient second = new FeedClient(small.port(), "/feed", null)) {
                    assertThat(second.status()).isEqualTo(503);
                }
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                try (FeedClient third = new FeedClient(small.port(), "/feed", null)) {
                    return third.status() == 200;
                }
            });
        }
    }

    @Test
    void manyClientsShareOneTail() throws Exception {
        List<FeedClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                clients.add(new FeedClient(server.port(), "/feed?pool=crowd", null));
            }
            for (FeedClient client : clients) {
                client.next("snapshot");
            }
            log.decide("crowd", new Decision.HostTrusted("xen-z"), "for all");
            for (FeedClient client : clients) {
                assertThat(client.next("decision").data()).contains("for all");
            }
        } finally {
            for (FeedClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aTakenPortIsSaid() {
        FeedServer second = new FeedServer(log.log(), FeedSettings.DEFAULT.withPort(server.port()), "second");
        assertThatThrownBy(second::start)
                .isInstanceOf(FeedCannotStart.class)
                .hasMessageContaining("127.0.0.1:" + server.port());
    }

    @Test
    void closingEndsEveryConnectionAndThread() throws Exception {
        FeedServer other = new FeedServer(log.log(), FeedSettings.DEFAULT, "closing");
        other.start();
        TestHttp.awaitReady(other);
        FeedClient client = new FeedClient(other.port(), "/feed", null);
        client.next("snapshot");
        other.close();
        other.close();
        assertThatThrownBy(() -> client.next("decision")).isInstanceOf(IOException.class);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().contains("paramedic-feed-closing")));
    }

    private static JsonNode json(String path) throws Exception {
        return JsonMapper.shared().readTree(TestHttp.get(server, path).body());
    }
}
