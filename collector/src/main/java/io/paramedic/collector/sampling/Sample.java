package io.paramedic.collector.sampling;

import io.paramedic.collector.dialect.Unparseable;
import io.paramedic.schemas.identity.HostTime;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The domains of a host at one moment.
 *
 * @param time the host's own time just before they were listed
 * @param load dom0's load average over one minute
 * @param domains ascending by domid
 * @param unparseable what the tool printed and nobody understood; then a missing domain proves nothing
 * @param took how long the answer took, as the caller saw it
 */
record Sample(HostTime time, double load, List<DomainSample> domains, List<Unparseable> unparseable, Duration took) {
    Sample {
        domains = List.copyOf(domains);
        unparseable = List.copyOf(unparseable);
    }

    boolean complete() {
        return unparseable.isEmpty();
    }

    @Nullable
    DomainSample domain(int domid) {
        return domains.stream().filter(d -> d.domid() == domid).findFirst().orElse(null);
    }
}
