package io.paramedic.collector.watch;

import io.paramedic.schemas.event.Sighting;
import io.paramedic.schemas.event.StateDigest;
import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.HostObservation.HostFacts;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Folds the sightings of one stream as somebody would who has read the contract and nothing of the watcher. */
final class Reader {
    final Map<Integer, WatchedDomain> domains = new HashMap<>();

    @Nullable
    HostFacts facts;

    private List<Unread> unread = List.of();
    private final List<Sighting.HostSnapshotPart> parts = new ArrayList<>();
    private long next;
    private boolean complete;
    private boolean doubtful;

    /** Whether nothing is known to be missing. */
    boolean trusts() {
        return complete && !doubtful;
    }

    void read(Sighting sighting) {
        if (sighting.sequence() != next) {
            doubtful = true;
        }
        next = sighting.sequence() + 1;
        switch (sighting) {
            case Sighting.DomainEvent event -> {
                int domid = event.domain().observation().domid();
                if (event.domain().observation().condition() instanceof Condition.Gone) {
                    domains.remove(domid);
                } else {
                    domains.put(domid, event.domain());
                }
            }
            case Sighting.HostEvent event -> {
                facts = event.facts();
                unread = event.unread();
            }
            case Sighting.HostBeat beat -> {
                if (beat.domains() != domains.size() || !beat.digest().equals(digest())) {
                    doubtful = true;
                }
            }
            case Sighting.HostSnapshotPart part -> snapshot(part);
            case Sighting.HostUnreachable _ -> {}
        }
    }

    private void snapshot(Sighting.HostSnapshotPart part) {
        if (part.part() == 1 || !parts.isEmpty() && !parts.getFirst().snapshot().equals(part.snapshot())) {
            parts.clear();
        }
        if (part.part() != parts.size() + 1) {
            parts.clear();
            return;
        }
        parts.add(part);
        if (part.part() == part.parts()) {
            domains.clear();
            parts.forEach(
                    it -> it.domains().forEach(d -> domains.put(d.observation().domid(), d)));
            facts = part.facts();
            unread = part.unread();
            complete = true;
            doubtful = !part.digest().equals(digest());
        }
    }

    String digest() {
        StateDigest digest =
                facts == null ? StateDigest.NOTHING : StateDigest.NOTHING.with(Objects.requireNonNull(facts), unread);
        for (WatchedDomain domain : domains.values()) {
            digest = digest.with(domain);
        }
        return digest.hex();
    }
}
