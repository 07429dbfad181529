package io.paramedic.deploy.demo;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fault that has befallen a guest.
 *
 * @param domid of the incarnation that it befell
 * @param at in the time of the hosts
 * @param holder the process that keeps a zombie; absent for other faults
 */
public record Injected(
        Fault fault,
        String pool,
        String host,
        UUID vm,
        String name,
        int domid,
        Instant at,
        @Nullable Holder holder) {
    /** A process in the control domain. */
    public record Holder(int pid, String commandLine) {}
}
