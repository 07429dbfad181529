package io.paramedic.analyzer.diagnosis;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Domains that are dead, half dead, or alive twice. */
final class DeadRules {
    private static final Pattern DEADBEEF = Pattern.compile("deadbeef-dead-beef-dead-beef0000[0-9a-f]{4}");

    private DeadRules() {}

    static Optional<Finding> zombie(DomainObservation domain, HostContext host) {
        if (!(domain.condition() instanceof Condition.Dying)) {
            return Optional.empty();
        }
        if (!Seen.always(domain, 'd') || !host.watchedLong(domain)) {
            return FindingBuilder.of(Verdict.IN_FLIGHT)
                    .evidence(
                            "Xen says that it is dead, and it was not watched long enough to tell an ordinary end from"
                                    + " a zombie",
                            Seen.flags(domain))
                    .advice("look again in a minute: if it is still there, something holds its pages")
                    .harmful("ending processes for it now")
                    .because("toolstack facts §5.1");
        }
        FindingBuilder finding = FindingBuilder.of(Verdict.ZOMBIE)
                .evidence(
                        "Xen has finished tearing it down (flag d) and something still holds references to it",
                        Seen.flags(domain),
                        Seen.memory(domain));
        if (domain.signals().processes().isEmpty()) {
            finding.advice("find the holder in dom0: a backend, qemu or tapdisk that has its pages or disks open");
        } else {
            finding.evidence(quoted(
                    "dom0 processes that name domid " + domain.domid(),
                    domain.signals().processes()));
            finding.advice(
                    "check whether one of these is its own and holds it, and end only that one, in its proper way");
        }
        return finding.advice(
                        "otherwise leave it: it uses no CPU and normally does not stop its VM from running under a new"
                                + " domid",
                        "last, reboot the host at leisure")
                .harmful(
                        "xl destroy " + domain.domid() + ": it returns 0, prints nothing and does nothing",
                        "destroying by name: that hits the VM's new domain",
                        "ending a process that serves another guest, such as that guest's qemu")
                .because("toolstack facts §5.1, §8 row 15; lab facts 1 and 11");
    }

    static Optional<Finding> teardown(DomainObservation domain, HostContext host) {
        if (!DEADBEEF.matcher(domain.handle().toString()).matches()) {
            return Optional.empty();
        }
        String sign = "its handle " + domain.handle() + " is what the toolstack writes as the first step of a destroy";
        if (domain.memoryChangeMib() == 0 && domain.memoryMib() > 0 && host.watchedLong(domain)) {
            return FindingBuilder.of(Verdict.UNDECIDED)
                    .evidence(sign, "and the destroy makes no progress: " + Seen.memory(domain))
                    .advice(
                            "look for what it waits for: dom0 processes in state D, hotplug scripts, xe task-list",
                            "look again in some minutes; if nothing changes, get a person")
                    .harmful("starting its VM elsewhere", "switching the host off")
                    .because("toolstack facts §1.3, §5.1, §8 rows 16 and 28");
        }
        return FindingBuilder.of(Verdict.IN_FLIGHT)
                .evidence(sign, Seen.memory(domain))
                .advice("wait while its memory falls: a large VM takes minutes")
                .harmful("switching the host off")
                .because("toolstack facts §1.3, §8 rows 16 and 17");
    }

    static Optional<Finding> duplicate(DomainObservation domain, HostContext host) {
        if (!host.sharedHandles().contains(domain.handle())) {
            return Optional.empty();
        }
        return FindingBuilder.of(Verdict.DUPLICATE)
                .evidence("another live domain on this host has the same handle " + domain.handle())
                .advice(
                        "get a person at once: if both run, they write to the same disks",
                        "a migration within one host looks like this on hosts before 2018: check for one first")
                .harmful("starting, resetting or destroying either before it is known which one the users reach")
                .because("toolstack facts §8 rows 20 and 21, lab facts 3");
    }

    /**
     * Called only where everything speaks for it: no name and no tree in xenstore, while other guests have theirs and no running guest
     * lacks its own; paused in every sample; memory kept; nobody at work.
     */
    static Optional<Finding> halfDestroyed(DomainObservation domain, HostContext host) {
        boolean nameless = Seen.nameless(domain, host.toolstack())
                && Boolean.FALSE.equals(domain.signals().inXenstore())
                && host.namelessRunning() == 0
                && host.namesKept();
        if (!(domain.condition() instanceof Condition.Paused) || !nameless || domain.memoryMib() == 0) {
            return Optional.empty();
        }
        List<String> atWork = Seen.toolsAtWork(domain);
        boolean settled = atWork.isEmpty()
                && domain.memoryChangeMib() == 0
                && Seen.always(domain, 'p')
                && host.watchedLong(domain);
        if (!settled) {
            FindingBuilder finding = FindingBuilder.of(Verdict.IN_FLIGHT)
                    .evidence(
                            "paused, without a name, not dying: a destroy is under way or was cut off",
                            Seen.memory(domain));
            if (!atWork.isEmpty()) {
                finding.evidence(quoted("at work on it, or perhaps on another", atWork));
            }
            return finding.advice("look again in a minute")
                    .harmful("unpausing it")
                    .because("lab facts 3 and 9");
        }
        return FindingBuilder.of(Verdict.HALF_DESTROYED)
                .evidence(
                        "paused, not dying, without a name and without its tree in xenstore: a destroy that was cut"
                                + " off left it",
                        "other guests of this host have their names, no running guest lacks one, and no tool is at"
                                + " work",
                        Seen.memory(domain),
                        Seen.flags(domain))
                .advice(
                        "make sure that xenstored was not restarted since this domain began (ps: its start), because"
                                + " then a guest that somebody paused looks the same",
                        "then xl destroy " + domain.domid() + " (by domid, never by name)")
                .harmful(
                        "xl unpause " + domain.domid()
                                + ": it makes the old copy run beside its successor, two writers on one disk",
                        "starting the VM again before this half is gone")
                .because("lab facts 2 and 3");
    }

    static String quoted(String what, List<String> processes) {
        return what + ": "
                + String.join(
                        "; ",
                        processes.stream().limit(4).map(p -> "'" + p + "'").toList());
    }
}
