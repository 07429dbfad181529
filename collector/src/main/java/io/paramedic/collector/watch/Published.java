package io.paramedic.collector.watch;

import io.paramedic.schemas.event.StateDigest;
import io.paramedic.schemas.event.WatchedDomain;
import io.paramedic.schemas.observation.HostObservation.HostFacts;
import io.paramedic.schemas.observation.HostObservation.Unread;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a stream has said so far: what whoever reads all of it must hold too. */
final class Published {
    private final Map<Integer, WatchedDomain> domains = new TreeMap<>();
    private @Nullable HostFacts facts;
    private List<Unread> unread = List.of();
    private StateDigest digest = StateDigest.NOTHING;

    /** Takes a domain in its new form. */
    void put(WatchedDomain domain) {
        remove(domain.observation().domid());
        domains.put(domain.observation().domid(), domain);
        digest = digest.with(domain);
    }

    void remove(int domid) {
        WatchedDomain before = domains.remove(domid);
        if (before != null) {
            digest = digest.without(before);
        }
    }

    void host(HostFacts now, List<Unread> nowUnread) {
        if (facts != null) {
            digest = digest.without(facts, unread);
        }
        facts = now;
        unread = List.copyOf(nowUnread);
        digest = digest.with(now, unread);
    }

    void clear() {
        domains.clear();
        facts = null;
        unread = List.of();
        digest = StateDigest.NOTHING;
    }

    @Nullable
    WatchedDomain domain(int domid) {
        return domains.get(domid);
    }

    Collection<WatchedDomain> domains() {
        return List.copyOf(domains.values());
    }

    @Nullable
    HostFacts facts() {
        return facts;
    }

    List<Unread> unread() {
        return unread;
    }

    String digest() {
        return digest.hex();
    }
}
