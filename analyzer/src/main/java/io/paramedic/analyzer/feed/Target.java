package io.paramedic.analyzer.feed;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where events are posted to. Secrets stand in user and password, in queries and, with many chat services, in the path; so
 * only scheme, host and port are ever shown.
 *
 * @param url without user and password
 * @param authorization header made of user and password; absent where there are none
 */
record Target(URI url, @Nullable String authorization) {
    static Target of(URI given) {
        String user = given.getUserInfo();
        if (user == null) {
            return new Target(given, null);
        }
        String basic = "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        return new Target(withoutUser(given), basic);
    }

    private static URI withoutUser(URI given) {
        String raw = given.toString();
        int start = raw.indexOf("//") + 2;
        int end = raw.indexOf('@', start) + 1;
        try {
            return new URI(raw.substring(0, start) + raw.substring(end));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the webhook is no URL without its user and password", e);
        }
    }

    @Override
    public String toString() {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + "/…";
    }
}
