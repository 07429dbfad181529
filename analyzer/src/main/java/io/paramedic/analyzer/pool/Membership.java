package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.Care;
import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.incidents.Stage;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.schemas.event.PoolEvent.HostListed;
import io.paramedic.schemas.event.PoolEvent.HostUnlisted;
import io.paramedic.schemas.event.PoolEvent.PolicyChanged;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.journal.Decision;

/** Which hosts belong to the pool, and which policy holds in it. */
final class Membership {
    private Membership() {}

    static void listed(Turn turn, HostListed event) {
        HostState known = turn.host(event.host().host());
        HostState host = known == null ? HostState.unheard(event.host().host()) : known;
        if (!event.host().equals(host.listed())) {
            turn.put(host.listedAs(event.host()));
        }
        turn.hostsDue.add(host.host());
    }

    /** What is known of it no longer counts; but what nobody could settle there stays unsettled. */
    static void unlisted(Turn turn, HostUnlisted event) {
        HostState before = turn.host(event.host());
        turn.forgetHost(event.host());
        if (before != null && before.block() != null) {
            turn.put(HostState.unheard(event.host()).blockedBy(before.block()));
        }
        turn.leave(new Effect.HideHost(event.host()));
        turn.open().stream().filter(incident -> incident.onHost(event.host())).forEach(incident -> {
            if (incident.shown().subject() instanceof Subject.Host && turn.live()) {
                Showing.close(turn, incident, "its host left the pool");
            } else {
                turn.incidentsDue.add(incident.id());
            }
        });
    }

    static void policy(Turn turn, PolicyChanged event) {
        switch (turn.reader.read(event.document())) {
            case PolicyReader.Read.Refused refused ->
                turn.note(
                        new Decision.PolicyTaken(event.revision(), event.sha256()),
                        "refused, and the policy before still holds: " + Showing.cut(refused.why()));
            case PolicyReader.Read.Taken taken -> {
                turn.put(new PolicyHeld(event.revision(), taken.policy()));
                turn.note(
                        new Decision.PolicyTaken(event.revision(), event.sha256()),
                        "set by " + event.by() + (event.why().isBlank() ? "" : ": " + event.why()));
                turn.hosts().forEach(host -> {
                    turn.put(host.toBeShown());
                    turn.undiagnosed.add(host.host());
                });
                turn.open().forEach(incident -> anew(turn, incident));
            }
        }
    }

    /** Under another policy an incident that was given up may have a rung left. */
    private static void anew(Turn turn, IncidentState incident) {
        Care care = incident.care();
        if (care.stage() == Stage.EXHAUSTED && care.start() == null) {
            Showing.put(
                    turn,
                    Showing.phase(
                            incident.with(care.ended(Stage.WATCHING, care.after(), turn.now(), null)),
                            Phase.CONFIRMED,
                            "it is derived anew under another policy",
                            null));
        }
        turn.incidentsDue.add(incident.id());
    }
}
