package io.paramedic.schemas.incident;

import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an incident is about. */
public sealed interface Subject {
    /** @param vm absent where it was never known */
    record Domain(Incarnation incarnation, @Nullable VmId vm) implements Subject {}

    /**
     * A VM whose trouble is not that of one domain: two copies, a stale record, a crash loop.
     *
     * @param incarnations those that are involved; may be empty
     */
    record Vm(VmId vm, List<Incarnation> incarnations) implements Subject {
        public Vm {
            incarnations = List.copyOf(incarnations);
        }
    }

    record Host(String host) implements Subject {}

    /**
     * A common cause behind several hosts or VMs.
     *
     * @param what for example the storage repository or the label that they share
     * @param hosts that suffer
     */
    record CommonCause(String what, List<String> hosts) implements Subject {
        public CommonCause {
            hosts = List.copyOf(hosts);
        }
    }
}
