package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.guards.Situation;
import io.paramedic.analyzer.incidents.CommandState;
import io.paramedic.analyzer.incidents.CommandState.Standing;
import io.paramedic.analyzer.incidents.HeldControl;
import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.incidents.Spent;
import io.paramedic.analyzer.ladder.Steps;
import io.paramedic.analyzer.policy.Policy.Rung;
import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.analyzer.sightings.Word;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.incident.Proposal;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals.XapiRecord;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gathers what the guards look at. */
final class Situations {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private Situations() {}

    /**
     * Before a step on a domain, or before the start of a VM that is down because of us.
     *
     * @param domain that the step touches; absent before a start
     */
    static Situation of(
            Turn turn,
            IncidentState incident,
            HostState host,
            Incarnation incarnation,
            @Nullable DomainState domain,
            Rung rung,
            Step step,
            boolean startFollows) {
        VmId vm = incident.vm();
        Scope scope = scope(turn, host.host(), vm);
        Word word = host.word();
        Toolstack toolstack = toolstack(host);
        return new Situation(
                turn.policy(),
                rung,
                domain == null,
                turn.live(),
                host.listed() != null,
                Fleet.reliable(turn, host),
                Fleet.why(turn, host),
                host.block() != null,
                word == null ? null : word.facts().enabled(),
                host.health().findings().stream()
                        .map(trouble -> trouble.finding().verdict().name())
                        .toList(),
                host.pulse().uptime(),
                turn.controls().stream()
                        .filter(control -> control.covers(scope, turn.now()))
                        .map(HeldControl::sentence)
                        .toList(),
                names(incident, domain),
                domain == null
                        ? Duration.ZERO
                        : host.pulse().uptime().minus(domain.vitals().firstSeen()),
                Duration.between(Objects.requireNonNullElse(turn.head().up(), turn.now()), turn.now()),
                turn.since(host.pulse().heard()),
                domain == null ? null : operation(incident, domain, toolstack),
                commandOut(turn, host.host(), vm),
                underWay(turn, incident, host.host()),
                underWay(turn, incident, null),
                (int) spent(turn, HOUR).stream()
                        .filter(one -> one.host().equals(host.host()))
                        .count(),
                spent(turn, HOUR).size(),
                resets(turn, incident, vm),
                Fleet.vms(turn),
                Fleet.vmsWell(turn),
                incident.shown().cause(),
                Fleet.others(turn, vm, incarnation).stream()
                        .map(other -> other.host() + " domid " + other.domid())
                        .toList(),
                vm != null,
                startFollows,
                startable(incident, domain, toolstack),
                toolstack == Toolstack.XAPI && domain != null ? agrees(host, domain) : null,
                approved(turn, incident, step) || (domain == null && Ordering.approval(incident, step) != null),
                incident.care().rejected().contains(step.getClass().getSimpleName()));
    }

    /** A yes counts for that very step, and only while its proposal stands. */
    private static boolean approved(Turn turn, IncidentState incident, Step step) {
        Proposal proposal = incident.shown().proposal();
        return proposal != null
                && proposal.id().equals(incident.care().approved())
                && proposal.step().equals(step)
                && !turn.now().isAfter(proposal.until());
    }

    static Toolstack toolstack(HostState host) {
        Word word = host.word();
        return word == null ? Toolstack.UNKNOWN : word.facts().toolstack();
    }

    static Scope scope(Turn turn, String host, @Nullable VmId vm) {
        return vm == null ? new Scope.Host(turn.pool(), host) : new Scope.Vm(turn.pool(), host, vm);
    }

    private static boolean startable(IncidentState incident, @Nullable DomainState domain, Toolstack toolstack) {
        if (domain != null) {
            return Steps.startable(domain, toolstack);
        }
        var start = incident.care().start();
        return start != null && (toolstack == Toolstack.XAPI || start.configuration() != null);
    }

