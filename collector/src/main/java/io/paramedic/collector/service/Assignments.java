package io.paramedic.collector.service;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.PoolEvent.HostUnlisted;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.quarantine.Quarantined;
import io.paramedic.schemas.request.Request;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Decoded;
import io.paramedic.schemas.wire.Decoded.Undecodable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the inventory's partitions that Kafka gives to this process: reads each from its beginning, begins to watch its
 * hosts once all of it is read, and gives them up before the partition goes to another. Requests are read from the same
 * partitions, those made from then on. One thread runs it.
 */
final class Assignments {
    private static final Logger LOG = LoggerFactory.getLogger(Assignments.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LEAVING = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> inventory;
    private final Consumer<byte[], byte[]> requests;
    private final HostKeeper.World world;
    private final Map<Integer, Owned> owned = new HashMap<>();
    private final Farewells farewells;
    private boolean requestsChanged;
    private volatile boolean closing;

    /** A partition of the inventory that this process owns. */
    private static final class Owned {
        private final long end;
        private final Map<String, HostRecord> records = new HashMap<>();
        private final Map<String, HostKeeper> keepers = new HashMap<>();
        /** Which pools the hosts have left, as far as was read before the end; only what still holds there is told. */
        private final Map<String, Set<String>> left = new HashMap<>();

        private boolean read;

        /** @param end where the partition ended when it was given to us: up to there it is only read */
        Owned(long end) {
            this.end = end;
        }
    }

    Assignments(Consumer<byte[], byte[]> inventory, Consumer<byte[], byte[]> requests, HostKeeper.World world) {
        this.inventory = inventory;
        this.requests = requests;
        this.world = world;
        this.farewells = new Farewells(world.outlet());
    }

    /** Until it is closed. */
    void run() {
        try (requests) {
            inventory.subscribe(List.of(Topic.INVENTORY.topicName()), new Rebalances());
            while (!closing) {
                for (ConsumerRecord<byte[], byte[]> row : inventory.poll(POLL)) {
                    takeInventory(row);
                }
                owned.forEach(this::beginIfRead);
                followRequests();
                farewells.repeat();
            }
        } catch (WakeupException e) {
            if (!closing) {
                throw e;
            }
        } finally {
            release(Set.copyOf(owned.keySet()));
            inventory.close(CloseOptions.timeout(LEAVING));
        }
    }

    /** Ends {@link #run} soon; may be called from any thread. */
    void close() {
        closing = true;
        inventory.wakeup();
    }

    /** Closes what was never run. */
    void closeUnused() {
        requests.close();
        inventory.close(CloseOptions.timeout(LEAVING));
    }

    private final class Rebalances implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> given) {
            if (given.isEmpty()) {
                return;
            }
            inventory.seekToBeginning(given);
            inventory.endOffsets(given).forEach((partition, end) -> owned.put(partition.partition(), new Owned(end)));
            world.meters().partitions.set(owned.size());
            requestsChanged = true;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> taken) {
            release(taken.stream().map(TopicPartition::partition).collect(Collectors.toSet()));
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            if (!lost.isEmpty()) {
                LOG.warn(
                        "the group gave {} partition(s) to others, because this process did not answer in time",
                        lost.size());
            }
            onPartitionsRevoked(lost);
        }
    }

    /** Ends the work on the hosts of these partitions, and only then returns. */
    private void release(Set<Integer> partitions) {
        List<HostKeeper> ended = new ArrayList<>();
        partitions.forEach(number -> {
            Owned partition = owned.remove(number);
            if (partition != null) {
                ended.addAll(partition.keepers.values());
            }
        });
        stop(ended);
        world.meters().partitions.set(owned.size());
        requestsChanged = true;
    }

    private void stop(List<HostKeeper> keepers) {
        keepers.forEach(HostKeeper::stop);
        long until = System.nanoTime() + world.settings().stopping().toNanos();
        try {
            for (HostKeeper keeper : keepers) {
                if (!keeper.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())))) {
                    LOG.warn(
                            "the work on {} has not ended yet; nothing more is written of it",
                            keeper.host().host());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeInventory(ConsumerRecord<byte[], byte[]> row) {
        Owned partition = owned.get(row.partition());
        if (partition == null) {
            return;
        }
        String key = row.key() == null ? "" : new String(row.key(), StandardCharsets.UTF_8);
        if (row.value() == null) {
            unlist(partition, key);
            return;
        }
        switch (Contract.INVENTORY.decode(row.value())) {
            case Decoded.Undecodable<HostRecord> why -> quarantine(row, why);
            case Decoded.Ok<HostRecord>(HostRecord host) -> {
                if (host.host().equals(key)) {
                    list(partition, host);
                } else {
                    quarantine(
                            row, new Undecodable<HostRecord>("its key names another host than it does", "key: " + key));
                }
            }
        }
    }

    private void list(Owned partition, HostRecord host) {
        HostRecord before = partition.records.put(host.host(), host);
        if (before != null && before.equals(host)) {
            return;
        }
        HostKeeper keeper = partition.keepers.remove(host.host());
        if (keeper != null) {
            stop(List.of(keeper));
        }
        if (before != null && !before.pool().equals(host.pool())) {
            left(partition, before);
        }
        if (partition.read) {
            begin(partition, host);
        }
    }

    private void unlist(Owned partition, String name) {
        HostRecord before = partition.records.remove(name);
        HostKeeper keeper = partition.keepers.remove(name);
        if (keeper != null) {
            stop(List.of(keeper));
        }
        if (before != null) {
            left(partition, before);
        }
    }

    /** Before all is read nobody knows whether it has come back since. */
    private void left(Owned partition, HostRecord before) {
        if (partition.read) {
            farewells.say(new HostUnlisted(before.pool(), before.host()));
        } else {
            partition.left.computeIfAbsent(before.host(), _ -> new TreeSet<>()).add(before.pool());
        }
    }

    private void sayFarewells(Owned partition) {
        partition.left.forEach((name, pools) -> {
            HostRecord now = partition.records.get(name);
            pools.stream()
                    .filter(pool -> now == null || !now.pool().equals(pool))
                    .forEach(pool -> farewells.say(new HostUnlisted(pool, name)));
        });
        partition.left.clear();
    }

    private void beginIfRead(int number, Owned partition) {
        TopicPartition place = new TopicPartition(Topic.INVENTORY.topicName(), number);
        if (partition.read || inventory.position(place) < partition.end) {
            return;
        }
        partition.read = true;
        sayFarewells(partition);
        // Nobody reads this; it keeps the group, and with it the count of generations, from being forgotten.
        inventory.commitAsync();
        partition.records.values().forEach(host -> begin(partition, host));
    }

    private void begin(Owned partition, HostRecord host) {
        HostKeeper keeper = new HostKeeper(host, generation(), world);
        partition.keepers.put(host.host(), keeper);
        keeper.start();
    }

    private int generation() {
        return Math.max(0, inventory.groupMetadata().generationId());
    }

    private void followRequests() {
        if (requestsChanged) {
            requestsChanged = false;
            Set<TopicPartition> wanted = owned.keySet().stream()
                    .map(number -> new TopicPartition(Topic.REQUESTS.topicName(), number))
                    .collect(Collectors.toSet());
            Set<TopicPartition> added = new HashSet<>(wanted);
            added.removeAll(requests.assignment());
            requests.assign(wanted);
            fromTheEnd(added);
        }
        if (owned.isEmpty()) {
            return;
        }
        try {
            for (ConsumerRecord<byte[], byte[]> row : requests.poll(Duration.ZERO)) {
                takeRequest(row);
            }
        } catch (InvalidOffsetException e) {
            // What was asked so long ago that it is gone is asked again, or matters no more.
            fromTheEnd(e.partitions());
        }
    }

    private void fromTheEnd(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            requests.seekToEnd(partitions);
            partitions.forEach(requests::position);
        }
    }

    private void takeRequest(ConsumerRecord<byte[], byte[]> row) {
        if (row.value() == null) {
            return;
        }
        switch (Contract.REQUESTS.decode(row.value())) {
            case Decoded.Undecodable<Request> why -> quarantine(row, why);
            case Decoded.Ok<Request>(Request request) -> {
                HostKeeper keeper = keeper(row.partition(), request.host());
                if (keeper != null) {
                    switch (request) {
                        case Request.LookNow _ -> keeper.lookNow();
                        case Request.SendSnapshot _ -> keeper.sendSnapshot();
                    }
                }
            }
        }
    }

    private @Nullable HostKeeper keeper(int partition, String host) {
        Owned its = owned.get(partition);
        return its == null ? null : its.keepers.get(host);
    }

    private void quarantine(ConsumerRecord<byte[], byte[]> row, Undecodable<?> why) {
        world.meters().quarantined.increment();
        LOG.warn(
                "{}-{}@{} cannot be read and is put into quarantine: {}",
                row.topic(),
                row.partition(),
                row.offset(),
                why.reason());
        var _ = world.outlet()
                .quarantine(Quarantined.of(
                        row.topic(),
                        row.partition(),
                        row.offset(),
                        Instant.ofEpochMilli(row.timestamp()),
                        row.value(),
                        why))
                .exceptionally(failure -> {
                    LOG.warn("what could not be read could not be put into quarantine either: {}", failure.toString());
                    return null;
                });
    }
}
