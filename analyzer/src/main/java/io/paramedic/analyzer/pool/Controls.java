package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.Care;
import io.paramedic.analyzer.incidents.HeldControl;
import io.paramedic.analyzer.incidents.HeldControl.Kind;
import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.incidents.Stage;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.event.HoldTold;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Proposal;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.lease.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes what people order. Each order counts once, and every one is journalled, also the one that comes too late. */
final class Controls {
    private static final Duration KEPT = Duration.ofDays(1);

    private Controls() {}

    static void take(Turn turn, Control control) {
        if (turn.control(control.id()) != null) {
            turn.note(new Decision.ControlTaken(control, false), "it was taken before");
            return;
        }
        prune(turn);
        String missed = switch (control) {
            case Control.Pause pause -> hold(turn, pause, Kind.PAUSE, pause.until());
            case Control.TakeHold hold -> hold(turn, hold, Kind.HOLD, hold.until());
            case Control.Resume resume -> resume(turn, resume);
            case Control.ReleaseHold release -> release(turn, release);
            case Control.Unblock unblock -> unblock(turn, unblock);
            case Control.Approve approve -> approve(turn, approve);
            case Control.Reject reject -> reject(turn, reject);
        };
        turn.note(
                new Decision.ControlTaken(control, missed == null),
                missed == null ? "ordered by " + control.by() : missed);
        if (turn.control(control.id()) == null) {
            turn.put(new HeldControl(
                    control.id(), Kind.OVER, null, control.by(), control.why(), null, turn.now(), List.of()));
        }
        turn.open().stream().map(IncidentState::id).forEach(turn.incidentsDue::add);
        turn.hosts().forEach(host -> turn.put(host.toBeShown()));
    }

    private static void prune(Turn turn) {
        turn.controls().stream()
                .filter(held ->
                        !held.inForce(turn.now()) && turn.since(held.taken()).compareTo(KEPT) > 0)
                .map(HeldControl::id)
                .toList()
                .forEach(turn::forgetControl);
    }

    private static @Nullable String hold(Turn turn, Control.OfScope order, Kind kind, @Nullable Instant until) {
        if (until != null && !turn.now().isBefore(until)) {
            return "its time was over before it was taken";
        }
        turn.put(new HeldControl(
                order.id(), kind, order.scope(), order.by(), order.why(), until, turn.now(), List.of()));
        return null;
    }

    private static @Nullable String resume(Turn turn, Control.Resume resume) {
        List<HeldControl> paused = turn.controls().stream()
                .filter(held -> held.kind() == Kind.PAUSE && resume.scope().equals(held.scope()))
                .toList();
        paused.forEach(held -> turn.put(held.over()));
        return paused.isEmpty() ? "nothing of exactly this scope is paused" : null;
    }

    private static @Nullable String release(Turn turn, Control.ReleaseHold release) {
        HeldControl held = turn.control(release.hold());
        if (held == null || held.kind() != Kind.HOLD) {
            return "no such hold is in force";
        }
        turn.put(held.over());
        return null;
    }

    private static @Nullable String unblock(Turn turn, Control.Unblock unblock) {
        boolean changed = false;
        for (HostState host : List.copyOf(turn.hosts())) {
            if (host.block() != null && covers(turn, unblock.scope(), host.host())) {
                if (host.left()) {
                    turn.forgetHost(host.host());
                } else {
                    turn.put(host.blockedBy(null));
                }
                changed = true;
            }
        }
        for (IncidentState incident : turn.open()) {
            boolean waits =
                    incident.care().stage() == Stage.BLOCKED || incident.care().stage() == Stage.EXHAUSTED;
            if (waits && concerns(turn, unblock.scope(), incident)) {
                Care care = incident.care();
                Stage next = care.start() != null && doneWithout(incident) ? Stage.START_DUE : Stage.WATCHING;
                Showing.put(
                        turn,
                        Showing.phase(
                                incident.with(care.ended(next, care.after(), turn.now(), null)),
                                next == Stage.START_DUE ? Phase.VERIFYING : Phase.CONFIRMED,
                                "it is derived anew from later samples",
                                null));
                changed = true;
            }
        }
        return changed ? null : "nothing in this scope waits for a person";
    }

    /** Whether our own destroy was done and only the start came to nothing. */
    private static boolean doneWithout(IncidentState incident) {
        return incident.shown().attempts().stream().anyMatch(attempt -> {
            var outcome = attempt.outcome();
            boolean ends = attempt.command().step() instanceof Step.DestroyDomain
                    || attempt.command().step() instanceof Step.ReapDomain;
            return ends && outcome != null && outcome.outcome() instanceof Outcome.Done;
        });
    }

    private static boolean covers(Turn turn, Scope scope, String host) {
        return scope.overlaps(new Scope.Host(turn.pool(), host));
    }

    private static boolean concerns(Turn turn, Scope scope, IncidentState incident) {
        var incarnation = incident.incarnation();
        return incarnation != null && scope.overlaps(Situations.scope(turn, incarnation.host(), incident.vm()));
    }

    private static @Nullable String approve(Turn turn, Control.Approve approve) {
        IncidentState incident = waiting(turn, approve.incident(), approve.proposal());
        if (incident == null) {
            return "that proposal does not stand any more";
        }
        turn.put(incident.with(incident.care().approved(approve.proposal())));
        return null;
    }

    private static @Nullable String reject(Turn turn, Control.Reject reject) {
        IncidentState incident = waiting(turn, reject.incident(), reject.proposal());
        if (incident == null) {
            return "that proposal does not stand any more";
        }
        Proposal proposal = incident.shown().proposal();
        String kind = proposal == null ? "" : proposal.step().getClass().getSimpleName();
        Showing.put(
                turn,
                Showing.phase(
                        Showing.proposed(incident.with(incident.care().rejected(kind)), null),
                        Phase.CONFIRMED,
                        reject.by() + " said no to the step",
                        null));
        return null;
    }

    private static @Nullable IncidentState waiting(Turn turn, String id, UUID proposal) {
        IncidentState incident = turn.incident(id);
        if (incident == null || !incident.open()) {
            return null;
        }
        Proposal standing = incident.shown().proposal();
        return standing != null && standing.id().equals(proposal) && !turn.now().isAfter(standing.until())
                ? incident
                : null;
    }

    static void told(Turn turn, HoldTold told) {
        HeldControl held = turn.control(told.hold());
        if (held == null || held.told().contains(told.host()) == told.idle()) {
            return;
        }
        List<String> hosts = new ArrayList<>(held.told());
        if (told.idle()) {
            hosts.add(told.host());
        } else {
            hosts.remove(told.host());
        }
        turn.put(held.toldTo(hosts));
        HostState host = turn.host(told.host());
        if (host != null) {
            turn.put(host.toBeShown());
        }
    }
}
