package io.paramedic.collector.service;

import io.paramedic.schemas.event.PoolEvent.HostUnlisted;
import io.paramedic.schemas.log.LogPlace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Tells of hosts that left a pool, again until Kafka has acknowledged it: nobody else will. For one thread. */
final class Farewells {
    private final Outlet outlet;
    private final Map<HostUnlisted, CompletableFuture<LogPlace>> open = new LinkedHashMap<>();

    Farewells(Outlet outlet) {
        this.outlet = outlet;
    }

    void say(HostUnlisted farewell) {
        open.put(farewell, outlet.append(farewell));
    }

    /** Says again what failed. */
    void repeat() {
        for (HostUnlisted farewell : List.copyOf(open.keySet())) {
            CompletableFuture<LogPlace> place = open.get(farewell);
            if (place != null && place.isDone()) {
                open.remove(farewell);
                if (place.isCompletedExceptionally()) {
                    say(farewell);
                }
            }
        }
    }
}
