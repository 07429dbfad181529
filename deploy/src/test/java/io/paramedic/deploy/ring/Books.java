package io.paramedic.deploy.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.Sighting;
import io.paramedic.schemas.event.StepOutcome;
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
import java.util.UUID;
import java.util.regex.Pattern;
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

    List<Incident> incidents(String host) {
        return LogReader.current(log, READER, Topic.INCIDENTS, Contract.INCIDENTS).values().stream()
                .filter(incident -> isAbout(incident, host))
                .toList();
    }

    private static boolean isAbout(Object message, String host) {
        return Pattern.compile("\\bhost=" + host + "[,\\]]").matcher(message.toString()).find();
    }

    /** Whether there was an incident on the host and none is open. */
    boolean isOver(String host) {
        List<Incident> all = incidents(host);
        return !all.isEmpty() && all.stream().allMatch(incident -> incident.closed() != null);
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

    /** The final outcomes of a command in the order of the log; the first one counts. */
    List<Outcome> finals(UUID command) {
        return outcomes().stream()
                .filter(outcome -> outcome.command().equals(command))
                .map(StepOutcome::outcome)
                .filter(outcome -> !(outcome instanceof Outcome.Running))
                .toList();
    }

    /**
     * One destroy and one start of this host are known as done, whatever else was ordered came to nothing, every command has a
     * final outcome, and a second one, if any, says the same as the first.
     */
    void assertOneOfEachDone(String host) {
        List<Command> done = new ArrayList<>();
        for (Command command : commands(host)) {
            List<Outcome> finals = finals(command.id());
            assertThat(finals).as("final outcomes of %s", command).isNotEmpty();
            assertThat(finals)
                    .as("later outcomes of %s", command)
                    .allSatisfy(later -> assertThat(later).hasSameClassAs(finals.getFirst()));
            if (finals.getFirst() instanceof Outcome.Done) {
                done.add(command);
            } else {
                assertThat(finals.getFirst())
                        .isInstanceOfAny(Outcome.Refused.class, Outcome.NotReached.class);
            }
        }
        assertThat(done)
                .as("what is known as done on %s", host)
                .extracting(Command::step)
                .hasExactlyElementsOfTypes(Step.DestroyDomain.class, Step.StartVm.class);
    }

    /** There was one incident on the host, and it ended well. */
    void assertOneIncidentEndedWell(String host) {
        assertThat(incidents(host)).singleElement().satisfies(incident -> {
            assertThat(incident.phase()).isEqualTo(Phase.RECOVERED);
            assertThat(incident.closed()).isNotNull();
        });
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
