package io.paramedic.analyzer.diagnosis;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.observation.DomainObservation;
import java.util.List;
import java.util.Optional;

/** One rule about one domain: a finding if it applies, nothing if it does not. */
@FunctionalInterface
interface DomainRule {
    Optional<Finding> judge(DomainObservation domain, HostContext host);

    /**
     * The rules in the order in which they are asked; the first that applies decides. Hands-off rules stand before the
     * rules that call something sick, except where Xen itself leaves no doubt: a dead domain, a crash.
     */
    List<DomainRule> IN_ORDER = List.of(
            HandsOffRules::controlDomain,
            HandsOffRules::stubDomain,
            HandsOffRules::gone,
            DeadRules::zombie,
            DeadRules::teardown,
            HandsOffRules::migrationHalf,
            HandsOffRules::operationInFlight,
            DeadRules::duplicate,
            StoppedRules::suspended,
            StoppedRules::changing,
            StoppedRules::crashed,
            StoppedRules::notReaped,
            DeadRules::halfDestroyed,
            HandsOffRules::paused,
            RunningRules::residentElsewhere,
            RunningRules::orphan,
            RunningRules::deviceModelBlocked,
            RunningRules::deviceModelDead,
            RunningRules::heartbeatStopped,
            RunningRules::stuckInXen,
            RunningRules::requestNotTaken,
            RunningRules::namelessAmongNamed,
            RunningRules::grantTableNearlyFull,
            RunningRules::nothingWrong);
}
