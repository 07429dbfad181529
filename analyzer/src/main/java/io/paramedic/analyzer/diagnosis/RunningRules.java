package io.paramedic.analyzer.diagnosis;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals.DeviceModel;
import io.paramedic.schemas.observation.DomainSignals.GrantUse;
import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import io.paramedic.schemas.observation.DomainSignals.XapiRecord;
import java.util.Optional;
import java.util.UUID;

/**
 * Domains that Xen runs. From one short look none of them is called hung: that takes two independent witnesses that persist,
 * which is the analyzer's work over minutes.
 */
final class RunningRules {
    private static final double NEARLY_FULL = 0.9;

    private RunningRules() {}

    /** Two of one VM may be running: the worst that can be found. */
    static Optional<Finding> residentElsewhere(DomainObservation domain, HostContext host) {
        XapiRecord record = domain.signals().record();
        boolean believedRunning = record != null && !record.powerState().equals("halted");
        if (!Seen.running(domain) || record == null || !believedRunning) {
            return Optional.empty();
        }
        UUID here = host.hostUuid();
        UUID there = record.residentOn();
        boolean elsewhere = here != null && there != null && !here.equals(there);
        if (!elsewhere && record.domid() == domain.domid()) {
            return Optional.empty();
        }
        // The record was read a moment before: one that began in between is not yet in it.
        return FindingBuilder.of(elsewhere && !Seen.justStarted(domain) ? Verdict.DUPLICATE : Verdict.UNDECIDED)
                .evidence(
                        "it runs here as domid " + domain.domid() + ", and XAPI says that this VM is "
                                + record.powerState() + " as domid " + record.domid()
                                + (elsewhere ? " on host " + there : ""),
                        "XAPI names no operation on it",
                        Seen.flags(domain))
                .advice(
                        "get a person at once: if both run, they write to the same disks",
                        "look at the other host with the doctor")
                .harmful(
                        "xe vm-reboot, vm-shutdown or vm-start: they act on the domain that XAPI names, not on this"
                                + " one",
                        Advice.TOOLSTACK_RESTART_HARM)
                .because("toolstack facts §3.4, §8 row 21");
    }

    static Optional<Finding> orphan(DomainObservation domain, HostContext host) {
        XapiRecord record = domain.signals().record();
        if (!Seen.running(domain) || record == null || !record.powerState().equals("halted")) {
            return Optional.empty();
        }
        // The record was read a moment before: one that began in between is not yet in it.
        return FindingBuilder.of(Seen.justStarted(domain) ? Verdict.UNDECIDED : Verdict.ORPHAN)
                .evidence(
                        "XAPI's record of this VM says halted (dom-id " + record.domid() + ") and its domain runs here",
                        Seen.flags(domain))
                .advice("shut it down from inside, or get a person who knows whether xenopsd on this host knows it"
                        + " (xenops-cli list): only then does xe-toolstack-restart take it back")
                .harmful(
                        "xe vm-start: on another host it makes a second copy that writes to the same disks",
                        Advice.TOOLSTACK_RESTART_HARM)
                .because("toolstack facts §3.4, §8 row 22");
    }

    static Optional<Finding> deviceModelBlocked(DomainObservation domain, HostContext host) {
        DeviceModel model = domain.signals().deviceModel();
        if (model == null || !model.blocked() || !Seen.activityIs(domain, Activity.STUCK_IN_XEN)) {
            return Optional.empty();
        }
        return FindingBuilder.of(Verdict.STORAGE_STALL_SUSPECTED)
                .evidence(
                        "its vCPUs wait inside Xen and its device model (pid " + model.pid()
                                + ") is in uninterruptible sleep",
                        Seen.flags(domain))
                .advice("look at the storage of this host: dmesg, multipath, the other guests on it")
                .harmful("destroying it: the destroy hangs in the same place and leaves a zombie")
                .because("toolstack facts §8 rows 6 and 40");
    }

