package io.paramedic.deploy.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.deploy.simulation.account.Deed;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.event.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A ward with one host for each point of a step, so that one kill hits all of them. */
final class EveryPoint {
    private final Map<Point, String> hosts = new EnumMap<>(Point.class);
    private final Ward ward;

    EveryPoint(Ward ward, String prefix) throws IOException {
        this.ward = ward;
        for (Point point : Point.values()) {
            String name = prefix + "-" + (point.ordinal() + 1);
            hosts.put(point, name);
            ward.add(name, point == Point.DURING ? Ward.SLOW_TO_DESTROY_MIB : 512);
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
        hosts.forEach((point, host) -> {
            if (point.isInTheProcess()) {
                ward.crash(host);
            }
        });
        parks().forEach((host, point) ->
                acting.until("the step on " + host + " is " + point, () -> acting.hasReached(point, host)));
        // What takes its time on the host does so for seconds only, and so comes last.
        ward.slowDownTheGuard(at(Point.IN_GUARD));
        ward.crash(at(Point.IN_GUARD));
        ward.crash(at(Point.DURING));
        acting.until(
                "one guard checks and one destroy is under way",
                () -> ward.isCheckedByTheGuard(at(Point.IN_GUARD)) && ward.isBeingDestroyed(at(Point.DURING)));
    }

    /** Returns when all guests live again and nothing is open. */
    void awaitHealed(RingChild acting, Books books) {
        hosts.forEach((point, host) -> acting.until(
                "the guest of " + host + ", whose step was cut off " + point + ", lives and its incident is closed",
                () -> ward.isWell(host) && books.isOver(host)));
    }

    /** Nothing twice, nothing late, nothing lost. */
    void judge(Books books) {
        for (String host : hosts.values()) {
            ward.assertHealedOnce(host);
            books.assertOneOfEachDone(host);
            books.assertOneIncidentEndedWell(host);
            assertInTime(books, host);
        }
        books.assertJournalIsWhole();
    }

    private void assertInTime(Books books, String host) {
        Deed destroy = ward.deeds(host).getFirst();
        Duration started = ward.uptimeAt(host, destroy.entry().started());
        Command ordered = books.commands(host).stream()
                .filter(command -> command.step() instanceof Step.DestroyDomain)
                .filter(command -> books.finals(command.id()).getFirst() instanceof Outcome.Done)
                .findFirst()
                .orElseThrow();
        assertThat(started)
                .as("uptime of %s when its guest was ended", host)
                .isLessThanOrEqualTo(ordered.evidenceDeadline().uptime());
    }
}
