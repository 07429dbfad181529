package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.schemas.event.PoolEvent.Tick;
import io.paramedic.schemas.journal.Decision;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether the analyzer reads the log as it grows, told from the log alone: its own ticks come back to it. A backlog, a pause of
 * the process or a clock that jumps makes it behind until they do again.
 */
final class Liveness {
    private static final long MOST_UNREAD = 2;
    private static final Duration FRESH = Duration.ofSeconds(2);

    private Liveness() {}

    static void update(Turn turn) {
        if (turn.input.event() instanceof Tick tick && tick.analyzer().equals(turn.input.run())) {
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

    private static boolean live(Turn turn) {
        Head head = turn.head();
        Instant tick = head.tick();
        return turn.input.run().equals(head.run())
                && head.close()
                && tick != null
                && !turn.now().isAfter(tick.plus(FRESH));
    }
}
