package io.paramedic.collector.dialect;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code xl list}, plain or {@code -v} (toolstack facts §2.1).
 *
 * @param name as xenstore has it, without blanks at its end; absent where the tool printed {@code (null)}, which means
 *     that xenstore has none and nothing else (lab facts 2). A name is free text: nothing may be addressed by it
 * @param domid Xen's number for the domain
 * @param memoryMib current memory and outstanding claims, MiB
 * @param vcpus online vCPUs
 * @param state the flags
 * @param cpuTime of all vCPUs, in tenths of a second, with about seven significant digits
 * @param uuid the handle in the hypervisor; only {@code -v} prints it
 * @param shutdownCode Xen's code; only {@code -v} prints it, and only for a domain that stopped
 */
public record XlListRow(
        @Nullable String name,
        int domid,
        long memoryMib,
        int vcpus,
        XenState state,
        Duration cpuTime,
        @Nullable UUID uuid,
        @Nullable Integer shutdownCode) {}
