package io.paramedic.deploy.simulation.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The register of all incarnations of one host. Guarded by the lock of the host. */
final class Lives {
    private final List<Life> lives = new ArrayList<>();
    private final Map<Domain, Integer> places = new IdentityHashMap<>();

    void begins(Domain domain, UUID bootId) {
        places.put(domain, lives.size());
        lives.add(new Life(
                domain.spec().uuid(), domain.configuredName(), bootId, domain.domid(), domain.created(), null));
        look(domain, domain.created());
    }

    /** Notes whether it answers now, after something about it has changed. */
    void look(Domain domain, Instant now) {
        Integer place = places.get(domain);
        if (place != null && domain.answers()) {
            lives.set(place, lives.get(place).answering(now));
        }
    }

    List<Life> all() {
        return List.copyOf(lives);
    }
}
