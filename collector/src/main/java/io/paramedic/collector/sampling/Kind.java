package io.paramedic.collector.sampling;

import io.paramedic.schemas.observation.DomainType;
import org.jspecify.annotations.Nullable;

/**
 * How a guest is virtualized and which source says so, the most reliable first (toolstack facts §6).
 */
record Kind(DomainType type, String source) {
    private static final Kind UNKNOWN = new Kind(DomainType.UNKNOWN, "no source told");

    static Kind of(Gathered all, DomainSample domain) {
        if (!all.stores().isEmpty()) {
            Store store = all.stores().getLast();
            for (String path :
                    new String[] {Store.domain(domain.domid()) + "/domain-type", "/libxl/" + domain.domid() + "/type"
                    }) {
                DomainType type = type(store.tree().get(path));
                if (type != DomainType.UNKNOWN) {
                    return new Kind(type, "xenstore " + path);
                }
            }
        }
        Boolean assisted = domain.hardwareAssisted();
        if (assisted == null) {
            return UNKNOWN;
        }
        return new Kind(assisted ? DomainType.HVM_OR_PVH : DomainType.PV, "Xen's flag in list_domains");
    }

    private static DomainType type(@Nullable String word) {
        if (word == null) {
            return DomainType.UNKNOWN;
        }
        return switch (word) {
            case "hvm" -> DomainType.HVM;
            case "pvh", "pv-in-pvh" -> DomainType.PVH;
            case "pv" -> DomainType.PV;
            default -> DomainType.UNKNOWN;
        };
    }
}
