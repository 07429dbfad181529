package io.paramedic.analyzer.diagnosis;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.ShutdownReason;
import java.util.Optional;

/** Domains whose guest has stopped while the domain is still there. */
final class StoppedRules {
    private StoppedRules() {}

    static Optional<Finding> suspended(DomainObservation domain, HostContext host) {
        if (!(domain.condition() instanceof Condition.ShutDown stopped) || stopped.reason() != ShutdownReason.SUSPEND) {
            return Optional.empty();
        }
        return FindingBuilder.of(Verdict.IN_FLIGHT)
                .evidence(
                        "it is suspended and kept in memory: the tail of a migration, or a checkpoint",
                        Seen.flags(domain))
                .advice("wait for that operation to end")
                .harmful("destroying it: the other half may not have come up")
                .because("toolstack facts §8 row 14");
    }

    /** A shutdown seen by part of the samples only is one that the toolstack is handling now. */
    static Optional<Finding> changing(DomainObservation domain, HostContext host) {
        boolean stopped = domain.condition() instanceof Condition.ShutDown;
        boolean always = domain.flags().size() >= 2
                && domain.flags().stream().map(String::toLowerCase).allMatch(f -> f.indexOf('s') >= 0);
        if (!stopped || always) {
            return Optional.empty();
        }
        return FindingBuilder.of(Verdict.IN_FLIGHT)
                .evidence("it stopped during this look", Seen.flags(domain))
                .advice("look again in a minute: the toolstack acts on a shutdown within seconds")
                .because("toolstack facts §2.3 and §5.2");
    }

    static Optional<Finding> crashed(DomainObservation domain, HostContext host) {
        if (!(domain.condition() instanceof Condition.ShutDown stopped)) {
            return Optional.empty();
        }
        boolean watchdog = stopped.reason() == ShutdownReason.WATCHDOG;
        if (stopped.reason() != ShutdownReason.CRASH && !watchdog) {
            return Optional.empty();
        }
        FindingBuilder finding = FindingBuilder.of(Verdict.CRASHED)
                .evidence(
                        watchdog
                                ? "the guest's own watchdog stopped it (shutdown code 4)"
                                : "the guest's kernel crashed (shutdown code 3) and its domain was kept",
                        Seen.flags(domain));
        if (host.xapi()) {
            return finding.advice(
                            "if a dump is wanted: xl dump-core " + domain.domid() + " FILE",
                            "then xe vm-reboot uuid=" + domain.handle() + " force=true")
                    .harmful("unpausing it: a crashed guest does not go on")
                    .because("toolstack facts §8 row 8");
        }
        reaper(domain, finding);
        return finding.advice(
                        "if a dump is wanted: xl dump-core " + domain.domid() + " FILE",
                        "then xl destroy " + domain.domid() + " and xl create with its configuration")
                .harmful("xl shutdown or xl reboot: they block for a minute and fail (lab facts 4)")
                .because("toolstack facts §8 row 9");
    }

    static Optional<Finding> notReaped(DomainObservation domain, HostContext host) {
        if (!(domain.condition() instanceof Condition.ShutDown stopped)) {
            return Optional.empty();
        }
        boolean reboot = stopped.reason() == ShutdownReason.REBOOT;
        FindingBuilder finding = FindingBuilder.of(Verdict.NOT_REAPED)
                .evidence(
                        reboot
                                ? "the guest asked for a reboot and nobody acted on it"
                                : "the guest has ended ("
                                        + stopped.reason().name().toLowerCase(java.util.Locale.ROOT)
                                        + ") and nobody removed its domain",
                        Seen.flags(domain));
        if (host.xapi()) {
            return finding.advice("xe task-list: see whether an operation on it hangs; if none, xe-toolstack-restart")
                    .harmful("NMI or sysrq: the guest is not running")
                    .because("toolstack facts §8 row 10, §5.2");
        }
        reaper(domain, finding);
        return finding.advice(
                        "xl destroy " + domain.domid() + (reboot ? ", then xl create with its configuration" : ""))
                .harmful("NMI, sysrq or xl shutdown: the guest is not running")
                .because("toolstack facts §2.3, §8 row 10; lab facts 10");
    }

    private static void reaper(DomainObservation domain, FindingBuilder finding) {
        Boolean running = domain.signals().reaperRunning();
        if (Boolean.TRUE.equals(running)) {
            finding.evidence("the 'xl create' process of a configuration with its name still runs and may be at work on"
                            + " it")
                    .advice("see first whether that process is still at work, for example dumping core");
        } else if (Boolean.FALSE.equals(running)) {
            finding.evidence("no 'xl create' process that would act on it runs any more");
        }
    }
}
