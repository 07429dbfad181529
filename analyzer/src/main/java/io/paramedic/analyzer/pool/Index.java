package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.sightings.DomainKey;
import io.paramedic.schemas.identity.VmId;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/** In which domains each VM was seen. */
final class Index {
    private Index() {}

    static TreePMap<String, TreePSet<DomainKey>> with(
            TreePMap<String, TreePSet<DomainKey>> index, VmId vm, DomainKey key) {
        String name = PoolState.nameOf(vm);
        TreePSet<DomainKey> before = index.get(name);
        return index.plus(name, before == null ? TreePSet.singleton(key) : before.plus(key));
    }
}
