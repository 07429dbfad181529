package io.paramedic.analyzer.service;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** How many events of each partition its consumer has not fetched yet. */
record ConsumerLag(Map<Integer, Long> byPartition) {
    static final ConsumerLag NONE = new ConsumerLag(Map.of());

    static ConsumerLag of(KafkaStreams streams, String topic) {
        Map<Integer, Long> lags = new HashMap<>();
        streams.metrics().forEach((name, metric) -> {
            boolean isLag = name.name().equals("records-lag") && isOf(topic, name);
            if (isLag && metric.metricValue() instanceof Double lag && !lag.isNaN()) {
                lags.merge(Integer.parseInt(name.tags().get("partition")), lag.longValue(), Math::min);
            }
        });
        return new ConsumerLag(lags);
    }

    /** Kafka writes an underscore for each dot of a topic in the tags of some of its metrics. */
    private static boolean isOf(String topic, MetricName name) {
        String tag = name.tags().getOrDefault("topic", "");
        return tag.replace('.', '_').equals(topic.replace('.', '_'))
                && name.tags().containsKey("partition");
    }

    OptionalLong of(int partition) {
        Long lag = byPartition.get(partition);
        return lag == null ? OptionalLong.empty() : OptionalLong.of(lag);
    }
}
