package io.paramedic.deploy.broker;

import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.topics.Catalogue;
import io.paramedic.schemas.topics.ClusterKind;
import io.paramedic.schemas.topics.KafkaTools;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.topics.admin.TopicKeeper;
import java.io.PrintStream;
import java.nio.file.Path;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A process to be killed: a broker on the given directory and a writer that never stops. It prints a line
 * {@code topic partition offset value} for each record as soon as that is acknowledged.
 */
final class AcknowledgedWriter {
    private AcknowledgedWriter() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(Path.of(arguments[0])));
        KafkaConnection connection = broker.connection();
        new TopicKeeper(
                        connection.common(),
                        new Catalogue(ClusterKind.EMBEDDED, 2, 2),
                        new KafkaTools(connection.bootstrapServers(), null))
                .establish();
        PrintStream acknowledged = System.out;
        var producer = new KafkaProducer<>(
                connection.producer("writer", KafkaConnection.Sending.AT_ONCE),
                new StringSerializer(),
                new StringSerializer());
        Topic[] topics = {Topic.LEASES, Topic.COMMANDS, Topic.EVENTS};
        for (long i = 0; true; i++) {
            String value = "value " + i;
            String topic = topics[(int) (i % topics.length)].topicName();
            ProducerRecord<String, String> record = new ProducerRecord<>(topic, (int) (i % 2), "pool", value);
            var printed = producer.send(record, (metadata, failure) -> print(acknowledged, metadata, failure, value));
            if (i % 1_000 == 0) {
                printed.get();
            }
        }
    }

    private static void print(
            PrintStream out, @Nullable RecordMetadata metadata, @Nullable Exception failure, String value) {
        if (failure == null && metadata != null) {
            // One write per line, so that a kill tears at most the last.
            out.print("%s %d %d %s\n".formatted(metadata.topic(), metadata.partition(), metadata.offset(), value));
            out.flush();
        }
    }
}
