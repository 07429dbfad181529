package io.paramedic.analyzer.diagnosis;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals.XapiRecord;
import java.util.Optional;
import java.util.regex.Pattern;

/** What must not be touched: not a guest, somebody's intention, or an operation under way. */
final class HandsOffRules {
    /** The two halves of a migration by xenopsd since 2018 (toolstack facts §5.5). */
    private static final Pattern MIGRATION_TWIN = Pattern.compile(".{24}00000000000[01]");

    private HandsOffRules() {}

    static Optional<Finding> controlDomain(DomainObservation domain, HostContext host) {
        XapiRecord record = domain.signals().record();
        if (domain.domid() != 0 && (record == null || !record.controlDomain())) {
            return Optional.empty();
        }
        return FindingBuilder.of(Verdict.CONTROL_DOMAIN)
                .evidence(
                        domain.domid() == 0
                                ? "domid 0 is the host's own control domain"
                                : "the XAPI record says is-control-domain")
                .harmful("any power action on it")
                .because("toolstack facts §8 row 38");
    }

    static Optional<Finding> stubDomain(DomainObservation domain, HostContext host) {
        String name = domain.name();
        boolean alive = Seen.running(domain) || domain.condition() instanceof Condition.Paused;
        if (!alive
                || name == null
                || !name.endsWith("-dm")
                || !host.names().contains(name.substring(0, name.length() - 3))) {
            return Optional.empty();
        }
        return FindingBuilder.of(Verdict.CONTROL_DOMAIN)
                .evidence("its name ends in -dm and the guest of that name runs here: it is that guest's device model")
                .harmful("destroying it: that kills the guest's device model")
                .because("toolstack facts §8 row 39");
    }

    static Optional<Finding> gone(DomainObservation domain, HostContext host) {
        if (!(domain.condition() instanceof Condition.Gone)) {
            return Optional.empty();
        }
        return FindingBuilder.of(Verdict.IN_FLIGHT)
                .evidence(
                        "it was there in the first sample and not in the last: it ended, reboots or migrates just now")
                .advice("look again")
                .because("toolstack facts §8 rows 17 and 32");
    }

    static Optional<Finding> migrationHalf(DomainObservation domain, HostContext host) {
        boolean byName = byName(domain);
        boolean byHandle = host.xapi() && byHandle(domain);
        if (!byName && !byHandle) {
            return Optional.empty();
        }
        return FindingBuilder.of(Verdict.IN_FLIGHT)
                .evidence(
                        byName
                                ? "its name '" + domain.name() + "' is that of one half of a migration"
                                : "its handle " + domain.handle() + " is that of one half of a migration",
                        Seen.flags(domain))
                .advice("wait for the migration to end; if it never does, check both hosts before anything else")
                .harmful("destroying or resuming either half")
                .because("toolstack facts §5.5, §8 rows 18 and 19");
    }

    static boolean isMigrationHalf(DomainObservation domain) {
        return byName(domain) || byHandle(domain);
    }

    private static boolean byName(DomainObservation domain) {
        String name = domain.name();
        return name != null && (name.endsWith("--incoming") || name.endsWith("--migratedaway"));
    }

    private static boolean byHandle(DomainObservation domain) {
        return MIGRATION_TWIN.matcher(domain.handle().toString()).matches();
    }

    static Optional<Finding> operationInFlight(DomainObservation domain, HostContext host) {
        XapiRecord record = domain.signals().record();
        if (record == null || record.currentOperations().isEmpty()) {
            return Optional.empty();
        }
        return FindingBuilder.of(Verdict.IN_FLIGHT)
                .evidence(
                        "XAPI is at work on it: current-operations is '" + record.currentOperations() + "'",
                        Seen.flags(domain))
                .advice(
                        "wait for the task to end: xe task-list",
                        "if it makes no progress for minutes: xe task-cancel uuid=TASK and wait again",
                        Advice.TOOLSTACK_RESTART)
                .harmful(
                        "xe vm-reset-powerstate to get rid of the lock: it changes only the database",
                        Advice.TOOLSTACK_RESTART_HARM)
                .because("toolstack facts §8 rows 28, 30 and 31");
    }

    static Optional<Finding> paused(DomainObservation domain, HostContext host) {
        if (!(domain.condition() instanceof Condition.Paused)) {
            return Optional.empty();
        }
        FindingBuilder finding = FindingBuilder.of(Verdict.PAUSED).evidence(Seen.flags(domain), Seen.memory(domain));
        if (domain.name() == null) {
            finding.evidence(
                    "its name is lost or could not be read, and so is what would tell a half-destroyed domain from a"
                            + " guest that somebody paused");
        }
        return finding.advice("ask whoever paused it; pauses are counted, so two need two unpauses")
                .harmful("unpausing what somebody paused, or resetting its power state: it passes the guard of XAPI")
                .because("toolstack facts §8 rows 11 and 12, lab facts 10");
    }
}
