package io.paramedic.analyzer.diagnosis;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.HostObservation;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the rules for one domain must know of its host.
 *
 * @param toolstack decides which command an advice names
 * @param hostUuid this host in XAPI's database
 * @param window how long the domains were watched
 * @param samples how often
 * @param namelessRunning running guests that have no name, so that a missing name means nothing here (lab facts 2)
 * @param namesKept some live guest has a name
 * @param standing guests that show a sign of a hang, whatever the cause
 * @param names names of live guests
 * @param sharedHandles handles that more than one live domain has, migrations left aside
 */
record HostContext(
        Toolstack toolstack,
        @Nullable UUID hostUuid,
        Duration window,
        int samples,
        long namelessRunning,
        boolean namesKept,
        long standing,
        Set<String> names,
        Set<UUID> sharedHandles) {
    /** Guests that show the same symptom at once on one host point to a common cause (toolstack facts §5.3). */
    static final int COMMON_CAUSE = 3;

    private static final UUID ZERO = new UUID(0, 0);

    static HostContext of(HostObservation observation) {
        Toolstack toolstack = observation.facts().toolstack();
        List<DomainObservation> live = observation.domains().stream()
                .filter(d -> d.domid() != 0)
                .filter(d -> !(d.condition() instanceof Condition.Dying) && !(d.condition() instanceof Condition.Gone))
                .toList();
        return new HostContext(
                toolstack,
                observation.facts().hostUuid(),
                observation.window(),
                observation.domains().stream()
                        .mapToInt(d -> d.flags().size())
                        .max()
                        .orElse(0),
                live.stream()
                        .filter(d -> Seen.running(d) && Seen.nameless(d, toolstack))
                        .count(),
                live.stream().anyMatch(d -> d.name() != null),
                live.stream().filter(Seen::standsStill).count(),
                live.stream().flatMap(d -> Stream.ofNullable(d.name())).collect(Collectors.toSet()),
                sharedHandles(live));
    }

    private static Set<UUID> sharedHandles(List<DomainObservation> live) {
        Map<UUID, Long> owners = live.stream()
                .filter(d -> !HandsOffRules.isMigrationHalf(d))
                .collect(groupingBy(DomainObservation::handle, counting()));
        return owners.entrySet().stream()
                .filter(e -> e.getValue() > 1 && !e.getKey().equals(ZERO))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean xapi() {
        return toolstack == Toolstack.XAPI;
    }

    /** Whether the domain was there in every sample, and long enough to say that something does not change. */
    boolean watchedLong(DomainObservation domain) {
        return domain.flags().size() >= samples && window.compareTo(Seen.PATIENCE) >= 0;
    }

    /** Several guests at once: one cause, and none of them is to be treated by itself. */
    boolean commonCause() {
        return standing >= COMMON_CAUSE;
    }
}
