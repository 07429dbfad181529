package io.paramedic.collector.service;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.log.LogPlace;
import io.paramedic.schemas.log.LogWriter;
import io.paramedic.schemas.quarantine.Quarantined;
import io.paramedic.schemas.topics.Topic;
import java.util.concurrent.CompletableFuture;

/** Where a collector writes to. */
interface Outlet extends AutoCloseable {
    /** Appends to the events of the pool; the future fails where that is not known to be on the log. */
    CompletableFuture<LogPlace> append(PoolEvent.InPool event);

    /** Puts away what could not be read. */
    CompletableFuture<LogPlace> quarantine(Quarantined refused);

    @Override
    void close();

    /** The log. */
    static Outlet of(LogWriter writer) {
        return new Outlet() {
            @Override
            public CompletableFuture<LogPlace> append(PoolEvent.InPool event) {
                return writer.append(Topic.EVENTS, event.pool(), event.pool(), Contract.EVENTS, event);
            }

            @Override
            public CompletableFuture<LogPlace> quarantine(Quarantined refused) {
                return writer.quarantine(refused);
            }

            @Override
            public void close() {
                writer.close();
            }
        };
    }
}
