package io.paramedic.schemas.doctor;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.observation.HostObservation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one run of the doctor has to say of one host. */
public sealed interface HostReport {
    /** The host as the user wrote it. */
    String host();

    /** From the start of the attempt to its end, by the monotonic clock of the machine that asked. */
    Duration took();

    /**
     * The host answered, at least in part.
     *
     * @param host as the user wrote it
     * @param observation what was seen, with what could not be read in {@link HostObservation#unread()}
     * @param hostFindings what is wrong with the host as a whole, worst first
     * @param domains one entry for each finding of a domain, ascending by domid; a healthy domain has an entry too
     * @param took from the start of the attempt to its end
     */
    record Observed(
            String host,
            HostObservation observation,
            List<Finding> hostFindings,
            List<DomainFinding> domains,
            Duration took)
            implements HostReport {
        public Observed {
            hostFindings = List.copyOf(hostFindings);
            domains = List.copyOf(domains);
        }
    }

    /**
     * Nothing is known of the host's domains, which says nothing of their health.
     *
     * @param host as the user wrote it
     * @param kind one lower-case word or words joined by hyphens for programs, for example {@code host-key-changed}
     * @param sentence for people: the cause and the next step
     * @param fingerprint of the key that the host showed, where the key is the reason
     * @param took from the start of the attempt to its end
     */
    record Unreachable(
            String host,
            String kind,
            String sentence,
            @Nullable String fingerprint,
            Duration took) implements HostReport {}

    /**
     * @param domid a domain of {@link Observed#observation()}
     * @param finding what was found of it
     */
    record DomainFinding(int domid, Finding finding) {}
}