    static Optional<Finding> deviceModelDead(DomainObservation domain, HostContext host) {
        DeviceModel model = domain.signals().deviceModel();
        if (!Seen.running(domain) || model == null || !model.dead()) {
            return Optional.empty();
        }
        String how = model.exit() != null
                ? "the toolstack saw it end with " + model.exit()
                : model.state() == null ? "no such process exists" : "it is a zombie process";
        FindingBuilder finding = FindingBuilder.of(Verdict.DEVICE_MODEL_DEAD)
                .evidence(
                        "xenstore names process " + model.pid() + " as its device model, and " + how,
                        Seen.flags(domain),
                        Seen.cpu(domain, host));
        if (!Seen.activityIs(domain, Activity.STUCK_IN_XEN)) {
            finding.evidence(
                    "its vCPUs still run: with its own drivers a guest goes on until the next emulated access");
        }
        return finding.advice("shut it down from inside while it still can; else " + Advice.startAgain(domain, host))
                .harmful("waiting for a clean shutdown: nothing will answer the guest any more")
                .because("toolstack facts §0, §6, §8 row 5");
    }

    static Optional<Finding> heartbeatStopped(DomainObservation domain, HostContext host) {
        Heartbeat beat = domain.signals().heartbeat();
        if (!Seen.running(domain) || beat == null || !Seen.heartbeatStopped(domain)) {
            return Optional.empty();
        }
        boolean spinning = Seen.activityIs(domain, Activity.SATURATED)
                || (Seen.activityIs(domain, Activity.ACTIVE) && Seen.neverAsleep(domain));
        boolean asleep = Seen.activityIs(domain, Activity.QUIET) || Seen.activityIs(domain, Activity.STUCK_IN_XEN);
        if (!spinning && !asleep) {
            return FindingBuilder.of(Verdict.UNDECIDED)
                    .evidence(
                            Seen.heartbeat(beat),
                            Seen.cpu(domain, host),
                            "it goes to sleep and wakes up: perhaps only its heartbeat service ended")
                    .advice("ask the guest: ping, ssh, its console")
                    .because("toolstack facts §5.3");
        }
        FindingBuilder finding = FindingBuilder.of(Verdict.HANG_SUSPECTED)
                .evidence(
                        Seen.heartbeat(beat),
                        spinning ? "it never slept: " + Seen.flags(domain) : "it sleeps: " + Seen.flags(domain),
                        Seen.cpu(domain, host),
                        "a heartbeat that comes less often than that, or whose agent was stopped, would look the same")
                .advice("ask the guest: ping, ssh, its console; look longer (--patience) and for some minutes"
                        + " (--watch)")
                .harmful("acting on one look: a busy or overloaded guest can miss some heartbeats");
        if (host.commonCause()) {
            finding.advice("look at the host and its storage first: " + host.standing()
                            + " guests here stand still at once")
                    .harmful("killing guest after guest: they share one cause");
        } else {
            finding.advice("if nothing answers: a dump if wanted (xl dump-core " + domain.domid() + " FILE), then "
                    + Advice.startAgain(domain, host));
        }
        return finding.because("toolstack facts §5.3, §8 rows 3, 4 and 40");
    }

    static Optional<Finding> stuckInXen(DomainObservation domain, HostContext host) {
        if (!Seen.activityIs(domain, Activity.STUCK_IN_XEN)) {
            return Optional.empty();
        }
        if (Seen.justStarted(domain)) {
            return FindingBuilder.of(Verdict.IN_FLIGHT)
                    .evidence(
                            "neither running nor blocked, with " + Seen.seconds(domain.cpuTime())
                                    + " of CPU time in its life: it may be booting",
                            Seen.flags(domain))
                    .advice("look again in a minute")
                    .because("toolstack facts §0");
        }
        DeviceModel model = domain.signals().deviceModel();
        return FindingBuilder.of(Verdict.HANG_SUSPECTED)
                .evidence(
                        "its vCPUs are neither running nor blocked and used no CPU time: they wait inside Xen, or for"
                                + " a free CPU",
                        Seen.flags(domain),
                        Seen.cpu(domain, host),
                        model == null
                                ? "whether it has a device model is not known"
                                : "its device model (pid " + model.pid() + ") is there, in state " + model.state())
                .advice("see whether the host's CPUs are all taken; look again for some minutes (--watch); check its"
                        + " device model")
                .harmful("acting on one look: a starved guest looks the same")
                .because("toolstack facts §0, §8 rows 5 to 7");
    }

