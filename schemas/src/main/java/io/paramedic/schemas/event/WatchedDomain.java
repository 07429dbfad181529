package io.paramedic.schemas.event;

import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.observation.DomainObservation;
import org.jspecify.annotations.Nullable;

/**
 * A domain with the VM that the collector remembers in it. Xen and the toolstack forget: a destroy changes the handle first
 * (toolstack facts §1.3), a restart of xenstored loses every name (lab facts 2).
 *
 * @param vm absent where the domain was never seen with a sign of its VM
 * @param observation what the last look showed
 */
public record WatchedDomain(@Nullable VmId vm, DomainObservation observation) {}
