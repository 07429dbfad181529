package io.paramedic.schemas.observation;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One domain as it was seen over the samples of one look. A missing signal is {@code null}: it was not asked for, or the
 * answer could not be read, and then {@link HostObservation#unread()} says why.
 *
 * @param domid Xen's number for the domain
 * @param handle the uuid in the hypervisor, which toolstacks may change (toolstack facts §1.3)
 * @param name the name in xenstore; absent where the tool printed {@code (null)}, which by itself means nothing (lab facts 2)
 * @param type and by which source it is known
 * @param typeSource the tool or path that told the type
 * @param vcpusOnline vCPUs that the guest has online
 * @param memoryMib memory that the domain holds at the last sample, MiB
 * @param memoryChangeMib how much that grew since the first sample; negative while a domain is torn down
 * @param condition reduced from all samples
 * @param flags the state letters of each sample as the tool printed them, oldest first
 * @param cpuTime total CPU time at the last sample
 * @param cpuUsed CPU time used between the first and the last sample
 * @param cpuResolution the smallest difference that the source of {@code cpuTime} can show
 * @param signals what other sources say of it
 */
public record DomainObservation(
        int domid,
        UUID handle,
        @Nullable String name,
        DomainType type,
        String typeSource,
        int vcpusOnline,
        long memoryMib,
        long memoryChangeMib,
        Condition condition,
        List<String> flags,
        Duration cpuTime,
        Duration cpuUsed,
        Duration cpuResolution,
        DomainSignals signals) {
    public DomainObservation {
        flags = List.copyOf(flags);
    }
}
