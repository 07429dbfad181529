package io.paramedic.analyzer.service;

import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.inventory.Access;
import io.paramedic.schemas.inventory.HostRecord;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.log.KafkaConnection;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.topics.Permission;
import io.paramedic.schemas.topics.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Events that mean something to the {@link CountingCore}, and a log to read them from. */
final class Events {
    private Events() {}

    /** A log that nobody can reach, with so many partitions for each topic. */
    static Log log(int partitions) {
        Map<Topic, Integer> counts =
                Arrays.stream(Topic.values()).collect(Collectors.toMap(Function.identity(), _ -> partitions));
        return new Log(KafkaConnection.plain("nowhere.invalid:1"), "test", counts, new Permission.MayAct());
    }

    /** Leads to a journal entry. */
    static PoolEvent policy(String pool, long revision, String document) {
        return new PoolEvent.PolicyChanged(pool, revision, document, "0".repeat(64), "mia", "because");
    }

    /** Leads to an overview and a request. */
    static PoolEvent listed(String pool, String host) {
        return new PoolEvent.HostListed(new HostRecord(host, pool, new Access.Local(false), Map.of(), List.of()));
    }

    /** Leads to two tombstones. */
    static PoolEvent unlisted(String pool, String host) {
        return new PoolEvent.HostUnlisted(pool, host);
    }

    /** Leads to a command and an incident. */
    static PoolEvent unblocked(String pool) {
        return new Control.Unblock(new UUID(0, 7), new Scope.Pool(pool), "mia", "looked myself");
    }
}