    private static List<String> names(IncidentState incident, @Nullable DomainState domain) {
        List<String> names = new ArrayList<>();
        switch (incident.vm()) {
            case VmId.ByUuid(var uuid) -> names.add(uuid.toString());
            case VmId.ByName(var name) -> names.add(name);
            case null -> {}
        }
        if (incident.care().start() != null) {
            names.addAll(incident.care().start().traces().names());
        }
        if (domain != null) {
            DomainObservation seen = domain.watched().observation();
            names.add(seen.handle().toString());
            if (seen.name() != null) {
                names.add(seen.name());
            }
            if (seen.signals().record() != null) {
                names.add(seen.signals().record().nameLabel());
            }
            if (seen.signals().configuration() != null) {
                names.add(seen.signals().configuration().name());
            }
        }
        return names;
    }

    /** An operation of XAPI, or a tool of plain xl at work on it; its own background process may be dumping its core. */
    private static @Nullable String operation(IncidentState incident, DomainState domain, Toolstack toolstack) {
        DomainObservation seen = domain.watched().observation();
        String request = seen.signals().pendingRequest();
        if (request != null && !request.isEmpty() && !ours(incident, request)) {
            return "somebody asked it for '" + Showing.cut(request) + "', and it may be on its way";
        }
        XapiRecord record = seen.signals().record();
        if (record != null && !record.currentOperations().isEmpty()) {
            return record.currentOperations();
        }
        boolean stopped = seen.condition() instanceof Condition.ShutDown;
        Boolean reaper = seen.signals().reaperRunning();
        if (stopped && Boolean.TRUE.equals(reaper)) {
            return "its own background xl process still runs";
        }
        if (stopped && reaper == null && toolstack == Toolstack.XL) {
            return "whether its own background xl process still runs, perhaps to dump its core, is not known";
        }
        return seen.signals().processes().stream()
                .filter(Situations::tool)
                .map(Showing::cut)
                .findFirst()
                .orElse(null);
    }

    /** Whether a request that it has not taken yet was left by a step of this incident. */
    private static boolean ours(IncidentState incident, String request) {
        return incident.shown().attempts().stream()
                .map(attempt -> attempt.command().step())
                .anyMatch(step -> (step instanceof Step.RebootCleanly && request.equals("reboot"))
                        || (step instanceof Step.ShutDownCleanly && request.equals("poweroff")));
    }

    private static boolean tool(String process) {
        String program = process.split(" ", 2)[0];
        String name = program.substring(program.lastIndexOf('/') + 1);
        return name.equals("xl") || name.equals("xenops-cli") || name.equals("xenops");
    }

    /** Whether XAPI would act on this very domain (toolstack facts §3.4). */
    private static boolean agrees(HostState host, DomainState domain) {
        XapiRecord record = domain.watched().observation().signals().record();
        Word word = host.word();
        return record != null
                && word != null
                && word.facts().hostUuid() != null
                && word.facts().hostUuid().equals(record.residentOn())
                && record.domid() == domain.domid()
                && (record.powerState().equals("running") || record.powerState().equals("paused"));
    }

    static boolean commandOut(Turn turn, String host, @Nullable VmId vm) {
        return turn.commands().stream()
                .filter(command -> command.standing() != Standing.OVER)
                .filter(command -> !(command.command().step() instanceof Step.Settle))
                .anyMatch(command -> concerns(command, host, vm));
    }

    private static boolean concerns(CommandState command, String host, @Nullable VmId vm) {
        return command.command().step().on().host().equals(host)
                || (command.command().scope() instanceof Scope.Vm of && of.vm().equals(vm));
    }

    private static int underWay(Turn turn, IncidentState than, @Nullable String host) {
        return (int) turn.open().stream()
                .filter(incident -> !incident.id().equals(than.id()))
                .filter(incident -> incident.care().underWay())
                .filter(incident -> host == null || incident.onHost(host))
                .count();
    }

    private static List<Spent> spent(Turn turn, Duration within) {
        Instant earliest = turn.now().minus(within);
        return turn.spent().stream().filter(one -> one.at().isAfter(earliest)).toList();
    }

    /** The steps of one incident are one reset. */
    private static int resets(Turn turn, IncidentState incident, @Nullable VmId vm) {
        return (int) spent(turn, DAY).stream()
                .filter(one -> vm != null && vm.equals(one.vm()))
                .filter(one -> !one.incident().equals(incident.id()))
                .map(Spent::incident)
                .distinct()
                .count();
    }
}
