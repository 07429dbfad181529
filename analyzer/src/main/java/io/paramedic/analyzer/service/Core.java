package io.paramedic.analyzer.service;

import io.paramedic.analyzer.policy.Parsed;
import io.paramedic.analyzer.policy.PolicyDocument;
import io.paramedic.analyzer.pool.Effect;
import io.paramedic.analyzer.pool.Input;
import io.paramedic.analyzer.pool.PolicyReader;
import io.paramedic.analyzer.pool.PoolCore;
import io.paramedic.analyzer.pool.PoolMemory;
import io.paramedic.analyzer.pool.PoolState;
import io.paramedic.analyzer.pool.Step;
import io.paramedic.schemas.yaml.Problem;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The core as the shell needs it: pure functions over the state of one pool.
 *
 * @param <S> the state, immutable
 */
interface Core<S> {
    /** The state that these entries were written of; that of a pool of which nothing is known where there are none. */
    S restore(String pool, Map<String, byte[]> entries);

    /** What follows from one event. */
    Turn<S> decide(S state, Input input);

    /**
     * @param next the state after the event
     * @param entries those that changed, by name; null where an entry is gone
     * @param effects in the order in which they are written
     */
    record Turn<S>(S next, Map<String, byte @Nullable []> entries, List<Effect> effects) {}

    /** The one that decides. */
    static Core<PoolState> ofPools() {
        return new Core<>() {
            @Override
            public PoolState restore(String pool, Map<String, byte[]> entries) {
                return entries.isEmpty() ? PoolState.empty(pool) : PoolMemory.restore(pool, entries);
            }

            @Override
            public Turn<PoolState> decide(PoolState state, Input input) {
                Step step = PoolCore.decide(state, input, Core::readPolicy);
                return new Turn<>(step.next(), PoolMemory.encode(step.next(), step.touched()), step.effects());
            }
        };
    }

    private static PolicyReader.Read readPolicy(String document) {
        return switch (PolicyDocument.parse(document)) {
            case Parsed.Ok ok -> new PolicyReader.Read.Taken(ok.policy());
            case Parsed.Refused refused ->
                new PolicyReader.Read.Refused(
                        refused.problems().stream().map(Problem::text).collect(Collectors.joining("; ")));
        };
    }
}
