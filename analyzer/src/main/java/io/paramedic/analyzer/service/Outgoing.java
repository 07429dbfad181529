package io.paramedic.analyzer.service;

import io.paramedic.analyzer.pool.Effect;
import io.paramedic.schemas.Contract;
import io.paramedic.schemas.quarantine.Quarantined;
import io.paramedic.schemas.topics.Topic;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One record as it leaves.
 *
 * @param value absent for a tombstone
 */
record Outgoing(Topic topic, Address address, byte @Nullable [] value) {
    /**
     * Gives each effect its topic, key, partition and bytes.
     *
     * @param pool for which it was decided
     * @param partitions the partition of a topic for a pool or host
     * @throws IllegalArgumentException where the effect is another pool's, or does not fit on its topic
     */
    static Outgoing of(Effect effect, String pool, ToIntBiFunction<Topic, String> partitions) {
        return switch (effect) {
            case Effect.Order order ->
                ofPool(
                        Topic.COMMANDS,
                        requireSame(pool, order.command().pool()),
                        pool,
                        Contract.COMMANDS.encode(order.command()),
                        partitions);
            case Effect.Note note ->
                ofPool(
                        Topic.JOURNAL,
                        requireSame(pool, note.entry().pool()),
                        pool,
                        Contract.JOURNAL.encode(note.entry()),
                        partitions);
            case Effect.Show show ->
                ofPool(
                        Topic.INCIDENTS,
                        show.incident().key(),
                        requireSame(pool, show.incident().pool()),
                        Contract.INCIDENTS.encode(show.incident()),
                        partitions);
            case Effect.Hide hide -> ofPool(Topic.INCIDENTS, pool + "/" + hide.incident(), pool, null, partitions);
            case Effect.ShowHost show ->
                ofPool(
                        Topic.OVERVIEW,
                        show.overview().key(),
                        requireSame(pool, show.overview().pool()),
                        Contract.OVERVIEW.encode(show.overview()),
                        partitions);
            case Effect.HideHost hide -> ofPool(Topic.OVERVIEW, pool + "/" + hide.host(), pool, null, partitions);
            case Effect.Ask ask -> {
                String host = ask.request().host();
                Address address = new Address(partitions.applyAsInt(Topic.REQUESTS, host), host);
                yield new Outgoing(Topic.REQUESTS, address, Contract.REQUESTS.encode(ask.request()));
            }
        };
    }

    /** What could not be read, for a person. */
    static Outgoing of(Quarantined refused, ToIntBiFunction<Topic, String> partitions) {
        int partition = partitions.applyAsInt(Topic.QUARANTINE, refused.key());
        return new Outgoing(
                Topic.QUARANTINE, new Address(partition, refused.key()), Contract.QUARANTINE.encode(refused));
    }

    private static Outgoing ofPool(
            Topic topic, String key, String pool, byte @Nullable [] value, ToIntBiFunction<Topic, String> partitions) {
        return new Outgoing(topic, new Address(partitions.applyAsInt(topic, pool), key), value);
    }

    private static String requireSame(String pool, String named) {
        if (!named.equals(pool)) {
            throw new IllegalArgumentException("an effect of pool " + pool + " is about pool " + named);
        }
        return named;
    }
}
