package io.paramedic.collector.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.sampling.Glance;
import io.paramedic.collector.sampling.Glance.Listing;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.Sighting;
import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.identity.HostStream;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.ShutdownReason;
import io.paramedic.schemas.wire.Codec;
import io.paramedic.schemas.wire.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whoever folds the sightings comes to the watcher's state, whatever happens on the host, or notices what is missing. */
class WatcherProperties {
    private static final List<Condition> CONDITIONS = List.of(
            Seen.ACTIVE,
            Seen.QUIET,
            new Condition.Running(Activity.SATURATED),
            new Condition.Running(Activity.STUCK_IN_XEN),
            new Condition.Running(Activity.UNDETERMINED),
            new Condition.Paused(),
            new Condition.ShutDown(ShutdownReason.CRASH, true),
            new Condition.Dying());

    /** One host's life by chance: domains come, change, lose handle and name, and go; lists fail; the host boots. */
    private static final class Life {
        private final Random random;
        private final Map<Integer, UUID> handles = new HashMap<>();
        private UUID boot = Seen.BOOT;
        private int nextDomid = 1;
        private long second;

        Life(long seed) {
            random = new Random(seed);
        }

        Glance.Seen next() {
            second += 1 + random.nextInt(9);
            if (random.nextInt(40) == 0) {
                boot = new UUID(random.nextLong(), random.nextLong());
                handles.clear();
                nextDomid = 1;
                second += 60;
            }
            if (random.nextInt(3) == 0 && handles.size() < 8) {
                handles.put(nextDomid, Seen.handle(random.nextInt(12)));
                nextDomid++;
            }
            List<Integer> there = new ArrayList<>(handles.keySet());
            if (!there.isEmpty() && random.nextInt(4) == 0) {
                int domid = there.get(random.nextInt(there.size()));
                switch (random.nextInt(3)) {
                    case 0 -> handles.remove(domid);
                    case 1 -> handles.put(domid, Seen.handle(100 + random.nextInt(12)));
                    default ->
                        handles.put(domid, UUID.fromString("deadbeef-dead-beef-dead-beef0000%04x".formatted(domid)));
                }
            }
            return look();
        }

        private Glance.Seen look() {
            Seen seen = Seen.at(second).boot(boot);
            if (random.nextInt(6) == 0) {
                seen.unread("xl list -v", "line 3: a row that is none");
                boolean none = random.nextBoolean();
                seen.listing(none ? Listing.NONE : Listing.PARTIAL);
                if (none) {
                    return seen.look();
                }
            }
            handles.forEach((domid, handle) -> {
                boolean unreadable = random.nextInt(9) == 0 && seen.look().listing() == Listing.PARTIAL;
                if (!unreadable) {
                    String name = random.nextInt(7) == 0 ? null : "vm" + handle.getMostSignificantBits() % 9;
                    seen.domain(domid, handle, name, CONDITIONS.get(random.nextInt(CONDITIONS.size())));
                }
            });
            return seen.domain(0, "Domain-0", Seen.ACTIVE).look();
        }
    }

    private static Watcher watcher(Random random, int partBytes) {
        return new Watcher("pool", stream(random), List.of(), WatchSettings.DEFAULT, partBytes);
    }

    private static HostStream stream(Random random) {
        return new HostStream("xen-07", new UUID(random.nextLong(), random.nextLong()), 4);
    }

    private static List<Sighting> tell(Watcher watcher, Glance.Seen seen, Random random) {
        watcher.learn(seen);
        return watcher.tell(seen, Guests.NONE, new UUID(random.nextLong(), random.nextLong()), random.nextInt(15) == 0);
    }

    @Property(tries = 300)
    void aReaderComesToTheStateThatTheWatcherHolds(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int looks) {
        Life life = new Life(seed);
        Random random = new Random(~seed);
        Watcher watcher = watcher(random, 1_000);
        Reader reader = new Reader();
        for (int i = 0; i < looks; i++) {
            Glance.Seen seen = life.next();
            List<Sighting> told = tell(watcher, seen, random);
            told.forEach(sighting -> reader.read(overTheWire(sighting)));
            boolean snapshot = told.stream().anyMatch(Sighting.HostSnapshotPart.class::isInstance);
            boolean beat = told.stream().anyMatch(Sighting.HostBeat.class::isInstance);
            if (snapshot || beat) {
                assertThat(reader.trusts()).as("look %d of seed %d", i, seed).isTrue();
            }
            if (beat) {
                agrees(reader, seen);
            }
        }
    }

    /** What the reader holds of each domain is as the last look showed it, but for activity that is still settling. */
    private static void agrees(Reader reader, Glance.Seen seen) {
        assertThat(reader.domains.keySet())
                .containsExactlyInAnyOrderElementsOf(seen.observation().domains().stream()
                        .map(d -> d.domid())
                        .toList());
        seen.observation().domains().forEach(domain -> {
            WatchedDomain held = Objects.requireNonNull(reader.domains.get(domain.domid()));
            assertThat(held.observation().handle()).isEqualTo(domain.handle());
            assertThat(held.observation().name()).isEqualTo(domain.name());
            if (!held.observation().condition().equals(Seen.ACTIVE)) {
                assertThat(held.observation().condition()).isEqualTo(domain.condition());
            }
        });
    }

    @Property(tries = 200)
    void aReaderNoticesAnySightingThatIsMissing(@ForAll long seed, @ForAll @IntRange(max = 1_000) int chosen) {
        Life life = new Life(seed);
        Random random = new Random(~seed);
        Watcher watcher = watcher(random, 1_000);
        List<Sighting> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.addAll(tell(watcher, life.next(), random));
        }
        int missing = chosen % all.size();
        Reader reader = new Reader();
        for (int i = 0; i < all.size(); i++) {
            if (i != missing) {
                Sighting sighting = all.get(i);
                reader.read(sighting);
                boolean next = i == missing + 1;
                boolean healed = sighting instanceof Sighting.HostSnapshotPart part && part.part() == part.parts();
                if (next && !healed) {
                    assertThat(reader.trusts())
                            .as("after the gap at %d of seed %d", missing, seed)
                            .isFalse();
                }
            }
        }
    }

    @Property(tries = 100)
    void anotherStreamBeginsWithAllThatIsKnown(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int looks) {
        Life life = new Life(seed);
        Random random = new Random(~seed);
        Watcher watcher = watcher(random, 1_000);
        for (int i = 0; i < looks; i++) {
            tell(watcher, life.next(), random);
        }
        HostStream second = stream(random);
        watcher.restart(second);
        Reader reader = new Reader();
        Glance.Seen seen = life.next();
        while (seen.listing() != Listing.WHOLE) {
            tell(watcher, seen, random).forEach(reader::read);
            seen = life.next();
        }
        List<Sighting> told = tell(watcher, seen, random);
        told.forEach(reader::read);
        assertThat(told).allSatisfy(sighting -> assertThat(sighting.stream()).isEqualTo(second));
        assertThat(reader.trusts()).isTrue();
        assertThat(reader.domains).hasSize(seen.observation().domains().size());
    }

    private static Sighting overTheWire(Sighting sighting) {
        byte[] bytes = Contract.EVENTS.encode(sighting);
        assertThat(bytes).hasSizeLessThan(Codec.MAX_BYTES);
        return Contract.EVENTS.decode(bytes) instanceof Decoded.Ok<PoolEvent>(PoolEvent event)
                ? (Sighting) event
                : undecodable(bytes);
    }

    private static Sighting undecodable(byte[] bytes) {
        throw new AssertionError("undecodable: " + new String(bytes, StandardCharsets.UTF_8));
    }
}
