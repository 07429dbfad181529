package io.paramedic.collector.sampling;

import io.paramedic.collector.dialect.XenstoreTree;
import io.paramedic.schemas.identity.HostTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Xenstore as it was read once, behind the host's clock: the whole tree the first time, later the nodes that may change.
 */
record Store(HostTime time, XenstoreTree tree) {
    /** What is read again: the sign of life, the open request, and who the device model is. */
    private static final List<String> CHANGING =
            List.of("data/heartbeat", "control/shutdown", "image/device-model-pid", "qemu-pid", "qemu-pid-signal");

    static String domain(int domid) {
        return "/local/domain/" + domid;
    }

    /** The nodes of these domains that exist here and are worth reading again. */
    List<String> changing(List<Integer> domids) {
        return domids.stream()
                .flatMap(domid -> CHANGING.stream().map(node -> domain(domid) + "/" + node))
                .filter(tree::exists)
                .toList();
    }

    /** This tree at a later time, with the values read then and without the nodes that were missing then. */
    Store later(HostTime then, Map<String, String> read, Set<String> missing) {
        Map<String, String> values = new HashMap<>(tree.values());
        values.putAll(read);
        values.keySet().removeAll(missing);
        return new Store(then, new XenstoreTree(values));
    }
}
