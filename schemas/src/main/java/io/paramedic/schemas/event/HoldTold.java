package io.paramedic.schemas.event;

import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.identity.Names;
import java.util.UUID;

/**
 * A host has been told of a hold. The hold is in force when each host in its scope has been told and is idle.
 *
 * @param pool of the host
 * @param hold the lease that is the hold
 * @param host that was told
 * @param time the host's own
 * @param idle whether no act runs there; where one does, the hold is told again when it has ended
 */
public record HoldTold(String pool, UUID hold, String host, HostTime time, boolean idle) implements PoolEvent.InPool {
    public HoldTold {
        Names.requirePool(pool);
        Names.requireHost(host);
    }
}
