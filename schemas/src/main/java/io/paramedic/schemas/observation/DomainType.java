package io.paramedic.schemas.observation;

/**
 * How a guest is virtualized (toolstack facts §6).
 */
public enum DomainType {
    HVM,
    PVH,
    PV,
    /** Hardware-assisted by the hypervisor's own flag, which does not tell HVM from PVH. */
    HVM_OR_PVH,
    UNKNOWN
}
