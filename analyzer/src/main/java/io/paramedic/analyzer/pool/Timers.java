package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.CommandState;
import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.sightings.HostState;
import java.util.UUID;

/** Fires what is due, by time and then by name, and only while live: what was due while behind is late and not lost. */
final class Timers {
    private Timers() {}

    static void fire(Turn turn) {
        for (String id = turn.due(); id != null; id = turn.due()) {
            String rest = id.substring(id.indexOf('/') + 1);
            if (id.equals(PoolMemory.host(rest))) {
                host(turn, rest);
            } else if (id.equals(PoolMemory.incident(rest))) {
                incident(turn, rest);
            } else {
                command(turn, UUID.fromString(rest));
            }
        }
    }

    private static void host(Turn turn, String name) {
        HostState host = turn.host(name);
        if (host != null) {
            turn.put(host.wakingAt(null));
            turn.hostsDue.add(name);
        }
    }

    private static void incident(Turn turn, String id) {
        IncidentState incident = turn.incident(id);
        if (incident == null) {
            return;
        }
        turn.put(incident.wakingAt(null));
        if (incident.open()) {
            turn.incidentsDue.add(id);
            return;
        }
        turn.forgetIncident(id);
        turn.leave(new Effect.Hide(id));
        turn.commands().stream()
                .filter(command -> command.command().incident().equals(id))
                .map(CommandState::id)
                .toList()
                .forEach(turn::forgetCommand);
    }

    private static void command(Turn turn, UUID id) {
        CommandState command = turn.command(id);
        if (command != null) {
            turn.put(new CommandState(command.command(), command.standing(), command.settle(), null));
            Settling.due(turn, id);
        }
    }
}
