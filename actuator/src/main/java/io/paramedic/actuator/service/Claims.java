package io.paramedic.actuator.service;

import io.paramedic.actuator.service.LeaseDesk.Claimed;
import io.paramedic.schemas.lease.Scope;
import java.util.UUID;

/** Where leases are asked for. */
@FunctionalInterface
interface Claims {
    /** Asks for a lease and waits until it is known what became of the claim. */
    Claimed claim(Scope scope, UUID command) throws InterruptedException;
}
