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

    private Ring run(String id, Part... parts) throws Exception {
        return Ring.start(log, Set.of(parts), RingProcess.settings(directory.resolve(id)), connector, id);
    }

    private void until(String what, BooleanSupplier reached) {
        Patiently.until(what, reached::getAsBoolean, () -> "The incidents: " + books.incidents());
    }

    /**
     * One actuator is stopped between two of its words; its successor is killed at every point of a step; a third one finishes
     * all of it; then the first goes on, long after its lease and its deadlines, and believes itself in the middle.
     */
    @Test
    void anActuatorThatIsStoppedAndItsSuccessorThatIsKilledDoNothingTwiceAndNothingLate() throws Exception {
        Map<String, Point> held = Map.of("asked", Point.BEFORE_EXEC, "ordered", Point.BEFORE_CLAIM);
        for (String host : held.keySet()) {
            ward.add(host);
        }
        EveryPoint all = new EveryPoint(ward, "alone");
        try (Ring _ = run("others", Part.ANALYZER, Part.COLLECTOR)) {
            ward.hand(log);
            try (RingChild stopped = RingChild.joining(home(), "stopped", Set.of(Part.ACTUATOR), held)) {
                List<Command> its = stopInTheMiddle(stopped, held);
                try (RingChild killed = RingChild.joining(home(), "killed", Set.of(Part.ACTUATOR), all.parks())) {
                    all.bringAbout(killed);
                    killed.kill();
                }
                try (Ring _ = run("last", Part.ACTUATOR)) {
                    all.awaitWell(this::until);
                    held.keySet().forEach(host -> until("the guest of " + host + " lives", () -> ward.isWell(host)));
                    until("all incidents are closed", () -> books.areOver(ward.names()));
                    until("every deadline is past", () -> its.stream().allMatch(this::isPast));
                    goOn(stopped);
                }
            }
            ward.judge(ward.names(), books);
            deliverAllAgain();
            ward.judge(ward.names(), books);
        }
    }

    /** Returns the commands that it had begun. */
    private List<Command> stopInTheMiddle(RingChild acting, Map<String, Point> held) throws Exception {
        acting.until("all hosts are trusted", () -> books.areTrusted(ward.names()));
        held.keySet().forEach(ward::crash);
        held.forEach((host, point) ->
                acting.until("the step on " + host + " is " + point, () -> acting.hasReached(point, host)));
        acting.stop();
        return held.keySet().stream()
                .map(host -> books.commands(host).getFirst())
                .toList();
    }

    private boolean isPast(Command command) {
        String host = command.step().on().host();
        Instant now = Instant.now();
        return now.isAfter(command.notAfter())
                && ward.uptimeAt(host, now).compareTo(command.evidenceDeadline().uptime()) > 0;
    }

    /** Returns when it has asked the guard to act, and the log for a lease, and has read both answers. */
    private void goOn(RingChild stopped) throws Exception {
        Instant on = Instant.now();
        stopped.goOn();
        stopped.release();
        stopped.until("it has asked the guard to act", () -> ward.hasAnswered("asked", "act", on));
        stopped.until("it has claimed", () -> books.hasClaimed("stopped", "ordered"));
        stopped.until(
                "it has told what came of it",
                () -> books.hasTold("stopped", books.commands("asked").getFirst()));
    }

    /** Every command comes once more, as after commits that were lost. */
    private void deliverAllAgain() throws Exception {
        Deliveries deliveries = new Deliveries(log);
        until("the dead actuators are missed", deliveries::beginAgain);
        try (Ring _ = run("again", Part.ACTUATOR)) {
            until("all commands were delivered again", deliveries::areOver);
        }
    }

    @Test
    void anAnalyzerThatWasAwayForTwoHoursOfEventsOrdersNothingFromThem() throws Exception {
        ward.add("open");
        ward.add("mended");
        try (Ring _ = run("others", Part.ACTUATOR, Part.COLLECTOR)) {
            ward.hand(log);
            try (Ring _ = run("early", Part.ANALYZER)) {
                until("all hosts are trusted", () -> books.areTrusted(ward.names()));
                until("a configuration is known", () -> books.known("open").isPresent());
            }
            ward.crash("open");
            ward.crash("mended");
            until("both crashes are told", () -> books.tellsOfACrash("open") && books.tellsOfACrash("mended"));
            ward.mendByHand("mended");
            new Backlog(log, books.snapshot("open"), books.known("open").orElseThrow())
                    .appendTwoHours("passed", "lasted");
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
