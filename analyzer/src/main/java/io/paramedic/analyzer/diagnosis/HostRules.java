package io.paramedic.analyzer.diagnosis;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.HostObservation;
import io.paramedic.schemas.observation.HostObservation.Answer.How;
import io.paramedic.schemas.observation.HostObservation.Daemon;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Findings about a host as a whole. A fault that several guests share is the host's, never theirs one by one. */
final class HostRules {
    /** Guests that show the same symptom at once on one host point to a common cause (toolstack facts §5.3). */
    private static final int COMMON_CAUSE = 3;

    private static final double OVERLOADED = 50;
    private static final Duration SLOW = Duration.ofSeconds(5);

    private HostRules() {}

    static List<Finding> judge(HostObservation host, HostContext context) {
        return Stream.of(
                        xenstore(host),
                        toolstack(host),
                        namesLost(host, context),
                        daemons(host),
                        stuckTogether(host),
                        overloaded(host))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Finding> xenstore(HostObservation host) {
        How how = host.facts().xenstore().how();
        if (how == How.ANSWERED || how == How.NOT_ASKED) {
            return Optional.empty();
        }
        String state = daemonState(host, "xenstored");
        boolean known = knows(host, "xenstored");
        FindingBuilder finding = FindingBuilder.of(Verdict.XENSTORE_DEAD)
                .evidence(
                        how == How.HUNG
                                ? "xenstored did not answer within "
                                        + Seen.seconds(host.facts().xenstore().took())
                                : "reading xenstore failed");
        if (known) {
            finding.evidence(state == null ? "no xenstored process runs in dom0" : "its process is in state " + state);
        }
        if (state != null && state.startsWith("T")) {
            finding.advice("it is stopped, not dead: send SIGCONT to the xenstored process; all goes on from there");
        } else if (state == null && known) {
            finding.advice("guests go on running without control: shut them down from inside, then reboot this host");
        } else {
            finding.advice("find out what xenstored waits for (its process state, dom0's dmesg) before anything else");
        }
        return finding.harmful(
                        "restarting xenstored: it cannot be restarted, every guest loses its name and its devices",
                        "taking a tool that hangs for a guest that hangs")
                .because("toolstack facts §4, §8 row 29; lab facts 5");
    }

    private static Optional<Finding> toolstack(HostObservation host) {
        HostObservation.Answer answer = host.facts().toolstackAnswer();
        if (answer.how() == How.ANSWERED && answer.took().compareTo(SLOW) < 0 || answer.how() == How.NOT_ASKED) {
            return Optional.empty();
        }
        String what = switch (answer.how()) {
            case HUNG -> "the tool that lists domains did not end within " + Seen.seconds(answer.took());
            case FAILED -> "the tool that lists domains failed";
            case ANSWERED -> "the tool that lists domains took " + Seen.seconds(answer.took());
            case NOT_ASKED -> "the tool that lists domains was not asked";
        };
        boolean slow = answer.how() == How.ANSWERED;
        return FindingBuilder.of(slow ? Verdict.HOST_OVERLOADED : Verdict.TOOLSTACK_HUNG)
                .evidence(what)
                .advice(
                        slow
                                ? "look at dom0: load, processes in state D, memory"
                                : host.facts().xenstore().how() == How.HUNG
                                        ? "mend xenstored first: xl waits for it"
                                        : "look for another tool that holds a lock: ps in dom0")
                .harmful("concluding that guests are down, or acting on them while the tools do not answer")
                .because("toolstack facts §8 rows 26 to 29 and 45; lab facts 5");
    }

    private static Optional<Finding> namesLost(HostObservation host, HostContext context) {
        if (!context.namesLost()) {
            return Optional.empty();
        }
        long nameless = host.domains().stream()
                .filter(d -> d.name() == null && d.condition() instanceof Condition.Running)
                .count();
        return FindingBuilder.of(Verdict.NAMES_LOST)
                .evidence(nameless + (nameless == 1 ? " running guest has" : " running guests have")
                        + " no name in xenstore, as after xenstored was restarted")
                .advice("guests go on running; plan to shut them down from inside and to reboot this host")
                .harmful("taking '(null)' for a zombie: sweeping those would kill running guests")
                .because("lab facts 2");
    }

    private static Optional<Finding> daemons(HostObservation host) {
        List<String> wrong = host.facts().daemons().stream()
                .filter(d -> !d.name().equals("xenstored"))
                .map(HostRules::complaint)
                .filter(Objects::nonNull)
                .toList();
        if (wrong.isEmpty()) {
            return Optional.empty();
        }
        return FindingBuilder.of(Verdict.DAEMON_MISSING)
                .evidence(wrong)
                .advice("start a missing one, send SIGCONT to a stopped one")
                .harmful("destroying guests while xenconsoled is stopped: each becomes a zombie")
                .because("toolstack facts §4; lab facts 6");
    }

    private static @Nullable String complaint(Daemon daemon) {
        if (daemon.state() == null) {
            return "no " + daemon.name() + " process runs in dom0";
        }
        return daemon.state().startsWith("T") || daemon.state().startsWith("Z")
                ? daemon.name() + " is in state " + daemon.state() + " and does nothing"
                : null;
    }

    private static Optional<Finding> stuckTogether(HostObservation host) {
        List<DomainObservation> stuck = host.domains().stream()
                .filter(d -> Seen.activityIs(d, Activity.STUCK_IN_XEN))
                .toList();
        if (stuck.size() < COMMON_CAUSE) {
            return Optional.empty();
        }
        boolean credit2 = "credit2".equals(host.facts().scheduler());
        boolean blocked = stuck.stream().anyMatch(HostRules::deviceModelBlocked);
        return FindingBuilder.of(blocked ? Verdict.STORAGE_STALL_SUSPECTED : Verdict.SCHEDULER_STALL_SUSPECTED)
                .evidence(stuck.size() + " guests of this host wait inside Xen at once: "
                        + stuck.stream().map(d -> "domid " + d.domid()).toList())
                .advice(
                        blocked
                                ? "look at the storage of this host first"
                                : credit2
                                        ? "credit2 has had such stalls: if storage is well, migrate guests away and"
                                                + " boot Xen with sched=credit"
                                        : "look at the storage and the load of this host first")
                .harmful("killing guest after guest: they share one cause")
                .because("toolstack facts §5.3, §7, §8 rows 6, 7 and 40");
    }

    private static boolean deviceModelBlocked(DomainObservation domain) {
        var model = domain.signals().deviceModel();
        return model != null && model.blocked();
    }

    private static Optional<Finding> overloaded(HostObservation host) {
        Double load = host.facts().load();
        if (load == null || load < OVERLOADED) {
            return Optional.empty();
        }
        return FindingBuilder.of(Verdict.HOST_OVERLOADED)
                .evidence("dom0's load average is " + load)
                .advice("look for processes in state D in dom0: storage, then memory")
                .harmful("acting on guests while dom0 itself is slow: their time-outs are its time-outs")
                .because("toolstack facts §8 row 45");
    }

    private static boolean knows(HostObservation host, String daemon) {
        return host.facts().daemons().stream().anyMatch(d -> d.name().equals(daemon));
    }

    private static @Nullable String daemonState(HostObservation host, String daemon) {
        return host.facts().daemons().stream()
                .filter(d -> d.name().equals(daemon))
                .findFirst()
                .map(Daemon::state)
                .orElse(null);
    }
}
