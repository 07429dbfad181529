package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.schemas.event.PoolEvent.Tick;
import io.paramedic.schemas.journal.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Whether the analyzer reads the log as it grows, told from the log alone: its own ticks come back to it. A backlog, a pause of
 * the process or a clock that jumps makes it behind until they do again.
 */
final class Liveness {
    private static final long MOST_UNREAD = 2;
    private static final Duration FRESH = Duration.ofSeconds(2);
    /** A longer time between two ticks of one run, of which one leaves each second, is a clock that jumped or a long pause. */
    private static final Duration JUMP = Duration.ofSeconds(30);

    private Liveness() {}

    static void update(Turn turn) {
        if (turn.input.event() instanceof Tick tick && tick.analyzer().equals(turn.input.run())) {
            jumped(turn, tick);
            // A run that has read none of its ticks back has shown nothing yet.
            boolean close = tick.lastRead() >= 0 && tick.number() - tick.lastRead() <= MOST_UNREAD;
            turn.put(turn.head().ticked(tick.analyzer(), turn.now(), close));
        }
        boolean live = live(turn);
        if (live == turn.live()) {
            return;
        }
        if (live) {
            turn.put(turn.head().live(turn.input.run(), turn.now()));
            turn.note(
                    new Decision.LivenessChanged(true),
                    "its own ticks come back in time; all is derived anew from samples after this moment");
            turn.hosts().forEach(host -> turn.put(host.toBeShown().wakingAt(turn.now())));
            turn.open().stream().map(IncidentState::id).forEach(turn.incidentsDue::add);
            turn.open().forEach(incident -> turn.leave(new Effect.Show(incident.shown())));
        } else {
            turn.put(turn.head().behind());
            turn.note(
                    new Decision.LivenessChanged(false),
                    "its own ticks do not come back in time; nothing is decided until they do");
        }
    }

    /** A hold of an hour is an hour of a person's time: nobody can tell how much of a jump that was, so it counts as none. */
    private static void jumped(Turn turn, Tick tick) {
        Instant before = turn.head().tick();
        if (before == null || !tick.analyzer().equals(turn.head().run())) {
            return;
        }
        Duration gap = Duration.between(before, turn.now());
        if (gap.compareTo(JUMP) > 0) {
            List.copyOf(turn.controls()).stream()
                    .filter(control -> control.inForce(before) && !control.inForce(turn.now()))
                    .forEach(control -> turn.put(control.longer(gap)));
        }
    }

    private static boolean live(Turn turn) {
        Head head = turn.head();
        Instant tick = head.tick();
        return turn.input.run().equals(head.run())
                && head.close()
                && tick != null
                && !turn.now().isAfter(tick.plus(FRESH));
    }
}
