package io.paramedic.collector.sampling;

import io.paramedic.collector.dialect.XenstoreTree;
import io.paramedic.schemas.identity.HostTime;

/** The whole of xenstore as it was read once, behind the host's clock. */
record Store(HostTime time, XenstoreTree tree) {
    String domain(int domid) {
        return "/local/domain/" + domid;
    }
}
