package io.paramedic.deploy.ring;

import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A ward with one host for each point of a step, so that one kill hits all of them. */
final class EveryPoint {
    private final Map<Point, String> hosts = new EnumMap<>(Point.class);
    private final Ward ward;

    EveryPoint(Ward ward, String prefix) throws IOException {
        this.ward = ward;
        for (Point point : Point.values()) {
            String name = prefix + "-" + (point.ordinal() + 1);
            hosts.put(point, name);
            ward.add(name, point == Point.DURING ? Ward.SLOW_TO_DESTROY_MIB : Ward.USUAL_MIB);
        }
    }

    String at(Point point) {
        return hosts.getOrDefault(point, "");
    }

    /** Where the process is to hold its steps. */
    Map<String, Point> parks() {
        Map<String, Point> parks = new LinkedHashMap<>();
        hosts.forEach((point, host) -> {
            if (point.isInTheProcess()) {
                parks.put(host, point);
            }
        });
        return parks;
    }

    /** Lets all guests crash, and returns when the step on each host is at its point. */
    void bringAbout(RingChild acting) {
        ward.slowDownTheGuard(at(Point.IN_GUARD));
        hosts.values().forEach(ward::crash);
        parks().forEach((host, point) ->
                acting.until("the step on " + host + " is " + point, () -> acting.hasReached(point, host)));
        acting.until(
                "one guard checks and one destroy is under way",
                () -> ward.isCheckedByTheGuard(at(Point.IN_GUARD)) && ward.isBeingDestroyed(at(Point.DURING)));
    }

    /** Returns when all guests live again and nothing is open. */
    void awaitHealed(RingChild acting, Books books) {
        awaitWell(acting::until);
        acting.until("all incidents are closed", () -> books.areOver(hosts.values()));
    }

    void awaitWell(Waiting waiting) {
        hosts.forEach((point, host) -> waiting.until(
                "the guest of " + host + ", whose step was cut off " + point + ", lives", () -> ward.isWell(host)));
    }

    /** Waits for something, and fails in its own way. */
    @FunctionalInterface
    interface Waiting {
        void until(String what, BooleanSupplier reached);
    }

    /** Nothing twice, nothing late, nothing lost. */
    void judge(Books books) {
        ward.judge(hosts.values(), books);
    }
}
