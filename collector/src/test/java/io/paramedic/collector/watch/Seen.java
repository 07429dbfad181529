package io.paramedic.collector.watch;

import io.paramedic.collector.sampling.Glance;
import io.paramedic.collector.sampling.Glance.Guest;
import io.paramedic.collector.sampling.Glance.Listing;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals;
import io.paramedic.schemas.observation.DomainType;
import io.paramedic.schemas.observation.HostObservation;
import io.paramedic.schemas.observation.HostObservation.Answer;
import io.paramedic.schemas.observation.HostObservation.Answer.How;
import io.paramedic.schemas.observation.HostObservation.HostFacts;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A look as a test tells it. */
final class Seen {
    static final UUID BOOT = UUID.fromString("0c4bb7b1-5ba5-4ba5-8f0e-bd0b1c1f2a3d");
    static final Condition ACTIVE = new Condition.Running(Activity.ACTIVE);
    static final Condition QUIET = new Condition.Running(Activity.QUIET);
    private static final Answer ANSWERED = new Answer(How.ANSWERED, Duration.ofMillis(200));

    private Toolstack toolstack = Toolstack.XL;
    private UUID boot = BOOT;
    private Duration uptime = Duration.ofHours(1);
    private Listing listing = Listing.WHOLE;
    private How xenstore = How.ANSWERED;
    private Set<UUID> vms = Set.of();
    private Map<Integer, Guest> guests = Map.of();
    private final List<DomainObservation> domains = new ArrayList<>();
    private final List<Unread> unread = new ArrayList<>();

    static Seen at(long second) {
        Seen seen = new Seen();
        seen.uptime = Duration.ofSeconds(3600 + second);
        return seen;
    }

    Seen xapi(UUID... records) {
        toolstack = Toolstack.XAPI;
        vms = Set.of(records);
        return this;
    }

    Seen boot(UUID other) {
        boot = other;
        return this;
    }

    Seen listing(Listing how) {
        listing = how;
        return this;
    }

    Seen xenstore(How how) {
        xenstore = how;
        return this;
    }

    Seen unread(String what, String why) {
        unread.add(new Unread(what, why, null));
        return this;
    }

    Seen heartbeat(int domid, String path, String value) {
        guests = Map.of(domid, new Guest(Map.of(path, value), List.of()));
        return this;
    }

    Seen domain(int domid, @Nullable String name, Condition condition) {
        return domain(domid, handle(domid), name, condition, DomainSignals.NONE);
    }

    Seen domain(int domid, UUID handle, @Nullable String name, Condition condition) {
        return domain(domid, handle, name, condition, DomainSignals.NONE);
    }

    Seen domain(int domid, UUID handle, @Nullable String name, Condition condition, DomainSignals signals) {
        domains.add(new DomainObservation(
                domid,
                handle,
                name,
                DomainType.PVH,
                "a test",
                1,
                96,
                0,
                condition,
                List.of("-b----"),
                uptime,
                Duration.ofMillis(uptime.toMillis() % 700),
                Duration.ofMillis(100),
                signals));
        return this;
    }

    static UUID handle(int domid) {
        return new UUID(0x1111_2222_3333_4444L + domid, 0x8888_9999_aaaa_bbbbL);
    }

    Glance.Seen look() {
        HostFacts facts = new HostFacts(
                toolstack,
                "4.17.7",
                "credit2",
                16_384L,
                uptime.toSeconds() % 1000,
                null,
                null,
                new Answer(xenstore, Duration.ofMillis(uptime.toMillis() % 300)),
                listing == Listing.NONE ? new Answer(How.HUNG, Duration.ofSeconds(5)) : ANSWERED,
                0.3 + uptime.toSeconds() % 5,
                List.of(),
                null,
                null);
        domains.sort((a, b) -> Integer.compare(a.domid(), b.domid()));
        return new Glance.Seen(
                new HostObservation(
                        "xen-07", new HostTime(boot, uptime), Duration.ofSeconds(20), facts, domains, unread),
                listing,
                Duration.ofMillis(200),
                vms,
                guests,
                List.of());
    }
}
