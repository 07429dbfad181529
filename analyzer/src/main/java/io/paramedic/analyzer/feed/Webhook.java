package io.paramedic.analyzer.feed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts every transition of an incident to one URL, each at least once, those of a pool in the order of the log. Where it stands
 * is kept as the offset of a consumer group, so that it goes on there after a restart, and several feeds share the work. The
 * first time it begins with what is decided from then on.
 */
final class Webhook implements AutoCloseable {
    static final String GROUP = "paramedic-webhook";

    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final Duration POLL = Duration.ofMillis(200);
    /** One post takes ten seconds at most, so that Kafka hears of us long before it gives our partitions away. */
    private static final int BATCH = 50;

    private final Post post;
    private final Target target;
    private final String tag;
    private final Counter delivered;
    private final Counter refused;
    private final Counter retried;
    private final Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> waiting = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    private final AtomicInteger partitions = new AtomicInteger();
    private int failures;
    private long pausedUntil;

    private Webhook(Target target, String tag, MeterRegistry registry) {
        this.post = new Post(target);
        this.target = target;
        this.tag = tag;
        this.delivered = counter(registry, "delivered", "Events that the receiver took");
        this.refused = counter(registry, "refused", "Events that the receiver refused for good");
        this.retried = counter(registry, "retried", "Attempts that failed and are made again");
        Gauge.builder("paramedic.webhook.partitions", partitions, AtomicInteger::get)
                .description("Partitions of the journal that this one posts from")
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String what) {
        return Counter.builder("paramedic.webhook." + name).description(what).register(registry);
    }

    /** Closing it ends its thread. */
    static AutoCloseable start(
            Log log, String clientId, Target target, String tag, MeterRegistry registry, Consumer<String> failed) {
        Webhook webhook = new Webhook(target, tag, registry);
        Map<String, Object> properties = new HashMap<>(log.connection().member(clientId, GROUP));
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
        KafkaConsumer<byte[], byte[]> consumer = JournalTopic.consumer(properties);
        consumer.subscribe(Set.of(Topic.JOURNAL.topicName()), webhook.new Assignment(consumer));
        Reading reading = Reading.start("webhook's journal", consumer, webhook::round, failed);
        return () -> {
            webhook.close();
            reading.close();
        };
    }

    /** A partition that nobody has a place in begins at its end: a year of old transitions helps nobody. */
    private final class Assignment implements ConsumerRebalanceListener {
        private final KafkaConsumer<byte[], byte[]> consumer;

        private Assignment(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> theirs) {
            Map<TopicPartition, OffsetAndMetadata> places = consumer.committed(Set.copyOf(theirs));
            Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
            for (TopicPartition one : theirs) {
                if (places.get(one) == null) {
                    consumer.seekToEnd(List.of(one));
                    first.put(one, new OffsetAndMetadata(consumer.position(one)));
                }
            }
            if (!first.isEmpty()) {
                consumer.commitSync(first);
                LOG.info("The webhook begins with what is decided from now on ({} partitions)", first.size());
            }
            partitions.addAndGet(theirs.size());
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> theirs) {
            commit(consumer);
            forget(theirs);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> theirs) {
            theirs.forEach(done::remove);
            forget(theirs);
        }

        private void forget(Collection<TopicPartition> lost) {
            lost.forEach(waiting::remove);
            partitions.addAndGet(-lost.size());
        }
    }

    private void round(KafkaConsumer<byte[], byte[]> consumer) {
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(POLL)) {
            waiting.computeIfAbsent(new TopicPartition(one.topic(), one.partition()), _ -> new ArrayDeque<>())
                    .add(one);
        }
        consumer.pause(waiting.keySet());
        long until = System.nanoTime() + POLL.toNanos();
        while (!waiting.isEmpty() && System.nanoTime() >= pausedUntil && System.nanoTime() < until) {
            deliverOne();
        }
        commit(consumer);
        consumer.resume(consumer.assignment().stream()
                .filter(one -> !waiting.containsKey(one))
                .toList());
    }

    /** The oldest of one partition; it stays in front until it is taken or refused. */
    private void deliverOne() {
        Map.Entry<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> first =
                waiting.entrySet().iterator().next();
        TopicPartition partition = first.getKey();
        Deque<ConsumerRecord<byte[], byte[]>> queue = first.getValue();
        ConsumerRecord<byte[], byte[]> one = queue.getFirst();
        if (!isOver(one)) {
            return;
        }
        done.put(partition, new OffsetAndMetadata(one.offset() + 1));
        queue.removeFirst();
        if (queue.isEmpty()) {
            waiting.remove(partition);
        }
    }

    private boolean isOver(ConsumerRecord<byte[], byte[]> record) {
        Optional<Decided> decided = JournalTopic.decode(record);
        Optional<String> type =
                decided.flatMap(one -> CloudEvent.type(one.entry().decision()));
        return type.isEmpty() || isOver(decided.get(), type.get());
    }

    private boolean isOver(Decided one, String type) {
        Post.Result result;
        try {
            result = post.send(CloudEvent.of(tag, type, one));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        return switch (result) {
            case Post.Result.Taken _ -> {
                delivered.increment();
                if (failures > 0) {
                    LOG.info("The webhook {} takes events again", target);
                }
                failures = 0;
                yield true;
            }
            case Post.Result.Refused(String why) -> {
                refused.increment();
                failures = 0;
                LOG.warn(
                        "The webhook {} refused {} of {} ({}); it is left out and not sent again",
                        target,
                        type,
                        one.entry().pool(),
                        why);
                yield true;
            }
            case Post.Result.NotNow notNow -> {
                later(notNow);
                yield false;
            }
        };
    }

    private void later(Post.Result.NotNow notNow) {
        failures++;
        retried.increment();
        Duration pause = Backoff.after(failures, ThreadLocalRandom.current().nextDouble());
        Duration wish = notNow.wish();
        if (wish != null && wish.compareTo(pause) > 0) {
            pause = wish;
        }
        pausedUntil = System.nanoTime() + pause.toNanos();
        if (failures == 1) {
            LOG.warn("The webhook {} does not take events ({}); they wait and are sent again", target, notNow.why());
        }
    }

    private void commit(KafkaConsumer<byte[], byte[]> consumer) {
        if (done.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(done);
            done.clear();
        } catch (RebalanceInProgressException e) {
            // The next poll takes part in it, and commits before a partition is given away.
            LOG.debug("The webhook's place is kept a little later", e);
        }
    }

    @Override
    public void close() {
        post.close();
    }
}
