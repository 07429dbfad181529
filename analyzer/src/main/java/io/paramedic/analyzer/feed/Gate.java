package io.paramedic.analyzer.feed;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Lets in only what this machine's own people ask. That the address is loopback does not suffice: a page from elsewhere can
 * give its own name this machine's address, and its browser then speaks to us under that name (DNS rebinding).
 */
final class Gate {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[?::1]?", Pattern.CASE_INSENSITIVE);
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Counts counts;

    Gate(Counts counts) {
        this.counts = counts;
    }

    void pass(RoutingContext context) {
        HttpServerResponse response = context.response();
        response.putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cache-Control", "no-store");
        HostAndPort authority = context.request().authority();
        HttpMethod method = context.request().method();
        if (authority == null || !isLoopback(authority.host())) {
            counts.refused();
            refuse(
                    response,
                    403,
                    "This page is for this machine alone: ask for it as http://localhost or http://127.0.0.1, for"
                            + " example through an SSH tunnel.");
        } else if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            counts.refused();
            response.putHeader("Allow", "GET, HEAD");
            refuse(response, 405, "Nothing can be changed here. Orders are given by the command line.");
        } else {
            context.next();
        }
    }

    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    /** Ends a request with a sentence for people. */
    static void refuse(HttpServerResponse response, int status, String sentence) {
        response.setStatusCode(status).putHeader("Content-Type", "text/plain; charset=utf-8");
        // The client may be gone already, and then nobody misses it.
        var _ = response.end(sentence + "\n");
    }
}
