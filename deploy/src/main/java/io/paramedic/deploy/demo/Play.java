package io.paramedic.deploy.demo;

import io.paramedic.deploy.demo.RingStarter.CannotStart;
import io.paramedic.deploy.simulation.account.ReadOnlyCommands;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.overview.HostOverview.Standing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One run of the story: waits for the ring, lets things happen, looks what becomes of them, and ends. */
final class Play {
    /** A few times a second is enough for eyes. */
    private static final Duration FRAME = Duration.ofMillis(250);
    /** Reckoning goes through all that the hosts have recorded. */
    private static final int FRAMES_PER_RECKONING = 4;
    /** After everything is over: what would still be done wrongly is done by then. */
    private static final Duration QUIET = Duration.ofSeconds(3);
    /** How long the closing of incidents is waited for when the guests are well. */
    private static final Duration CLOSING = Duration.ofSeconds(12);

    private final DemoOptions options;
    private final Story story;
    private final DemoWorld world;
    private final LogBook book;
    private final ReadOnlyCommands readOnly;
    private final List<Story.Guest> waiting;
    private final List<Injected> faults = new ArrayList<>();
    private final List<Story.Guest> sprung = new ArrayList<>();
    private final long started;
    private @Nullable Duration curtain;
    private @Nullable Duration settled;
    private List<DemoReport.FaultLine> ends = List.of();

    /** @param started when the ring was started, in nanoseconds of this process */
    Play(DemoOptions options, Story story, DemoWorld world, LogBook book, ReadOnlyCommands readOnly, long started) {
        this.started = started;
        this.options = options;
        this.story = story;
        this.world = world;
        this.book = book;
        this.readOnly = readOnly;
        this.waiting = new ArrayList<>(story.guests().stream()
                .filter(guest -> guest.fault() != null || guest.trap() != null)
                .sorted(Comparator.comparing(Story.Guest::at))
                .toList());
    }

    /** Plays until it is over, or until its time is. */
    void until(CompletableFuture<String> failure, Display display) throws InterruptedException, CannotStart {
        for (int frame = 0; !over(); frame++) {
            if (failure.isDone()) {
                throw new CannotStart(failure.join());
            }
            Heard heard = book.heard();
            advance(heard);
            if (frame % FRAMES_PER_RECKONING == 0) {
                reckon();
            }
            display.show(scene(heard));
            Thread.sleep(FRAME);
        }
        display.show(scene(book.heard()));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Nothing happens before all hosts are watched, because a ring that has not seen a guest well cannot miss it. */
    private void advance(Heard heard) {
        Duration now = elapsed();
        if (curtain == null && watched(heard)) {
            curtain = now;
        }
        if (curtain == null) {
            return;
        }
        Duration played = now.minus(curtain);
        while (!waiting.isEmpty() && waiting.getFirst().at().compareTo(played) <= 0) {
            happen(waiting.removeFirst());
        }
    }

    private boolean watched(Heard heard) {
        return story.hosts().stream()
                .map(host -> heard.hosts().get(host.pool() + "/" + host.name()))
                .allMatch(overview -> overview != null && overview.standing() == Standing.TRUSTED && overview.live());
    }

    private void happen(Story.Guest guest) {
        Fault fault = guest.fault();
        Trap trap = guest.trap();
        if (fault != null) {
            faults.add(world.inject(guest, fault));
        }
        if (trap != null) {
            world.spring(guest, trap);
            sprung.add(guest);
        }
    }

    private void reckon() {
        DemoReport report = report();
        ends = report.faults();
        boolean done = curtain != null && waiting.isEmpty() && Reckoning.settled(report);
        if (!done) {
            settled = null;
        } else if (settled == null) {
            settled = elapsed();
        }
    }

    private boolean over() {
        Duration now = elapsed();
        if (now.compareTo(options.limit()) >= 0) {
            return true;
        }
        if (settled == null) {
            return false;
        }
        Duration since = now.minus(settled);
        return since.compareTo(CLOSING) >= 0 || (since.compareTo(QUIET) >= 0 && closed(book.heard()));
    }

    private boolean closed(Heard heard) {
        return faults.stream()
                .filter(fault -> fault.fault().curable())
                .allMatch(fault -> heard.incidents().values().stream()
                        .filter(incident -> Subjects.isAbout(incident, fault))
                        .map(Incident::phase)
                        .allMatch(phase -> phase == Phase.RECOVERED));
    }

    private Scene scene(Heard heard) {
        return new Scene(
                story, options.factor(), elapsed(), Clock.systemUTC().instant(), stage(), faults, sprung, ends, heard);
    }

    private String stage() {
        if (curtain == null) {
            return "The ring starts and looks at all hosts for the first time.";
        }
        if (settled != null) {
            return "Every fault is recovered or explained; the incidents are closed when their guests have stayed"
                    + " well.";
        }
        return waiting.isEmpty()
                ? "All that was to go wrong has gone wrong; Paramedic is at work."
                : "Things go wrong, and others only look as if they did.";
    }

    /** As things stand. */
    DemoReport report() {
        return Reckoning.report(story, options.factor(), elapsed(), faults, world.accounts(), book.heard(), readOnly);
    }
}
