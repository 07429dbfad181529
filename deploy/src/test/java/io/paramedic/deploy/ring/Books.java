package io.paramedic.deploy.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.Sighting;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.journal.Chain;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.lease.LeaseRecord;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.log.LogReader;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.overview.HostOverview.Standing;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Codec;
import io.paramedic.schemas.wire.Decoded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What stands on the log about the pool of the ward, read anew for each question. */
record Books(Log log) {
    private static final String READER = "books";
    private static final Duration POLL = Duration.ofMillis(100);

    /** Whether every one of these hosts is known well enough to act on. */
    boolean areTrusted(Collection<String> hosts) {
        List<String> trusted = LogReader.current(log, READER, Topic.OVERVIEW, Contract.OVERVIEW).values().stream()
                .filter(overview -> overview.standing() == Standing.TRUSTED && overview.live())
                .filter(overview -> overview.domains().size() >= 3)
                .map(HostOverview::host)
                .toList();
        return trusted.containsAll(hosts);
    }

    /** As they stand now. */
    Collection<Incident> incidents() {
        return LogReader.current(log, READER, Topic.INCIDENTS, Contract.INCIDENTS)
                .values();
    }

    private static boolean isAbout(Object message, String host) {
        return Pattern.compile("\\bhost=" + host + "[,\\]]")
                .matcher(message.toString())
                .find();
    }

    /** Whether there was an incident on each of these hosts and none is open. */
    boolean areOver(Collection<String> hosts) {
        Collection<Incident> all = incidents();
        return all.stream().allMatch(incident -> incident.closed() != null)
                && hosts.stream()
                        .allMatch(host -> all.stream().anyMatch(incident -> isAbout(incident.subject(), host)));
    }

    boolean isClosed(String host) {
        return incidents().stream()
                .filter(incident -> isAbout(incident.subject(), host))
                .anyMatch(incident -> incident.closed() != null);
    }

    List<Command> commands() {
        return messages(Topic.COMMANDS, Contract.COMMANDS);
    }

    List<Command> commands(String host) {
        return commands().stream()
                .filter(command -> command.step().on().host().equals(host))
                .toList();
    }

    boolean hasTold(String actuator, Command command) {
        return outcomes().stream()
                .anyMatch(outcome ->
                        outcome.by().equals(actuator) && outcome.command().equals(command.id()));
    }

    boolean hasClaimed(String actuator, String host) {
        return messages(Topic.LEASES, Contract.LEASES).stream()
                .anyMatch(record -> record instanceof LeaseRecord.Claim claim
                        && claim.claimant().equals(actuator)
                        && isAbout(claim.scope(), host));
    }

    boolean tellsOfACrash(String host) {
        return events().stream()
                .anyMatch(event -> event instanceof Sighting.DomainEvent seen
                        && seen.stream().host().equals(host)
                        && seen.domain().observation().condition() instanceof Condition.ShutDown);
    }

    /** The guest of a host that falls ill, as it was last told while it was well and its configuration was known. */
    Optional<WatchedDomain> known(String host) {
        return events().stream()
                .filter(Sighting.class::isInstance)
                .map(Sighting.class::cast)
                .filter(seen -> seen.stream().host().equals(host))
                .flatMap(seen -> seen instanceof Sighting.HostSnapshotPart part
                        ? part.domains().stream()
                        : seen instanceof Sighting.DomainEvent event ? Stream.of(event.domain()) : Stream.empty())
                .filter(domain -> domain.observation().signals().configuration() != null)
                .filter(domain -> domain.observation().condition() instanceof Condition.Running)
                .filter(domain -> String.valueOf(domain.observation().name()).equals(Ward.SICK + "-" + host))
                .reduce((_, later) -> later);
    }

    /** The first that a collector said of a host. */
    Sighting.HostSnapshotPart snapshot(String host) {
        return events().stream()
                .filter(Sighting.HostSnapshotPart.class::isInstance)
                .map(Sighting.HostSnapshotPart.class::cast)
                .filter(part -> part.stream().host().equals(host))
                .findFirst()
                .orElseThrow();
    }

    /** In the order of the log. */
    List<StepOutcome> outcomes() {
        return events().stream()
                .filter(StepOutcome.class::isInstance)
                .map(StepOutcome.class::cast)
                .toList();
    }

    private List<PoolEvent> events() {
        return messages(Topic.EVENTS, Contract.EVENTS);
    }

    private <T> List<T> messages(Topic topic, Codec<T> codec) {
        List<T> all = new ArrayList<>();
        try (LogReader<T> reader = LogReader.of(log, READER, topic, codec, log.partition(topic, Ward.POOL))) {
            reader.fromBeginning();
            reader.toEnd(entry -> {
                T message = entry.message();
                if (message != null) {
                    all.add(message);
                }
            });
            assertThat(reader.undecodable()).isZero();
        }
        return all;
    }

    /** What was ordered and what became of it, as it stands now. */
    Orderings orderings() {
        return new Orderings(commands(), outcomes());
    }

    /** There was one incident on each of these hosts, and it ended well. */
    void assertIncidentsEndedWell(Collection<String> hosts) {
        Collection<Incident> all = incidents();
        for (String host : hosts) {
            assertThat(all.stream().filter(incident -> isAbout(incident.subject(), host)))
                    .singleElement()
                    .satisfies(incident -> {
                        assertThat(incident.phase()).isEqualTo(Phase.RECOVERED);
                        assertThat(incident.closed()).isNotNull();
                    });
        }
    }

    /** The pool's journal is whole from its first entry to its last. */
    void assertJournalIsWhole() {
        String previous = Chain.START;
        long number = 0;
        for (byte[] wire : bytes(Topic.JOURNAL)) {
            if (Contract.JOURNAL.decode(wire) instanceof Decoded.Ok<JournalEntry>(JournalEntry entry)) {
                assertThat(Chain.flaw(wire, entry, number, previous)).isEmpty();
                previous = entry.hash();
                number++;
            } else {
                throw new AssertionError("entry " + number + " of the journal cannot be read");
            }
        }
        assertThat(number).isGreaterThan(1);
    }

    private List<byte[]> bytes(Topic topic) {
        List<byte[]> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                log.connection().reader(READER), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic.topicName(), log.partition(topic, Ward.POOL));
            List<TopicPartition> one = List.of(partition);
            consumer.assign(one);
            consumer.seekToBeginning(one);
            long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    all.add(record.value());
                }
            }
        }
        return all;
    }
}
