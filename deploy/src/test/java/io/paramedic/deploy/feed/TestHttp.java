package io.paramedic.deploy.feed;

import static org.awaitility.Awaitility.await;

import io.paramedic.analyzer.feed.FeedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a server as a browser of this machine would. */
final class TestHttp {
    private TestHttp() {}

    static HttpResponse<String> get(FeedServer server, String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(server, path)));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        }
    }

    static URI uri(FeedServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    static void awaitReady(FeedServer server) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> get(server, "/health/ready").statusCode() == 200);
    }
}
