package io.paramedic.deploy.simulation.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One incarnation of a guest, as the host that ran it remembers it.
 *
 * @param vm its uuid, whatever became of the domain's handle
 * @param name as it was configured when this life began
 * @param bootId of the host
 * @param created in the time of the host's model
 * @param answered when it first would have answered a probe; absent if it never did
 */
public record Life(
        UUID vm,
        String name,
        UUID bootId,
        int domid,
        Instant created,
        @Nullable Instant answered) {
    Life answering(Instant now) {
        return answered == null ? new Life(vm, name, bootId, domid, created, now) : this;
    }
}
