package io.paramedic.actuator.service;

import io.paramedic.schemas.log.LogPlace;
import io.paramedic.schemas.quarantine.Quarantined;
import io.paramedic.schemas.topics.Topic;
import io.paramedic.schemas.wire.Codec;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What an actuator does with the log. */
interface SharedLog extends AutoCloseable {
    /** Appends a message of a pool; what is not acknowledged may be on the log all the same. */
    <T> CompletableFuture<LogPlace> append(Topic topic, String pool, Codec<T> codec, T message);

    /** Puts away what could not be read. */
    CompletableFuture<LogPlace> quarantine(Quarantined refused);

    /** A reader of some partitions from the beginning of what is retained. */
    Pages read(Topic topic, Collection<Integer> partitions);

    /** A member of the actuators' group on {@code commands}. */
    Member join(Shift shift);

    @Override
    void close();

    /** Reads in order; for one thread alone but for {@link #wake}. */
    interface Pages extends AutoCloseable {
        List<Line> poll(Duration atMost);

        /** For each partition the offset after its last record, now. */
        Map<Integer, Long> ends();

        /** Whether everything before these offsets was handed out. */
        boolean isPast(Map<Integer, Long> ends);

        /** Ends a poll that waits. */
        void wake();

        @Override
        void close();
    }

    /** What a member is told, from within its own poll, of the partitions that it owns. */
    interface Shift {
        void gained(Set<Integer> partitions);

        /** @param fenced whether others may own them already, so that nothing can be committed any more */
        void lost(Set<Integer> partitions, boolean fenced);
    }

    /** For one thread alone but for {@link #wake}. */
    interface Member extends AutoCloseable {
        List<Line> poll(Duration atMost);

        void pause(int partition);

        void resume(int partition);

        /**
         * @param next for each partition the first offset that is to come again after a restart
         * @return whether it was committed; what was not is tried again, or comes again and is then recognised
         */
        boolean commit(Map<Integer, Long> next);

        void wake();

        @Override
        void close();
    }
}
