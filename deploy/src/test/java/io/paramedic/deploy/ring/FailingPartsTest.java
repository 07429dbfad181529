package io.paramedic.deploy.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.access.InventoryConnector;
import io.paramedic.deploy.ring.Ring.Part;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.log.Log;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One part of the ring is killed, stopped or away while the broker and the other parts go on, in the process of the test. */
@EnabledOnOs(OS.LINUX)
class FailingPartsTest {
    @TempDir
    Path directory;

    private final Ward ward;
    private OpenLog open;
    private Log log;
    private Books books;
    private InventoryConnector connector;

    FailingPartsTest() throws Exception {
        ward = new Ward();
    }

    @BeforeEach
    void open() throws Exception {
        open = OpenLog.serving(new LogHome.Embedded(home(), 0));
        log = RingProcess.quick(open.log(), false);
        books = new Books(log);
        connector = RingProcess.connector();
    }

    @AfterEach
    void close() throws Exception {
        ward.close();
        connector.close();
        open.close();
    }

    private Path home() {
        return directory.resolve("log");
    }

    private Ring run(String id, Part... parts) throws InterruptedException {
        return Ring.start(log, Set.of(parts), RingProcess.settings(directory.resolve(id)), connector, id);
    }

    private void until(String what, BooleanSupplier reached) {
        Patiently.until(what, reached::getAsBoolean, () -> "The incidents: " + books.incidents());
    }

    @Test
    void anActuatorThatIsKilledAtWhateverPointIsSucceededAndNothingIsDoneTwice() throws Exception {
        EveryPoint all = new EveryPoint(ward, "alone");
        try (Ring _ = run("others", Part.ANALYZER, Part.COLLECTOR)) {
            ward.hand(log);
            try (RingChild first = RingChild.joining(home(), "first", Set.of(Part.ACTUATOR), all.parks())) {
                first.until("all hosts are trusted", () -> books.areTrusted(ward.names()));
                all.bringAbout(first);
                first.kill();
            }
            try (RingChild second = RingChild.joining(home(), "second", Set.of(Part.ACTUATOR), Map.of())) {
                all.awaitHealed(second, books);
            }
            all.judge(books);
            // Once more from the first command on, as after commits that were lost.
            Deliveries deliveries = new Deliveries(log);
            until("the dead actuator is missed", deliveries::beginAgain);
            try (Ring _ = run("third", Part.ACTUATOR)) {
                until("all commands were delivered again", deliveries::areOver);
            }
            all.judge(books);
        }
    }

    @Test
    void anActuatorThatWasStoppedForLongerThanItsLeaseAndItsDeadlinesDoesNothingWhenItGoesOn() throws Exception {
        Map<String, Point> held = Map.of(
                "asked", Point.BEFORE_EXEC, "claimed", Point.AFTER_CLAIM, "ordered", Point.BEFORE_CLAIM);
        for (String host : held.keySet()) {
            ward.add(host);
        }
        try (Ring _ = run("others", Part.ANALYZER, Part.COLLECTOR);
                RingChild stopped = RingChild.joining(home(), "stopped", Set.of(Part.ACTUATOR), held)) {
            ward.hand(log);
            stopped.until("all hosts are trusted", () -> books.areTrusted(ward.names()));
            held.keySet().forEach(ward::crash);
            held.forEach((host, point) ->
                    stopped.until("the step on " + host + " is " + point, () -> stopped.hasReached(point, host)));
            stopped.stop();
            List<Command> its = held.keySet().stream()
                    .map(host -> books.commands(host).getFirst())
                    .toList();

            try (Ring _ = run("successor", Part.ACTUATOR)) {
                held.keySet().forEach(host -> until("the guest of " + host + " lives", () -> ward.isWell(host)));
                until("all incidents are closed", () -> books.areOver(held.keySet()));
                until("every deadline is past", () -> its.stream().allMatch(this::isPast));
                Instant on = Instant.now();
                stopped.goOn();
                stopped.release();
                stopped.until(
                        "it has asked the guards and claimed, in vain",
                        () -> ward.hasAnswered("asked", "act", on)
                                && ward.hasAnswered("claimed", "look", on)
                                && books.hasClaimed("stopped", "ordered"));
                stopped.until(
                        "it has told what came of it",
                        () -> books.hasTold("stopped", books.commands("asked").getFirst())
                                && books.hasTold("stopped", books.commands("claimed").getFirst()));
            }
        }
        ward.judge(held.keySet(), books);
    }

    private boolean isPast(Command command) {
        String host = command.step().on().host();
        Instant now = Instant.now();
        return now.isAfter(command.notAfter())
                && ward.uptimeAt(host, now).compareTo(command.evidenceDeadline().uptime()) > 0;
    }

    @Test
    void anAnalyzerThatWasAwayForTwoHoursOfEventsOrdersNothingFromThem() throws Exception {
        ward.add("open");
        ward.add("mended");
        try (Ring _ = run("others", Part.ACTUATOR, Part.COLLECTOR)) {
            ward.hand(log);
            try (Ring _ = run("early", Part.ANALYZER)) {
                until("all hosts are trusted", () -> books.areTrusted(ward.names()));
            }
            ward.crash("open");
            ward.crash("mended");
            until("both crashes are told", () -> books.tellsOfACrash("open") && books.tellsOfACrash("mended"));
            ward.mendByHand("mended");
            Backlog backlog = new Backlog(log, books.snapshot("open"));
            backlog.appendTwoHours("came-and-went", false);
            backlog.appendTwoHours("stayed", true);
            assertThat(books.commands()).isEmpty();

            try (Ring _ = run("late", Part.ANALYZER)) {
                until("the guest of open lives", () -> ward.isWell("open"));
                until("its incident is closed", () -> books.isClosed("open"));
            }
        }
        ward.judge(List.of("open"), books);
        ward.assertUntouched("mended");
        assertThat(ward.isWell("mended")).isTrue();
        assertThat(books.commands())
                .as("all that was ever ordered")
                .extracting(command -> command.step().on().host())
                .containsOnly("open");
    }
}
