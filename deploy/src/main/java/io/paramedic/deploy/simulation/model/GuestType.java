package io.paramedic.deploy.simulation.model;

/** How a simulated guest is virtualized. */
public enum GuestType {
    HVM,
    PVH,
    PV;

    /** The name that libxl, xenopsd and xapi use. */
    public String word() {
        return switch (this) {
            case HVM -> "hvm";
            case PVH -> "pvh";
            case PV -> "pv";
        };
    }

    /** Whether the hypervisor flags it {@code H}: HVM and PVH alike (toolstack facts §0). */
    public boolean hardwareAssisted() {
        return this != PV;
    }
}
