package io.paramedic.deploy.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.topics.Topic;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker's process that is killed while it writes. */
class KilledBrokerTest {
    private static final int KILLS = 2;

    @Test
    void startsAgainWithEverythingThatItHadAcknowledged(@TempDir Path directory) throws Exception {
        long seed = Long.getLong("paramedic.seed", System.nanoTime());
        System.out.println("Killed after a number of records drawn from -Dparamedic.seed=" + seed);
        Random random = new Random(seed);
        Map<String, String> acknowledged = new HashMap<>();
        for (int i = 0; i < KILLS; i++) {
            acknowledged.putAll(writeAndKill(directory, 500 + random.nextInt(3_000)));
        }

        Map<String, String> found = new HashMap<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
            for (Topic topic : List.of(Topic.LEASES, Topic.COMMANDS, Topic.EVENTS)) {
                TestLog.readAll(broker.connection(), topic.topicName())
                        .forEach(record -> found.put(place(record), record.value()));
            }
        }

        assertThat(acknowledged).hasSizeGreaterThan(1_000);
        assertThat(found).containsAllEntriesOf(acknowledged);
    }

    /** What was acknowledged before the end, by place; the kill comes in the middle of writing. */
    private static Map<String, String> writeAndKill(Path directory, int records) throws Exception {
        Map<String, String> acknowledged = new HashMap<>();
        try (ChildJvm writer = ChildJvm.run(AcknowledgedWriter.class, directory.toString())) {
            for (String line = writer.readLine(); line != null; line = writer.readLine()) {
                String[] words = line.split(" ", 4);
                if (words.length == 4) {
                    acknowledged.put(words[0] + " " + words[1] + " " + words[2], words[3]);
                }
                if (acknowledged.size() == records) {
                    writer.kill();
                }
            }
            writer.awaitEnd();
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(records);
        return acknowledged;
    }

    private static String place(ConsumerRecord<String, String> record) {
        return record.topic() + " " + record.partition() + " " + record.offset();
    }
}
