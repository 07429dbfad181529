package io.paramedic.analyzer.diagnosis;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.HostObservation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one look at one host means.
 *
 * @param host findings about the host as a whole, the gravest first
 * @param domains one finding for each domain, by domid, in the order of the observation
 */
public record Diagnosis(List<Finding> host, Map<Integer, Finding> domains) {
    public Diagnosis {
        host = List.copyOf(host);
    }

    /**
     * Judges each domain by the first rule of {@link DomainRule#IN_ORDER} that applies to it, and the host by all of its rules.
     * The order is the safety of it: what must not be touched is recognized before what looks sick.
     */
    public static Diagnosis of(HostObservation observation) {
        HostContext context = HostContext.of(observation);
        Map<Integer, Finding> domains = new LinkedHashMap<>();
        for (DomainObservation domain : observation.domains()) {
            domains.put(domain.domid(), judge(domain, context));
        }
        return new Diagnosis(HostRules.judge(observation, context), domains);
    }

    private static Finding judge(DomainObservation domain, HostContext context) {
        return DomainRule.IN_ORDER.stream()
                .map(rule -> rule.judge(domain, context))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the last rule applies to every domain"));
    }
}
