package io.paramedic.analyzer.diagnosis;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.observation.Activity;
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
    private static final double OVERLOADED = 50;
    private static final Duration SLOW = Duration.ofSeconds(5);

    private HostRules() {}

    static List<Finding> judge(HostObservation host, HostContext context) {
        return Stream.of(
                        xenstore(host),
                        toolstack(host),
                        namesLost(context),
                        daemons(host),
                        stuckTogether(host, context),
                        overloaded(host))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Finding> xenstore(HostObservation host) {
        How how = host.facts().xenstore().how();
        String state = daemonState(host, "xenstored");
        boolean known = knows(host, "xenstored");
        return switch (how) {
            case ANSWERED, NOT_ASKED -> Optional.empty();
            case HUNG -> Optional.of(xenstoreDead(host, known, state));
            case FAILED ->
                // Without a hypervisor under it, or without root, everything fails at once.
                Optional.of(
                        known && state == null && host.facts().toolstackAnswer().how() == How.ANSWERED
                                ? xenstoreDead(host, true, null)
                                : failed("reading xenstore"));
        };
    }

    private static Finding xenstoreDead(HostObservation host, boolean known, @Nullable String state) {
        FindingBuilder finding = FindingBuilder.of(Verdict.XENSTORE_DEAD)
                .evidence("xenstored did not answer within "
                        + Seen.seconds(host.facts().xenstore().took()));
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
                .source("toolstack facts §4, §8 row 29; lab facts 5");
    }

    /** A tool that ends with an error says nothing of what it should have asked. */
    private static Finding failed(String what) {
        return FindingBuilder.of(Verdict.UNDECIDED)
                .evidence(what + " failed; what the tool said stands at the end of this page")
                .advice("check that this user is root (else --sudo), and that this kernel runs under Xen: ls /proc/xen"
                        + " /sys/hypervisor")
                .harmful("concluding anything about guests from it")
                .source("toolstack facts §2.1, §8 row 26");
    }

    private static Optional<Finding> toolstack(HostObservation host) {
        HostObservation.Answer answer = host.facts().toolstackAnswer();
        return switch (answer.how()) {
            case NOT_ASKED -> Optional.empty();
            case FAILED -> Optional.of(failed("listing the domains"));
            case HUNG ->
                FindingBuilder.of(Verdict.TOOLSTACK_HUNG)
                        .evidence("the tool that lists domains did not end within " + Seen.seconds(answer.took()))
                        .advice(
                                host.facts().xenstore().how() == How.HUNG
                                        ? "mend xenstored first: xl waits for it"
                                        : "look for another tool that holds a lock: ps in dom0")
                        .harmful("concluding that guests are down, or acting on them while the tools do not answer")
                        .because("toolstack facts §8 rows 26 to 29; lab facts 5");
            case ANSWERED ->
                answer.took().compareTo(SLOW) < 0
                        ? Optional.empty()
                        : FindingBuilder.of(Verdict.HOST_OVERLOADED)
                                .evidence("the tool that lists domains took " + Seen.seconds(answer.took()))
                                .advice("look at dom0: load, processes in state D, memory")
                                .harmful(
                                        "acting on guests while dom0 itself is slow: their time-outs are its time-outs")
                                .because("toolstack facts §8 row 45");
        };
    }

    /** One guest without a name among others that have theirs may be an old copy; several, or all, have lost theirs. */
    private static Optional<Finding> namesLost(HostContext context) {
        long nameless = context.namelessRunning();
        if (nameless == 0 || (nameless == 1 && context.namesKept())) {
            return Optional.empty();
        }
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
        FindingBuilder finding = FindingBuilder.of(Verdict.DAEMON_MISSING).evidence(wrong);
        if (wrong.stream().anyMatch(w -> w.contains("xapi") || w.contains("xenopsd"))) {
            finding.advice(Advice.TOOLSTACK_RESTART).harmful(Advice.TOOLSTACK_RESTART_HARM);
        }
        return finding.advice("send SIGCONT to a stopped one")
                .harmful("destroying guests while xenconsoled is stopped: each becomes a zombie")
                .because("toolstack facts §3.4, §4; lab facts 6");
    }

    private static @Nullable String complaint(Daemon daemon) {
        if (daemon.state() == null) {
            return "no " + daemon.name() + " process runs in dom0";
        }
        return daemon.state().startsWith("T") || daemon.state().startsWith("Z")
                ? daemon.name() + " is in state " + daemon.state() + " and does nothing"
                : null;
    }

    private static Optional<Finding> stuckTogether(HostObservation host, HostContext context) {
        if (!context.commonCause()) {
            return Optional.empty();
        }
        List<DomainObservation> standing =
                host.domains().stream().filter(Seen::standsStill).toList();
        boolean inXen = standing.stream().allMatch(d -> Seen.activityIs(d, Activity.STUCK_IN_XEN));
        boolean blocked = standing.stream().anyMatch(HostRules::deviceModelBlocked);
        boolean scheduler = inXen && !blocked && "credit2".equals(host.facts().scheduler());
        return FindingBuilder.of(scheduler ? Verdict.SCHEDULER_STALL_SUSPECTED : Verdict.STORAGE_STALL_SUSPECTED)
                .evidence(standing.size() + " guests of this host stand still at once: "
                        + standing.stream().map(d -> "domid " + d.domid()).toList())
                .advice(
                        "look at the storage and the load of this host first",
                        scheduler
                                ? "credit2 has had such stalls: if storage is well, migrate guests away and boot Xen"
                                        + " with sched=credit"
                                : "then at what these guests share: a storage repository, a network, an agent")
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
