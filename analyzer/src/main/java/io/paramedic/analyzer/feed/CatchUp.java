package io.paramedic.analyzer.feed;

import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Topic;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the journal for one client that was away for longer than the ring remembers, until the ring can take over. Runs on a
 * thread of its own and waits for the client.
 */
final class CatchUp implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int BATCH = 100;

    private final Log log;
    private final String clientId;
    private final Context loop;
    private final Follower follower;
    private final boolean fromBeginning;
    private final Duration patience;
    private final Lost lost;

    /** @param fromBeginning whether it begins with the oldest that is retained, and not where the client stands */
    CatchUp(
            Log log,
            String clientId,
            Context loop,
            Follower follower,
            boolean fromBeginning,
            Duration patience,
            Lost lost) {
        this.log = log;
        this.clientId = clientId;
        this.loop = loop;
        this.follower = follower;
        this.fromBeginning = fromBeginning;
        this.patience = patience;
        this.lost = lost;
    }

    /** Told, on the event loop, that the client's place is not on the log. */
    @FunctionalInterface
    interface Lost {
        void because(Follower follower, String why);
    }

    @Override
    public void run() {
        List<TopicPartition> partitions = JournalTopic.partitions(log, Topic.JOURNAL).stream()
                .filter(one -> follower.wish().follows(one.partition()))
                .toList();
        Map<String, Object> properties = new HashMap<>(log.connection().reader(clientId));
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
        try (KafkaConsumer<byte[], byte[]> consumer = JournalTopic.consumer(properties)) {
            consumer.assign(partitions);
            catchUp(consumer, partitions);
        } catch (OffsetOutOfRangeException gone) {
            lost("what comes after the id was deleted while it was read");
        } catch (InterruptException | InterruptedException e) {
            end("the feed is closing", e);
        } catch (ExecutionException | TimeoutException e) {
            end("the client did not take what it asked for", e);
        } catch (RuntimeException e) {
            LOG.warn("A client of the feed could not be caught up; it will ask again", e);
            end("the journal could not be read", e);
        }
    }

    private void end(String why, Exception cause) {
        LOG.debug("A client of the feed is not caught up: {}", why, cause);
        loop.runOnContext(_ -> follower.cut(why));
    }

    private void catchUp(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions)
            throws InterruptedException, ExecutionException, TimeoutException {
        long[] at = awaited(onLoop(follower::at));
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        for (TopicPartition one : partitions) {
            long wanted = at[one.partition()];
            long beginning = JournalTopic.offset(beginnings, one);
            if (fromBeginning) {
                at[one.partition()] = beginning;
            } else if (wanted < beginning) {
                lost("what comes after the id is older than what is retained");
                return;
            } else if (wanted > JournalTopic.offset(ends, one)) {
                lost("the id is beyond the end of this log");
                return;
            }
            consumer.seek(one, at[one.partition()]);
        }
        bring(consumer, partitions, at);
    }

    private void lost(String why) {
        loop.runOnContext(_ -> lost.because(follower, why));
    }

    private void bring(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, long[] at)
            throws InterruptedException, ExecutionException, TimeoutException {
        bring(List.of(), at);
        while (!awaited(onLoop(() -> follower.isOver() || follower.join()))) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            List<Decided> decisions = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> one : records) {
                JournalTopic.decode(one).ifPresent(decisions::add);
            }
            for (TopicPartition one : partitions) {
                at[one.partition()] = consumer.position(one);
            }
            bring(decisions, at);
        }
    }

    /** Waits until the client has taken them. */
    private void bring(List<Decided> decisions, long[] at)
            throws InterruptedException, ExecutionException, TimeoutException {
        long[] next = at.clone();
        CompletableFuture<Void> taken = new CompletableFuture<>();
        loop.runOnContext(_ -> follower.bring(decisions, next, taken));
        awaited(taken);
    }

    private <T> T awaited(CompletableFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private <T> CompletableFuture<T> onLoop(Supplier<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.runOnContext(_ -> {
            try {
                result.complete(action.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
