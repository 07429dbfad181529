package io.paramedic.analyzer.feed;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The page and its parts, which are read once. */
final class Pages {
    private static final Map<String, String> TYPES = Map.of(
            "page.html", "text/html; charset=utf-8",
            "page.css", "text/css; charset=utf-8",
            "page.js", "text/javascript; charset=utf-8",
            "words.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private Pages() {}

    static void serve(Router router) {
        TYPES.forEach((file, type) -> {
            Buffer content = read(file);
            String path = file.equals("page.html") ? "/" : "/" + file;
            router.route(path).handler(context -> {
                context.response().putHeader("Content-Type", type).putHeader("Cache-Control", "no-cache");
                Answers.send(context, content);
            });
        });
    }

    private static Buffer read(String file) {
        try (InputStream in = Pages.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the distribution lacks " + file);
            }
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
