package io.paramedic.analyzer.diagnosis;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.HostObservation;
import io.paramedic.schemas.observation.HostObservation.Answer.How;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the rules for one domain must know of its host.
 *
 * @param toolstack decides which command an advice names
 * @param window how long the domains were watched
 * @param samples how often
 * @param namesLost some running guest has no name, so that a missing name means nothing here (lab facts 2)
 * @param namesKept some running guest has a name
 * @param xenstoreAnswers whether what xenstore does not say may be taken for absent
 * @param names names of live guests
 * @param sharedHandles handles that more than one live domain has
 */
record HostContext(
        Toolstack toolstack,
        Duration window,
        int samples,
        boolean namesLost,
        boolean namesKept,
        boolean xenstoreAnswers,
        Set<String> names,
        Set<UUID> sharedHandles) {
    private static final UUID ZERO = new UUID(0, 0);

    static HostContext of(HostObservation observation) {
        List<DomainObservation> live = observation.domains().stream()
                .filter(d -> d.domid() != 0)
                .filter(d -> !(d.condition() instanceof Condition.Dying) && !(d.condition() instanceof Condition.Gone))
                .toList();
        return new HostContext(
                observation.facts().toolstack(),
                observation.window(),
                observation.domains().stream()
                        .mapToInt(d -> d.flags().size())
                        .max()
                        .orElse(0),
                live.stream().anyMatch(d -> d.name() == null && d.condition() instanceof Condition.Running),
                live.stream().anyMatch(d -> d.name() != null && d.condition() instanceof Condition.Running),
                observation.facts().xenstore().how() == How.ANSWERED,
                live.stream().flatMap(d -> Stream.ofNullable(d.name())).collect(Collectors.toSet()),
                sharedHandles(live));
    }

    private static Set<UUID> sharedHandles(List<DomainObservation> live) {
        Map<UUID, Long> owners = live.stream().collect(groupingBy(DomainObservation::handle, counting()));
        return owners.entrySet().stream()
                .filter(e -> e.getValue() > 1 && !e.getKey().equals(ZERO))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean xapi() {
        return toolstack == Toolstack.XAPI;
    }
}
