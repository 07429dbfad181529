package io.paramedic.analyzer.feed;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Posts to the one URL and says what came of it. */
final class Post implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_WISH = Duration.ofMinutes(5);
    private static final int TIMEOUT = 408;
    private static final int TOO_MANY = 429;

    private final Target target;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(LIMIT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    Post(Target target) {
        this.target = target;
    }

    sealed interface Result {
        record Taken() implements Result {}

        /** It will never be taken in this form. */
        record Refused(String why) implements Result {}

        /** Nobody knows whether it was taken, or it is asked for later. @param wish how long the receiver wants to be left alone */
        record NotNow(String why, @Nullable Duration wish) implements Result {}
    }

    Result send(byte[] event) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.url())
                .timeout(LIMIT)
                .header("Content-Type", CloudEvent.CONTENT_TYPE)
                .header("User-Agent", "Paramedic")
                .POST(BodyPublishers.ofByteArray(event));
        if (target.authorization() != null) {
            request.header("Authorization", target.authorization());
        }
        try {
            return judge(client.send(request.build(), BodyHandlers.discarding()));
        } catch (IOException e) {
            // Its message may quote the URL.
            return new Result.NotNow(e.getClass().getSimpleName(), null);
        }
    }

    private static Result judge(HttpResponse<?> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Result.Taken();
        }
        if (status >= 500 || status == TIMEOUT || status == TOO_MANY) {
            return new Result.NotNow("status " + status, wish(response));
        }
        return new Result.Refused("status " + status);
    }

    private static @Nullable Duration wish(HttpResponse<?> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("");
        if (!seconds.matches("\\d{1,6}")) {
            return null;
        }
        Duration wish = Duration.ofSeconds(Long.parseLong(seconds));
        return wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
