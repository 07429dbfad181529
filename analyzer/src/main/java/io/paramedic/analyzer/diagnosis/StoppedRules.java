package io.paramedic.analyzer.diagnosis;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.ShutdownReason;
import java.util.Locale;
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

    /** What stopped a moment ago is being handled by its toolstack, and looks like what nobody handles. */
    static Optional<Finding> changing(DomainObservation domain, HostContext host) {
        boolean stopped = domain.condition() instanceof Condition.ShutDown;
        if (!stopped || (Seen.always(domain, 's') && host.watchedLong(domain))) {
            return Optional.empty();
        }
        return FindingBuilder.of(Verdict.IN_FLIGHT)
                .evidence(
                        "it has stopped, and was not watched long enough to say that nobody acts on it",
                        Seen.flags(domain))
                .advice("look again in a minute: a toolstack acts on a shutdown within seconds, unless a script or a"
                        + " dump delays it")
                .harmful("destroying or starting it while its toolstack is at work on it")
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
        toolsAtWork(domain, host, finding);
        return finding.advice(
                        "if a dump is wanted: xl dump-core " + domain.domid() + " FILE",
                        "then " + Advice.startAgain(domain, host))
                .harmful(
                        host.xapi()
                                ? "unpausing it: a crashed guest does not go on"
                                : "xl shutdown or xl reboot: they block for a minute and fail (lab facts 4)")
                .because("toolstack facts §8 rows 8 and 9");
    }

    static Optional<Finding> notReaped(DomainObservation domain, HostContext host) {
        if (!(domain.condition() instanceof Condition.ShutDown stopped)) {
            return Optional.empty();
        }
        boolean reboot = stopped.reason() == ShutdownReason.REBOOT;
        String what = reboot ? "the guest asked for a reboot" : "the guest has ended (" + word(stopped.reason()) + ")";
        if (!host.xapi() && !Boolean.FALSE.equals(domain.signals().reaperRunning())) {
            return mayBeReaped(domain, what);
        }
        FindingBuilder finding = FindingBuilder.of(Verdict.NOT_REAPED)
                .evidence(what + " and nobody acted on it in " + Seen.seconds(host.window()), Seen.flags(domain))
                .harmful("NMI, sysrq or a clean shutdown: the guest is not running");
        if (host.xapi()) {
            return finding.advice("xe task-list: see whether an operation on it hangs", Advice.TOOLSTACK_RESTART)
                    .harmful(Advice.TOOLSTACK_RESTART_HARM)
                    .because("toolstack facts §3.4, §5.2, §8 row 10");
        }
        return finding.evidence("no 'xl' process that would act on it runs any more")
                .advice(reboot ? Advice.startAgain(domain, host) : "xl destroy " + domain.domid())
                .because("toolstack facts §2.3, §8 row 10; lab facts 10");
    }

    private static Optional<Finding> mayBeReaped(DomainObservation domain, String what) {
        boolean running = Boolean.TRUE.equals(domain.signals().reaperRunning());
        return FindingBuilder.of(running ? Verdict.IN_FLIGHT : Verdict.UNDECIDED)
                .evidence(
                        what,
                        running
                                ? "its own background 'xl' process runs and acts on it, or waits for a script"
                                : "whether a toolstack still acts on it is not known",
                        Seen.flags(domain))
                .advice("look again in some minutes; the log of its process is /var/log/xen/xl-NAME.log")
                .harmful("destroying it and starting it by hand while its toolstack does the same: that makes two")
                .because("toolstack facts §2.3, §8 row 10; lab facts 9 and 10");
    }

    private static void toolsAtWork(DomainObservation domain, HostContext host, FindingBuilder finding) {
        Boolean running = domain.signals().reaperRunning();
        if (host.xapi() || Boolean.FALSE.equals(running)) {
            return;
        }
        finding.evidence(
                        Boolean.TRUE.equals(running)
                                ? "its own background 'xl' process still runs and may be dumping its core"
                                : "whether a background process still works on it is not known")
                .advice("see first that no process works on it: dumping a core takes minutes (ps,"
                        + " /var/log/xen/xl-NAME.log)");
    }

    private static String word(ShutdownReason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
