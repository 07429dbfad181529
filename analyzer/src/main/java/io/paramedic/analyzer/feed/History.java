package io.paramedic.analyzer.feed;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Topic;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** How it came to an incident: its decisions from the first on, read from the journal. */
final class History {
    private static final Duration POLL = Duration.ofMillis(200);
    /** An incident's times are those of the events; its decisions are written later, by brokers whose clocks differ a little. */
    private static final Duration BEFORE = Duration.ofMinutes(1);

    private static final int MOST = 1_000;

    private History() {}

    /** The incident with the newest thousand decisions about it, each as it stands on the log; reads, so it takes a while. */
    static byte[] read(Log log, String clientId, Incident incident) {
        List<byte[]> entries = new ArrayList<>();
        int omitted = 0;
        TopicPartition partition = JournalTopic.partition(log.partition(Topic.JOURNAL, incident.pool()));
        try (KafkaConsumer<byte[], byte[]> consumer = JournalTopic.consumer(log, clientId, List.of(partition))) {
            long end = JournalTopic.offset(consumer.endOffsets(List.of(partition)), partition);
            consumer.seek(partition, from(consumer, partition, incident, end));
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> one : consumer.poll(POLL)) {
                    JournalTopic.decode(one)
                            .filter(decided -> isAbout(decided, incident))
                            .ifPresent(decided -> entries.add(decided.json()));
                }
                while (entries.size() > MOST) {
                    entries.removeFirst();
                    omitted++;
                }
            }
        }
        return json(incident, entries, omitted);
    }

    private static long from(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, Incident incident, long end) {
        long time = incident.opened().minus(BEFORE).toEpochMilli();
        OffsetAndTimestamp first =
                consumer.offsetsForTimes(Map.of(partition, Math.max(0, time))).get(partition);
        return first == null ? end : first.offset();
    }

    private static boolean isAbout(Decided decided, Incident incident) {
        return decided.entry().pool().equals(incident.pool())
                && JournalTopic.incident(decided.entry().decision())
                        .filter(incident.id()::equals)
                        .isPresent();
    }

    private static byte[] json(Incident incident, List<byte[]> entries, int omitted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, "{\"incident\":");
        out.writeBytes(Contract.INCIDENTS.encode(incident));
        write(out, ",\"omitted\":" + omitted + ",\"journal\":[");
        for (int i = 0; i < entries.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.writeBytes(entries.get(i));
        }
        write(out, "]}");
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
