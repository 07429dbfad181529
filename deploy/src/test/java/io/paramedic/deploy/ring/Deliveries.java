package io.paramedic.deploy.ring;

import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Topic;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far the actuators have committed the ward's commands. */
record Deliveries(Log log) {
    private static final String GROUP = "paramedic-actuators";

    /** Lets all commands be delivered once more; false while the group still has members, and nobody else may commit for it. */
    boolean beginAgain() {
        try (Admin admin = admin()) {
            admin.alterConsumerGroupOffsets(GROUP, Map.of(partition(), new OffsetAndMetadata(0)))
                    .all()
                    .get();
            return true;
        } catch (ExecutionException _) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether all commands that there are were finished. */
    boolean areOver() {
        try (Admin admin = admin()) {
            OffsetAndMetadata committed = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(partition());
            long end = admin.listOffsets(Map.of(partition(), OffsetSpec.latest()))
                    .partitionResult(partition())
                    .get()
                    .offset();
            return committed != null && committed.offset() > 0 && committed.offset() >= end - 1;
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private TopicPartition partition() {
        return new TopicPartition(Topic.COMMANDS.topicName(), log.partition(Topic.COMMANDS, Ward.POOL));
    }

    private Admin admin() {
        return Admin.create(log.connection().admin("deliveries"));
    }
}
