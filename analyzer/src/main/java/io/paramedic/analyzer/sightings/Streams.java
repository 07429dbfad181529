package io.paramedic.analyzer.sightings;

import io.paramedic.analyzer.sightings.Feed.Gathering;
import io.paramedic.schemas.event.Sighting;
import io.paramedic.schemas.event.Sighting.DomainEvent;
import io.paramedic.schemas.event.Sighting.HostBeat;
import io.paramedic.schemas.event.Sighting.HostEvent;
import io.paramedic.schemas.event.Sighting.HostSnapshotPart;
import io.paramedic.schemas.event.Sighting.HostUnreachable;
import io.paramedic.schemas.event.StateDigest;
import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.identity.HostStream;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.observation.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the streams of hosts. A host is trusted exactly while the digest of its stream is known, so every doubt takes the
 * digest away and only a complete snapshot gives it back.
 */
public final class Streams {
    private Streams() {}

    /**
     * @param host as it was known
     * @param sighting the next on the log
     * @param now append time
     * @param known the last published form of a domain of the host, by domid; null where there is none
     * @param parts of the snapshot that is coming in, by number
     */
    public static Reading read(
            HostState host,
            Sighting sighting,
            Instant now,
            IntFunction<@Nullable WatchedDomain> known,
            IntFunction<List<WatchedDomain>> parts) {
        HostState before = host;
        HostStream current = host.feed().stream();
        if (!sighting.stream().equals(current)) {
            if (current != null && !takesOver(sighting, current, host, now)) {
                return new Reading(host, false, new Change.Ignored("it is of a stream that does not count"));
            }
            before = begun(host, sighting);
        }
        Feed feed = before.feed();
        if (sighting.sequence() < feed.next()) {
            return new Reading(host, false, new Change.Ignored("it was read before"));
        }
        if (sighting.sequence() > feed.next()) {
            long missing = sighting.sequence() - feed.next();
            before = doubt(before, missing + " of its sightings are missing before number " + sighting.sequence());
        }
        HostState counted = before.with(before.feed().expecting(sighting.sequence() + 1));
        return switch (sighting) {
            case HostUnreachable unreachable ->
                new Reading(
                        counted.with(counted.pulse().silent(unreachable.kind() + ": " + unreachable.sentence()))
                                .toBeShown(),
                        false,
                        new Change.Unreached());
            case Sighting.Sample sample -> sampled(counted, sample, now, known, parts);
        };
    }

    /**
     * A later generation; of the same one what begins a snapshot, however late after its stream; else only what comes after
     * the stream that counts has fallen silent.
     */
    private static boolean takesOver(Sighting sighting, HostStream current, HostState host, Instant now) {
        int generation = sighting.stream().generation();
        HostTime last = host.pulse().time();
        if (generation > current.generation()) {
            return true;
        }
        if (generation == current.generation()
                && sighting instanceof HostSnapshotPart begin
                && begin.part() == 1
                && (last == null || !last.isAfter(begin.time()))) {
            return true;
        }
        Instant heard = host.pulse().heard();
        boolean fellSilent =
                heard == null || now.isAfter(heard.plus(host.pulse().patience()));
        return fellSilent
                && sighting instanceof Sighting.Sample sample
                && (last == null || sample.time().isAfter(last));
    }

    private static HostState begun(HostState host, Sighting sighting) {
        HostState broken = host.with(host.pulse().broken()).with(new Feed(sighting.stream(), 0, null, null));
        return broken.with(Trust.doubted(
                host.trust(), "a collector has begun to watch it, and its first snapshot is not complete"));
    }

    private static HostState doubt(HostState host, String why) {
        Feed feed = new Feed(host.feed().stream(), host.feed().next(), null, null);
        return host.with(feed).with(Trust.doubted(host.trust(), why));
    }

