package io.paramedic.deploy.ring;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Decoded;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds claims, outcomes and releases before they are sent. Made by Kafka itself, for producers and consumers alike, because
 * both have the same setting for it.
 */
public final class ParkingInterceptor
        implements ProducerInterceptor<byte[], byte[]>, ConsumerInterceptor<byte[], byte[]> {
    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> sent) {
        byte[] value = sent.value();
        try {
            if (value != null && sent.topic().equals(Topic.LEASES.topicName())) {
                lease(value);
            } else if (value != null && sent.topic().equals(Topic.EVENTS.topicName())) {
                event(value);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return sent;
    }

    private static void lease(byte[] value) throws InterruptedException {
        if (!(Contract.LEASES.decode(value) instanceof Decoded.Ok<LeaseRecord>(LeaseRecord record))) {
            return;
        }
        switch (record) {
            case LeaseRecord.Claim claim -> Parks.OF_THIS_PROCESS.pass(host(claim.scope()), Point.BEFORE_CLAIM);
            case LeaseRecord.Release release -> Parks.OF_THIS_PROCESS.pass(host(release.scope()), Point.BEFORE_RELEASE);
            case LeaseRecord.Renewal _, LeaseRecord.Hold _ -> {}
        }
    }

    private static void event(byte[] value) throws InterruptedException {
        if (Contract.EVENTS.decode(value) instanceof Decoded.Ok<PoolEvent>(StepOutcome outcome)
                && !(outcome.outcome() instanceof Outcome.Running)
                && !outcome.transcript().isEmpty()) {
            Parks.OF_THIS_PROCESS.pass(outcome.transcript().getFirst().host(), Point.BEFORE_OUTCOME);
        }
    }

    private static String host(Scope scope) {
        return switch (scope) {
            case Scope.Pool all -> all.pool();
            case Scope.Host whole -> whole.host();
            case Scope.Vm one -> one.host();
        };
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> settings) {}
}
