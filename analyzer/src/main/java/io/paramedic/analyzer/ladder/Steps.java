package io.paramedic.analyzer.ladder;

import io.paramedic.analyzer.policy.Policy.Rung;
import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.command.Target;
import io.paramedic.schemas.command.Target.State;
import io.paramedic.schemas.command.Traces;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import io.paramedic.schemas.observation.ShutdownReason;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps of which rungs are made. */
public final class Steps {
    private Steps() {}

    /** Whether the VM is down after the rung's first step until we start it. What powered itself off is not started again. */
    public static boolean startFollows(Rung rung, DomainState domain) {
        return switch (rung) {
            case CLEAN_REBOOT, HARD_REBOOT -> false;
            case DESTROY_AND_START -> true;
            case REAP ->
                domain.watched().observation().condition() instanceof Condition.ShutDown stopped
                        && stopped.reason() == ShutdownReason.REBOOT;
        };
    }

    /** What the rung begins with. */
    public static Step first(Rung rung, DomainState domain, boolean startFollows) {
        Target target = target(domain);
        return switch (rung) {
            case CLEAN_REBOOT -> new Step.RebootCleanly(target);
            case HARD_REBOOT -> new Step.RebootHard(target);
            case DESTROY_AND_START -> new Step.DestroyDomain(target, startFollows ? configuration(domain) : null);
            case REAP -> new Step.ReapDomain(target);
        };
    }

    /** The domain, and the states in which it is meant. */
    public static Target target(DomainState domain) {
        return new Target(
                domain.incarnation(),
                domain.vm(),
                states(domain.watched().observation().condition()));
    }

    private static List<State> states(Condition condition) {
        return switch (condition) {
            case Condition.Running _ -> List.of(State.RUNNING);
            case Condition.Paused _ -> List.of(State.PAUSED);
            case Condition.ShutDown stopped ->
                stopped.paused() ? List.of(State.SHUT_DOWN, State.PAUSED) : List.of(State.SHUT_DOWN);
            case Condition.Dying _, Condition.Gone _ -> List.of(State.DYING);
        };
    }

    /** From which file it can be started; absent where none is known. */
    public static Step.@Nullable Configuration configuration(DomainState domain) {
        DomainSignals.Configuration known =
                domain.watched().observation().signals().configuration();
        return known == null ? null : new Step.Configuration(known.path(), known.sha256());
    }

    /** Whether a start that follows has what it needs. XAPI keeps the configuration itself. */
    public static boolean startable(DomainState domain, Toolstack toolstack) {
        return domain.vm() != null
                && switch (toolstack) {
                    case XL -> domain.watched().observation().signals().configuration() != null;
                    case XAPI -> true;
                    case UNKNOWN -> false;
                };
    }

    /** By what a copy of its VM would be recognised. */
    public static Traces traces(DomainState domain) {
        DomainObservation seen = domain.watched().observation();
        DomainSignals.Configuration known = seen.signals().configuration();
        List<String> names = Stream.concat(
                        Stream.ofNullable(seen.name()), known == null ? Stream.empty() : Stream.of(known.name()))
                .distinct()
                .toList();
        return new Traces(List.of(domain.incarnation()), names, known == null ? List.of() : known.disks());
    }
}
