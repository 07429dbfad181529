package io.paramedic.analyzer.pool;

import io.paramedic.schemas.identity.Names;

/** All that the analyzer knows of one pool; an immutable value. */
public record PoolState(String pool) {
    public PoolState {
        Names.requirePool(pool);
    }

    /** Nothing is known yet; the default policy holds, which only observes. */
    public static PoolState empty(String pool) {
        return new PoolState(pool);
    }
}