    static Optional<Finding> requestNotTaken(DomainObservation domain, HostContext host) {
        String request = domain.signals().pendingRequest();
        if (!(domain.condition() instanceof Condition.Running) || request == null || request.isEmpty()) {
            return Optional.empty();
        }
        return FindingBuilder.of(Verdict.HANG_SUSPECTED)
                .evidence(
                        "it has not taken the request '" + request + "' out of control/shutdown during the whole look",
                        Seen.flags(domain),
                        Seen.cpu(domain, host))
                .advice(
                        "ask the guest: ping, ssh, its console; a guest without PV drivers never takes such a request",
                        "withdraw the request only if nobody waits for it any more (ps for xl shutdown, xe task-list),"
                                + " because an empty node is what a guest answers with: xenstore-write /local/domain/"
                                + domain.domid() + "/control/shutdown ''")
                .harmful("forgetting the request: a guest that wakes up later will still obey it")
                .because("toolstack facts §2.3, §3.4 (8)");
    }

    static Optional<Finding> namelessAmongNamed(DomainObservation domain, HostContext host) {
        if (!Seen.running(domain) || !Seen.nameless(domain, host.toolstack()) || !host.namesKept()) {
            return Optional.empty();
        }
        return FindingBuilder.of(Verdict.UNDECIDED)
                .evidence(
                        "it runs without a name while others have theirs: either names were lost before those were"
                                + " started, or it is the old copy of a VM, left by a destroy that was cut off and"
                                + " unpaused since",
                        Seen.memory(domain),
                        Seen.flags(domain))
                .advice("find out which VM it is (xl list -l, its disks) and that no other domain is the same VM")
                .harmful("destroying it because it has no name", "starting a VM that may be this one")
                .because("lab facts 2 and 3");
    }

    static Optional<Finding> grantTableNearlyFull(DomainObservation domain, HostContext host) {
        GrantUse grants = domain.signals().grants();
        if (grants == null || grants.maxFrames() == 0 || (double) grants.frames() / grants.maxFrames() < NEARLY_FULL) {
            return Optional.empty();
        }
        return FindingBuilder.of(Verdict.GRANT_TABLE_NEARLY_FULL)
                .evidence(
                        "its grant table has %d of at most %d frames; a table at its limit cannot grow, which is not yet full"
                                .formatted(grants.frames(), grants.maxFrames()))
                .advice("more frames from the next boot on: Xen's option gnttab_max_frames=256, or max_grant_frames in"
                        + " its configuration")
                .harmful("killing it for that: it may run for years")
                .because("toolstack facts §7");
    }

    static Optional<Finding> nothingWrong(DomainObservation domain, HostContext host) {
        FindingBuilder finding =
                FindingBuilder.of(Verdict.NOTHING_WRONG).evidence(Seen.flags(domain), Seen.cpu(domain, host));
        Heartbeat beat = domain.signals().heartbeat();
        if (beat != null) {
            finding.evidence(Seen.heartbeat(beat));
        } else if (Seen.activityIs(domain, Activity.QUIET)) {
            finding.evidence(
                    "idle and deadlocked asleep look alike from outside: only a heartbeat or a probe can tell");
        } else if (Seen.activityIs(domain, Activity.SATURATED)) {
            finding.evidence("busy is not hung: only a heartbeat or a probe can tell");
        }
        if (domain.name() == null) {
            finding.evidence(
                    "its name is lost or could not be read; that alone says nothing: it is not dying and keeps its"
                            + " memory");
        }
        if (Boolean.TRUE.equals(domain.signals().memoryUncooperative())) {
            finding.evidence("it does not follow its memory target (memory/uncooperative)");
        }
        return finding.because("toolstack facts §5.3, §8 rows 1 and 2");
    }
}
