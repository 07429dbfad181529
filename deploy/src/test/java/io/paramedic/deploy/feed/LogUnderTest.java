package io.paramedic.deploy.feed;

import io.paramedic.deploy.broker.BrokerConfig;
import io.paramedic.deploy.broker.EmbeddedBroker;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.PoolEvent.Tick;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.journal.Chain;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.log.KafkaConnection.Sending;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.log.LogPlace;
import io.paramedic.schemas.log.LogWriter;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.topics.Catalogue;
import io.paramedic.schemas.topics.KafkaTools;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.topics.admin.TopicKeeper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** A log on an embedded broker, and somebody who writes on it as the analyzer does. */
final class LogUnderTest implements AutoCloseable {
    private static final UUID RUN = new UUID(7, 7);

    private final EmbeddedBroker broker;
    private final Log log;
    private final LogWriter writer;
    private final Map<String, JournalEntry> last = new HashMap<>();
    private long ticks;

    private LogUnderTest(EmbeddedBroker broker, Log log) {
        this.broker = broker;
        this.log = log;
        this.writer = log.writer("test-analyzer", Sending.AT_ONCE);
    }

    static LogUnderTest in(Path directory) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory));
        var report = new TopicKeeper(
                        broker.connection().common(),
                        Catalogue.embedded(),
                        new KafkaTools(broker.bootstrapServers(), null))
                .establish();
        return new LogUnderTest(broker, Log.of(broker.connection(), report));
    }

    Log log() {
        return log;
    }

    /** Two pools that are in different partitions. */
    List<String> twoPools() {
        String first = "north";
        for (int number = 0; ; number++) {
            String second = "south-" + number;
            if (log.partition(Topic.JOURNAL, second) != log.partition(Topic.JOURNAL, first)) {
                return List.of(first, second);
            }
        }
    }

    JournalEntry decide(String pool, Decision decision, String reason) {
        return decide(pool, decision, reason, Instant.parse("2026-11-20T02:14:05.250Z"));
    }

    /** Seals it into the pool's chain and waits until it is on the log. */
    synchronized JournalEntry decide(String pool, Decision decision, String reason, Instant at) {
        JournalEntry before = last.get(pool);
        long number = before == null ? 0 : before.number() + 1;
        JournalEntry entry = Chain.seal(new JournalEntry(
                pool,
                number,
                before == null ? Chain.START : before.hash(),
                at,
                new JournalEntry.Cause(0, number),
                "0.1.0",
                1,
                Mode.ACT,
                decision,
                reason,
                List.of(),
                Chain.START));
        last.put(pool, entry);
        writer.append(Topic.JOURNAL, pool, pool, Contract.JOURNAL, entry).join();
        return entry;
    }

    LogPlace show(Incident incident) {
        return writer.append(Topic.INCIDENTS, incident.pool(), incident.key(), Contract.INCIDENTS, incident)
                .join();
    }

    LogPlace hide(Incident incident) {
        return writer.append(Topic.INCIDENTS, incident.pool(), incident.key(), Contract.INCIDENTS, null)
                .join();
    }

    LogPlace show(HostOverview host) {
        return writer.append(Topic.OVERVIEW, host.pool(), host.key(), Contract.OVERVIEW, host)
                .join();
    }

    LogPlace list(HostRecord host) {
        return writer.append(Topic.INVENTORY, host.host(), host.host(), Contract.INVENTORY, host)
                .join();
    }

    /** As an analyzer does each second on every partition. */
    void tick() {
        for (int partition = 0; partition < log.partitions(Topic.EVENTS); partition++) {
            writer.appendTo(
                            Topic.EVENTS,
                            partition,
                            RUN.toString(),
                            Contract.EVENTS,
                            new Tick(partition, RUN, ticks, ticks - 1))
                    .join();
        }
        ticks++;
    }

    /** As retention does. */
    void deleteJournalBefore(String pool, long offset) throws Exception {
        TopicPartition partition = new TopicPartition(Topic.JOURNAL.topicName(), log.partition(Topic.JOURNAL, pool));
        try (Admin admin = Admin.create(log.connection().admin("test-admin"))) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    @Override
    public void close() {
        writer.close();
        broker.close();
    }
}
