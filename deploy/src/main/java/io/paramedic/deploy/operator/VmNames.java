package io.paramedic.deploy.operator;

import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.overview.HostOverview.DomainLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people call the VMs that have a uuid, as far as a domain of theirs has a name now. For people only. */
public final class VmNames {
    /** Nobody has a name. */
    public static final VmNames NONE = new VmNames(Map.of());

    private final Map<VmId, String> names;

    private VmNames(Map<VmId, String> names) {
        this.names = names;
    }

    public static VmNames of(List<HostOverview> hosts) {
        Map<VmId, String> names = new HashMap<>();
        for (HostOverview host : hosts) {
            for (DomainLine domain : host.domains()) {
                VmId vm = domain.vm();
                String name = domain.name();
                if (vm != null && name != null) {
                    names.put(vm, name);
                }
            }
        }
        return new VmNames(names);
    }

    /** Absent where it has none, or none is known. */
    @Nullable
    String of(VmId vm) {
        return vm instanceof VmId.ByName(String name) ? name : names.get(vm);
    }
}
