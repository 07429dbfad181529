package io.paramedic.schemas.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds topics that were deleted and created anew, by us or by anybody: they have the name that was recorded and another
 * id. Where acts rest on the records that went with the old one, nothing is done to a host until a person has confirmed
 * the loss by having the new id recorded.
 */
public final class TopicLoss {
    private TopicLoss() {}

    /**
     * One problem for each topic that is another than the recorded one, in the order of {@link Topic}.
     *
     * @param recorded by topic name
     * @param actual the topics that exist, by name
     */
    public static List<Problem> problems(
            Map<String, TopicRecord> recorded, Map<String, TopicState> actual, KafkaTools tools) {
        List<Problem> problems = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            TopicRecord before = recorded.get(topic.topicName());
            TopicState now = actual.get(topic.topicName());
            if (before != null && now != null && !before.id().equals(now.id())) {
                problems.add(problem(topic, before, now, tools));
            }
        }
        return List.copyOf(problems);
    }

    /** Whether the loss of this topic stays a problem until a person has confirmed it; otherwise it is said once. */
    public static boolean needsConfirmation(Topic topic) {
        return topic.actsRestOnIt();
    }

    private static Problem problem(Topic topic, TopicRecord before, TopicState now, KafkaTools tools) {
        String happened =
                "Topic %s had been deleted, with all its records: the one that is there was created anew, empty (id %s, recorded was %s). Lost is %s."
                        .formatted(now.name(), now.id(), before.id(), lost(topic));
        if (!needsConfirmation(topic)) {
            return new Problem(now.name(), "topic", happened, "", Gravity.ADVICE);
        }
        String next = " Nothing is done to a host until a person confirms that. Look at the"
                + " hosts for acts that are still under way, place holds and pauses again, and then confirm the loss:";
        TopicRecord confirmed = new TopicRecord(before.partitions(), now.id());
        return new Problem(
                now.name(), "topic", happened + next, tools.record(now.name(), confirmed), Gravity.FORBIDS_ACTING);
    }

    private static String lost(Topic topic) {
        return switch (topic) {
            case INVENTORY -> "which hosts there are";
            case REQUESTS -> "what was asked of collectors and not yet answered";
            case EVENTS -> "what was seen and done so far, with every pause and approval";
            case COMMANDS -> "which steps were ordered, so that one that was done could be done again";
            case LEASES -> "who may act where, with every claim and every hold";
            case INCIDENTS, OVERVIEW -> "the incidents on people's screens";
            case JOURNAL -> "every decision with its reason";
            case QUARANTINE -> "what could not be read";
        };
    }
}