    private static Reading sampled(
            HostState host,
            Sighting.Sample sample,
            Instant now,
            IntFunction<@Nullable WatchedDomain> known,
            IntFunction<List<WatchedDomain>> parts) {
        HostTime last = host.pulse().time();
        boolean rebooted = last != null && !last.bootId().equals(sample.time().bootId());
        HostState timed = host.with(host.pulse().after(sample, now));
        if (host.pulse().unreachable() != null) {
            timed = timed.toBeShown();
        }
        if (rebooted) {
            timed = doubt(timed, "it has rebooted, and its snapshot after that is not complete");
        } else if (last != null && last.isAfter(sample.time())) {
            timed = doubt(
                    timed,
                    "its own time went backwards from " + last.uptime() + " to "
                            + sample.time().uptime());
        }
        IntFunction<@Nullable WatchedDomain> of = rebooted ? domid -> null : known;
        return switch (sample) {
            case DomainEvent event -> domain(timed, rebooted, event, of);
            case HostEvent event -> word(timed, rebooted, event);
            case HostBeat beat -> beat(timed, rebooted, beat);
            case HostSnapshotPart part -> part(timed, rebooted, part, parts);
        };
    }

    private static Reading domain(
            HostState host, boolean rebooted, DomainEvent event, IntFunction<@Nullable WatchedDomain> known) {
        int domid = event.domain().observation().domid();
        boolean gone = event.domain().observation().condition() instanceof Condition.Gone;
        WatchedDomain before = known.apply(domid);
        StateDigest digest = host.feed().digest();
        if (digest != null) {
            StateDigest rest = before == null ? digest : digest.without(before);
            digest = gone ? rest : rest.with(event.domain());
        }
        // Sightings between the parts of a snapshot would be lost under it.
        HostState next = host.with(host.feed().with(digest).with((Gathering) null));
        return new Reading(
                next,
                rebooted,
                gone
                        ? new Change.Left(event.time(), domid)
                        : new Change.Seen(event.time(), event.domain(), event.window()));
    }

    private static Reading word(HostState host, boolean rebooted, HostEvent event) {
        Word before = host.word();
        StateDigest digest = host.feed().digest();
        if (digest != null) {
            StateDigest rest = before == null ? digest : digest.without(before.facts(), before.unread());
            digest = rest.with(event.facts(), event.unread());
        }
        HostState next = host.with(new Word(event.facts(), event.unread()))
                .with(host.feed().with(digest).with((Gathering) null));
        return new Reading(next, rebooted, new Change.Confirmed(event.time()));
    }

    private static Reading beat(HostState host, boolean rebooted, HostBeat beat) {
        StateDigest digest = host.feed().digest();
        HostState next = digest == null || digest.hex().equals(beat.digest())
                ? host
                : doubt(host, "its beat " + beat.sequence() + " does not confirm what its sightings add up to");
        return new Reading(next, rebooted, new Change.Confirmed(beat.time()));
    }

    private static Reading part(
            HostState host, boolean rebooted, HostSnapshotPart part, IntFunction<List<WatchedDomain>> parts) {
        Gathering before = host.feed().gathering();
        boolean follows = before != null
                && before.snapshot().equals(part.snapshot())
                && before.parts() == part.parts()
                && before.got() + 1 == part.part();
        if (part.part() != 1 && !follows) {
            HostState next = host.with(host.feed().with((Gathering) null));
            return new Reading(next, rebooted, new Change.Confirmed(part.time()));
        }
        if (part.part() < part.parts()) {
            Gathering now = new Gathering(part.snapshot(), part.parts(), part.part());
            return new Reading(
                    host.with(host.feed().with(now)),
                    rebooted,
                    new Change.Part(part.time(), part.part(), part.domains()));
        }
        List<WatchedDomain> all = new ArrayList<>();
        for (int number = 1; number < part.parts(); number++) {
            all.addAll(parts.apply(number));
        }
        all.addAll(part.domains());
        return whole(host, rebooted, part, all);
    }

    private static Reading whole(HostState host, boolean rebooted, HostSnapshotPart part, List<WatchedDomain> domains) {
        StateDigest digest = StateDigest.NOTHING.with(part.facts(), part.unread());
        for (WatchedDomain domain : domains) {
            digest = digest.with(domain);
        }
        if (!digest.hex().equals(part.digest())) {
            return new Reading(
                    doubt(host, "its snapshot is not what the collector had"),
                    rebooted,
                    new Change.Confirmed(part.time()));
        }
        Feed feed = new Feed(host.feed().stream(), host.feed().next(), digest, null);
        HostState next = host.with(new Word(part.facts(), part.unread())).with(feed);
        // Nobody knows what happened between the last complete state and this one.
        return new Reading(
                host.trust().trusted()
                        ? next
                        : next.with(Trust.complete()).with(next.pulse().broken()),
                rebooted,
                new Change.Whole(part.time(), domains, part.window()));
    }
}
