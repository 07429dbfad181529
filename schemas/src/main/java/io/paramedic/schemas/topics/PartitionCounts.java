package io.paramedic.schemas.topics;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many partitions each topic must have.
 *
 * <p>What was recorded counts most; then what is there (an operator may have created the topics for us); then what its
 * sister topics of the same routing have, so that a topic that a later release adds fits in; then the catalogue.
 */
public final class PartitionCounts {
    private PartitionCounts() {}

    /**
     * The count that each topic of the catalogue must have, by name.
     *
     * @param recorded counts as recorded at creation, by topic name
     * @param actual the topics that exist, by name
     */
    public static Map<String, Integer> required(
            Catalogue catalogue, Map<String, Integer> recorded, Map<String, TopicState> actual) {
        Map<String, Integer> required = new HashMap<>();
        for (Topic topic : Topic.values()) {
            int count = known(topic, recorded, actual)
                    .or(() -> ofSisters(topic, recorded, actual))
                    .orElse(catalogue.plan(topic).partitions());
            required.put(topic.topicName(), count);
        }
        required.put(Catalogue.RECORDS, 1);
        return Map.copyOf(required);
    }

    private static Optional<Integer> known(Topic topic, Map<String, Integer> recorded, Map<String, TopicState> actual) {
        return Optional.ofNullable(recorded.get(topic.topicName()))
                .or(() -> Optional.ofNullable(actual.get(topic.topicName())).map(TopicState::partitions));
    }

    private static Optional<Integer> ofSisters(
            Topic topic, Map<String, Integer> recorded, Map<String, TopicState> actual) {
        for (Topic sister : Topic.values()) {
            Optional<Integer> count = known(sister, recorded, actual);
            if (sister.routing() == topic.routing() && count.isPresent()) {
                return count;
            }
        }
        return Optional.empty();
    }
}
