package io.paramedic.collector.dialect;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code list_domains}, plain or {@code -all} (toolstack facts §1.2).
 *
 * @param domid Xen's number for the domain
 * @param uuid the handle in the hypervisor, which xenopsd changes on destroy and migration (toolstack facts §1.3)
 * @param state the flags
 * @param hardwareAssisted the letter {@code H}: HVM or PVH; it never meant hung (toolstack facts §0)
 * @param totalMib memory held, MiB; only {@code -all} prints this and what follows
 * @param maxMib memory limit, MiB; absent for dom0, which has none
 * @param shutdownCode Xen's code; absent for a domain that did not stop
 * @param cpuTime of all vCPUs, to the nanosecond
 * @param vcpusOnline online vCPUs
 */
public record ListDomainsRow(
        int domid,
        UUID uuid,
        XenState state,
        boolean hardwareAssisted,
        @Nullable Long totalMib,
        @Nullable Long maxMib,
        @Nullable Integer shutdownCode,
        @Nullable Duration cpuTime,
        @Nullable Integer vcpusOnline) {}
