package io.paramedic.collector.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.sampling.Glance;
import io.paramedic.collector.sampling.Glance.Listing;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.Sighting;
import io.paramedic.schemas.event.Sighting.DomainEvent;
import io.paramedic.schemas.event.Sighting.HostBeat;
import io.paramedic.schemas.event.Sighting.HostEvent;
import io.paramedic.schemas.event.Sighting.HostSnapshotPart;
import io.paramedic.schemas.event.Sighting.HostUnreachable;
import io.paramedic.schemas.identity.HostStream;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.inventory.Probe;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainSignals;
import io.paramedic.schemas.observation.DomainSignals.Configuration;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult;
import io.paramedic.schemas.observation.HostObservation.Answer.How;
import io.paramedic.schemas.observation.ShutdownReason;
import io.paramedic.schemas.wire.Codec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatcherTest {
    private static final HostStream STREAM = new HostStream("xen-07", new UUID(7, 7), 3);
    private static final Condition CRASHED = new Condition.ShutDown(ShutdownReason.CRASH, false);

    private final Watcher watcher =
            new Watcher("pool", STREAM, List.of(new Probe.Heartbeat("web", "data/alive")), WatchSettings.DEFAULT);
    private long snapshots;

    private List<Sighting> tell(Seen seen) {
        return tell(seen, Guests.NONE);
    }

    private List<Sighting> tell(Seen seen, Guests guests) {
        Glance.Seen look = seen.look();
        watcher.learn(look);
        return watcher.tell(look, guests, new UUID(1, snapshots++), false);
    }

    private static <T> T only(List<Sighting> told, Class<T> kind) {
        return told.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aStreamBeginsWithAllThatIsThere() {
        List<Sighting> told = tell(Seen.at(0).domain(0, "Domain-0", Seen.ACTIVE).domain(5, "web", Seen.QUIET));
        HostSnapshotPart part = only(told, HostSnapshotPart.class);
        assertThat(told).hasSize(1);
        assertThat(part.sequence()).isZero();
        assertThat(part.domains()).hasSize(2);
        assertThat(part.domains().getLast().vm()).isEqualTo(new VmId.ByName("web"));
    }

    @Test
    void ofAHealthyHostThereIsNothingToSayButThatItIsWell() {
        tell(Seen.at(0).domain(5, "web", Seen.QUIET));
        for (int i = 1; i < 100; i++) {
            assertThat(tell(Seen.at(5 * i).domain(5, "web", Seen.QUIET)))
                    .singleElement()
                    .isInstanceOf(HostBeat.class);
        }
    }

    @Test
    void aChangeIsToldOnceWithWhatWasBefore() {
        tell(Seen.at(0).domain(5, "web", Seen.QUIET));
        List<Sighting> told = tell(Seen.at(5).domain(5, "web", CRASHED));
        DomainEvent event = only(told, DomainEvent.class);
        assertThat(event.before()).isEqualTo(Seen.QUIET);
        assertThat(event.domain().observation().condition()).isEqualTo(CRASHED);
        assertThat(tell(Seen.at(10).domain(5, "web", CRASHED))).singleElement().isInstanceOf(HostBeat.class);
    }

    @Test
    void aDomainThatIsMissingFromAWholeListIsGone() {
        tell(Seen.at(0).domain(0, "Domain-0", Seen.ACTIVE).domain(5, "web", Seen.QUIET));
        DomainEvent event = only(tell(Seen.at(5).domain(0, "Domain-0", Seen.ACTIVE)), DomainEvent.class);
        assertThat(event.domain().observation().condition()).isEqualTo(new Condition.Gone());
        assertThat(event.domain().vm()).isEqualTo(new VmId.ByName("web"));
    }

    @Test
    void aDomainThatIsMissingFromAListThatIsPartlyUnreadableIsNotGone() {
        tell(Seen.at(0).domain(0, "Domain-0", Seen.ACTIVE).domain(5, "web", Seen.QUIET));
        Seen torn = Seen.at(5).listing(Listing.PARTIAL).unread("xl list -v", "line 3: a row that is none");
        List<Sighting> told = tell(torn.domain(0, "Domain-0", Seen.ACTIVE));
        assertThat(told).singleElement().isInstanceOf(HostEvent.class);
        assertThat(watcher.domains()).isEqualTo(2);
    }

    @Test
    void whileTheListCannotBeReadNothingIsConfirmed() {
        tell(Seen.at(0).domain(5, "web", Seen.QUIET));
        for (int i = 1; i < 4; i++) {
            List<Sighting> told = tell(Seen.at(5 * i).listing(Listing.NONE));
            HostEvent event = only(told, HostEvent.class);
            assertThat(told).hasSize(1);
            assertThat(event.facts().toolstackAnswer().how()).isEqualTo(How.HUNG);
        }
        assertThat(tell(Seen.at(30).domain(5, "web", Seen.QUIET)))
                .extracting(Object::getClass)
                .isEqualTo(List.of(HostEvent.class, HostBeat.class));
    }

    @Test
    void aHostWhoseListWasNeverReadIsNotToldToBeEmpty() {
        assertThat(tell(Seen.at(0).listing(Listing.NONE))).singleElement().isInstanceOf(HostEvent.class);
        assertThat(tell(Seen.at(5).domain(5, "web", Seen.QUIET)))
                .singleElement()
                .isInstanceOf(HostSnapshotPart.class);
    }

    @Test
    void aBootIsToldAsAWhole() {
        tell(Seen.at(0).domain(5, "web", Seen.QUIET));
        UUID boot = new UUID(1, 1);
        assertThat(tell(Seen.at(5).boot(boot).listing(Listing.NONE)))
                .singleElement()
                .isInstanceOf(HostUnreachable.class);
        HostSnapshotPart part = only(tell(Seen.at(9).boot(boot).domain(1, "web", Seen.ACTIVE)), HostSnapshotPart.class);
        assertThat(part.time().bootId()).isEqualTo(boot);
        assertThat(part.domains()).hasSize(1);
    }

    @Test
    void anotherDomainUnderTheSameNumberIsAnotherOne() {
        tell(Seen.at(0).domain(5, Seen.handle(1), "web", Seen.QUIET));
        List<Sighting> told = tell(Seen.at(5).domain(5, Seen.handle(2), "db", Seen.QUIET));
        assertThat(told).hasSize(3);
        DomainEvent gone = (DomainEvent) told.get(0);
        DomainEvent come = (DomainEvent) told.get(1);
        assertThat(gone.domain().observation().condition()).isEqualTo(new Condition.Gone());
        assertThat(come.before()).isNull();
        assertThat(come.domain().vm()).isEqualTo(new VmId.ByName("db"));
    }

    @Test
    void aHeartbeatThatStopsIsOneEvent() {
        String path = "data/alive";
        tell(Seen.at(0).domain(5, "web", Seen.ACTIVE).heartbeat(5, path, "0"));
        int events = 0;
        for (int i = 1; i < 40; i++) {
            String value = Integer.toString(Math.min(i, 10));
            List<Sighting> told =
                    tell(Seen.at(5 * i).domain(5, "web", Seen.ACTIVE).heartbeat(5, path, value));
            events += (int) told.stream().filter(DomainEvent.class::isInstance).count();
        }
        assertThat(events).as("moving, then stalled").isEqualTo(2);
        assertThat(watcher.isSuspicious()).isTrue();
    }

    @Test
    void aConfigurationThatPinsAUuidSaysWhichVmItIs() {
        Configuration file = new Configuration("/etc/xen/web.cfg", "0".repeat(64), "web", Seen.handle(5), List.of());
        Guests guests = new Guests(Map.of(5, file), Map.of(), List.of());
        HostSnapshotPart part = only(tell(Seen.at(0).domain(5, "web", Seen.QUIET), guests), HostSnapshotPart.class);
        assertThat(part.domains().getFirst().vm()).isEqualTo(new VmId.ByUuid(Seen.handle(5)));
    }

    @Test
    void aProbeThatFallsSilentIsAnEvent() {
        tell(Seen.at(0).domain(5, "web", Seen.QUIET), answers(ProbeResult.Answer.ANSWERS, "connected"));
        List<Sighting> told =
                tell(Seen.at(5).domain(5, "web", Seen.QUIET), answers(ProbeResult.Answer.SILENT, "timeout"));
        assertThat(told).hasAtLeastOneElementOfType(DomainEvent.class);
        assertThat(watcher.isSuspicious()).isTrue();
    }

    private static Guests answers(ProbeResult.Answer answer, String kind) {
        return new Guests(
                Map.of(), Map.of(5, List.of(new ProbeResult("tcp 10.0.0.5:5432", false, answer, kind))), List.of());
    }

    @Test
    void whatTheHostSaysOfItselfIsToldWhenItChanges() {
        tell(Seen.at(0).domain(5, "web", Seen.QUIET));
        List<Sighting> told = tell(Seen.at(5).domain(5, "web", Seen.QUIET).xenstore(How.HUNG));
        assertThat(only(told, HostEvent.class).facts().xenstore().how()).isEqualTo(How.HUNG);
    }

    @Test
    void howLongSomethingTookIsNoChange() {
        tell(Seen.at(0).domain(5, "web", Seen.QUIET).unread("ps", "it did not end within 5.0 s"));
        assertThat(tell(Seen.at(5).domain(5, "web", Seen.QUIET).unread("ps", "it did not end within 5.1 s")))
                .singleElement()
                .isInstanceOf(HostBeat.class);
    }

    @Test
    void aHostThatDoesNotAnswerIsToldWithItsLastTime() {
        tell(Seen.at(0).domain(5, "web", Seen.QUIET));
        HostUnreachable silent = (HostUnreachable) watcher.unreachable("refused", "xen-07: nothing listens there.");
        assertThat(silent.sequence()).isEqualTo(1);
        assertThat(Objects.requireNonNull(silent.lastAnswer()).uptime()).hasSeconds(3600);
    }

    @Test
    void whateverOwnersWriteEachPartFitsOntoItsTopic() {
        String endless = "x".repeat(200_000);
        Seen seen = Seen.at(0);
        IntStream.rangeClosed(1, 400)
                .forEach(domid -> seen.domain(
                        domid,
                        Seen.handle(domid),
                        "vm" + domid + "é".repeat(3_000),
                        Seen.QUIET,
                        new DomainSignals(
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                IntStream.range(0, 50).mapToObj(i -> endless).toList(),
                                List.of(),
                                null)));
        List<Sighting> told = tell(seen.unread("xl list -v", endless));
        assertThat(told)
                .hasSizeGreaterThan(1)
                .allSatisfy(part -> assertThat(Contract.EVENTS.encode(part)).hasSizeLessThan(Codec.MAX_BYTES));
        assertThat(((HostSnapshotPart) told.getLast()).part()).isEqualTo(told.size());
    }
}
