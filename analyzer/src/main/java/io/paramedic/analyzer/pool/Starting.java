package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.Care;
import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.incidents.Stage;
import io.paramedic.analyzer.policy.Policy.Rung;
import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.identity.HostBoot;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.incident.Check;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.observation.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Starts a VM whose only domain we have ended, on the host where it was. It is down because of us, so this is tried for as long
 * as it takes, and told loudly while it cannot be done.
 */
final class Starting {
    private static final Duration VERIFY = Duration.ofMinutes(5);

    private Starting() {}

    static void review(Turn turn, IncidentState incident, HostState host, Incarnation incarnation) {
        Care care = incident.care();
        VmId vm = incident.vm();
        Rung rung = care.rung();
        if (vm == null || rung == null || care.start() == null) {
            Escalation.exhausted(turn, incident, "what its start needs is not known: a person must start it");
            return;
        }
        if (!Fleet.reliable(turn, host) || !Escalation.counts(care, host)) {
            loud(turn, incident, new Check("host trusted", false, why(turn, host)));
            return;
        }
        List<DomainState> lives = Fleet.others(turn, vm, incarnation);
        if (lives.size() == 1 && lives.getFirst().watched().observation().condition() instanceof Condition.Running) {
            Instant until = turn.now().plus(VERIFY);
            IncidentState risen = incident.with(care.ended(Stage.VERIFYING, care.after(), turn.now(), until));
            Showing.put(
                    turn,
                    Showing.phase(risen, Phase.VERIFYING, "its VM runs again without a start of ours", until)
                            .wakingAt(until));
            return;
        }
        if (Fleet.find(turn, incarnation) != null) {
            loud(turn, incident, new Check("one copy", false, "the domain that was ended is still seen"));
            return;
        }
        HostTime time = Objects.requireNonNull(host.pulse().time(), "a reliable host was seen");
        Step step = new Step.StartVm(
                new HostBoot(host.host(), time.bootId()),
                vm,
                care.start().configuration(),
                care.start().traces(),
                List.of(host.host()),
                List.of());
        Ordering.Wish wish = new Ordering.Wish(
                step, rung, care.start(), care.expects(), "start the VM again, whose domain was ended by us");
        Ordering.take(
                turn, incident, host, wish, Situations.of(turn, incident, host, incarnation, null, rung, step, true));
    }

    private static String why(Turn turn, HostState host) {
        return Fleet.reliable(turn, host) ? "no sample has come in since the domain was ended" : Fleet.why(turn, host);
    }

    private static void loud(Turn turn, IncidentState incident, Check guard) {
        Care care = incident.care();
        IncidentState now = incident;
        // What every start waits for at first, the next sample, is no decision worth a line.
        if (care.asOf() == null
                || turn.since(care.asOf()).compareTo(turn.policy().patience().evidence()) > 0) {
            now = Ordering.withheld(turn, incident, null, guard, List.of(guard));
        }
        Showing.put(
                turn,
                Showing.phase(
                        Showing.guarded(now, List.of(guard)),
                        Phase.VERIFYING,
                        "its VM is down because of a step of ours, and its start waits: " + guard.why(),
                        null));
    }
}
