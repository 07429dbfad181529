package io.paramedic.analyzer.pool;

import java.util.List;
import java.util.Set;

/**
 * What follows from one event.
 *
 * @param next the state after it
 * @param touched names of the entries of the {@linkplain PoolMemory memory} that differ from those of the state before
 * @param effects what leaves, in the order in which it is to be written
 */
public record Step(PoolState next, Set<String> touched, List<Effect> effects) {
    public Step {
        touched = Set.copyOf(touched);
        effects = List.copyOf(effects);
    }
}
