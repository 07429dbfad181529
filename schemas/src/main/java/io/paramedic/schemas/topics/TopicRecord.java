package io.paramedic.schemas.topics;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is kept of a topic on {@link Catalogue#RECORDS}, as it was at creation.
 *
 * @param partitions how many it had
 * @param id Kafka's own id of it, which another topic of the same name never has
 */
public record TopicRecord(int partitions, String id) {
    private static final Pattern VALUE = Pattern.compile(
            "\\{\\s*\"partitions\"\\s*:\\s*(\\d{1,4})\\s*,\\s*\"id\"\\s*:\\s*\"([A-Za-z0-9_-]{1,64})\"\\s*}");

    /** The one that reads {@code {"partitions":12,"id":"…"}}; empty for anything else. */
    public static Optional<TopicRecord> parse(String value) {
        Matcher matcher = VALUE.matcher(value);
        return matcher.matches()
                ? Optional.of(new TopicRecord(Integer.parseInt(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    /** Its form on the topic. */
    public String value() {
        return "{\"partitions\":" + partitions + ",\"id\":\"" + id + "\"}";
    }
}
