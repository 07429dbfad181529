package io.paramedic.collector.service;

import io.paramedic.collector.configuration.ConfigurationFinder.Found;
import io.paramedic.collector.configuration.ConfigurationFinder.Wanted;
import io.paramedic.collector.probing.ProbePlan;
import io.paramedic.collector.sampling.Glance;
import io.paramedic.collector.sampling.Glance.Listing;
import io.paramedic.collector.watch.Guests;
import io.paramedic.collector.watch.Watcher;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Brings together what is found out about the domains of a look beside it. */
final class FoundOut {
    private FoundOut() {}

    static Guests about(Glance.Seen seen, Watcher watcher, Configurations configurations, HostProbes probes)
            throws InterruptedException {
        if (seen.listing() == Listing.NONE) {
            return Guests.NONE;
        }
        Found found = seen.observation().facts().toolstack() == Toolstack.XL
                ? configurations.of(wanted(seen, watcher), seen.makers())
                : Found.NOTHING;
        List<ProbePlan.Guest> guests = living(seen)
                .filter(domain -> domain.condition() instanceof Condition.Running)
                .map(domain -> guest(domain, seen, watcher))
                .toList();
        return new Guests(found.configurations(), probes.update(guests), found.unread());
    }

    private static List<Wanted> wanted(Glance.Seen seen, Watcher watcher) {
        return living(seen)
                .flatMap(domain -> watcher.name(domain.domid()).stream()
                        .map(name -> new Wanted(domain.domid(), name, domain.handle())))
                .toList();
    }

    /** Neither dom0 nor one half of a migration: what is in flight is left alone. */
    private static Stream<DomainObservation> living(Glance.Seen seen) {
        return seen.observation().domains().stream()
                .filter(domain -> domain.domid() != 0)
                .filter(domain -> !(domain.condition() instanceof Condition.Gone))
                .filter(domain -> !Watcher.isMigrating(domain.name()));
    }

    private static ProbePlan.Guest guest(DomainObservation domain, Glance.Seen seen, Watcher watcher) {
        Set<String> names = new HashSet<>();
        watcher.name(domain.domid()).ifPresent(names::add);
        Optional.ofNullable(domain.signals().record()).ifPresent(record -> names.add(record.nameLabel()));
        Glance.Guest guest = seen.guests().get(domain.domid());
        return new ProbePlan.Guest(
                domain.domid(),
                watcher.vm(domain.domid()).orElse(null),
                names,
                guest == null ? List.of() : guest.addresses());
    }
}
