package io.paramedic.analyzer.pool;

import io.paramedic.analyzer.incidents.IncidentState;
import io.paramedic.analyzer.judgement.DomainJudgement;
import io.paramedic.analyzer.sightings.DomainKey;
import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.analyzer.witness.Channel;
import io.paramedic.analyzer.witness.Voice;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.observation.Condition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Questions about the pool as a whole. */
final class Fleet {
    /** So many guests whose probes fall silent on several hosts point to the way to them, not to them. */
    private static final int SILENT_TOGETHER = 3;

    private Fleet() {}

    /** Whether some guest answers a probe now, and nothing speaks against the collectors' way to the others. */
    static boolean networkWorks(Turn turn) {
        if (turn.hosts().stream().noneMatch(host -> host.health().answering() > 0 && reliable(turn, host))) {
            return false;
        }
        int silent = 0;
        Set<String> hosts = new HashSet<>();
        for (HostState host : turn.hosts()) {
            for (int domid : host.health().suspects()) {
                DomainState domain = turn.domain(new DomainKey(host.host(), domid));
                if (domain != null && probeSilent(turn, host, domain)) {
                    silent++;
                    hosts.add(host.host());
                    if (silent >= SILENT_TOGETHER && hosts.size() >= 2) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** A guest that is stopped or has lost its device model is silent for a reason of its own. */
    private static boolean probeSilent(Turn turn, HostState host, DomainState domain) {
        boolean unexplained = domain.watched().observation().condition() instanceof Condition.Running
                && domain.verdict() != Verdict.DEVICE_MODEL_DEAD;
        return unexplained
                && DomainJudgement.witnesses(host, domain, turn.policy(), true).voices().stream()
                        .anyMatch(voice -> voice.channel() == Channel.PROBE && voice.says() == Voice.Says.SILENT);
    }

    /** Whether a host was heard of so lately that what is known of it may count. */
    static boolean heard(Turn turn, HostState host) {
        return turn.since(host.pulse().heard())
                        .compareTo(turn.policy().patience().hostSilent())
                <= 0;
    }

    /** Complete, confirmed and not silent. */
    static boolean reliable(Turn turn, HostState host) {
        return turn.live() && host.reliable(turn.head().epoch()) && heard(turn, host);
    }

    static String why(Turn turn, HostState host) {
        String unreachable = host.pulse().unreachable();
        if (unreachable != null) {
            return "the host does not answer: " + unreachable;
        }
        if (!host.trust().trusted()) {
            return host.trust().why();
        }
        if (host.pulse().floor() == null || host.pulse().epoch() != turn.head().epoch()) {
            return "no sample of it has come in since the analyzer reads the log as it grows";
        }
        return heard(turn, host)
                ? host.trust().why()
                : "nothing was heard of it for "
                        + turn.since(host.pulse().heard()).toSeconds() + " s";
    }

    /** The domain of that very incarnation, where it is still seen. */
    static @Nullable DomainState find(Turn turn, Incarnation incarnation) {
        DomainState domain = turn.domain(new DomainKey(incarnation.host(), incarnation.domid()));
        return domain != null && domain.incarnation().equals(incarnation) ? domain : null;
    }

    /**
     * Other domains in which a VM is seen: dead ones that something still holds, and one of the same number in another boot
     * or with another handle, included.
     */
    static List<DomainState> others(Turn turn, @Nullable VmId vm, Incarnation than) {
        return vm == null
                ? List.of()
                : turn.copiesOf(vm).stream()
                        .filter(domain -> !domain.incarnation().equals(than))
                        .toList();
    }

    static int vms(Turn turn) {
        int down = (int) turn.open().stream().filter(Fleet::downByUs).count();
        return down
                + turn.hosts().stream().mapToInt(host -> host.health().guests()).sum();
    }

    /** Known to be well now; whoever is on the way back does not count yet. */
    static int vmsWell(Turn turn) {
        int well = turn.hosts().stream()
                .filter(host -> reliable(turn, host))
                .mapToInt(host -> host.health().well())
                .sum();
        int onTheWay = (int) turn.open().stream()
                .filter(incident -> incident.care().underWay())
                .filter(incident -> counted(turn, incident))
                .count();
        return Math.max(0, well - onTheWay);
    }

    private static boolean counted(Turn turn, IncidentState incident) {
        VmId vm = incident.vm();
        return vm != null
                && turn.copiesOf(vm).stream()
                        .anyMatch(domain -> domain.verdict() == Verdict.NOTHING_WRONG
                                || domain.verdict() == Verdict.PAUSED
                                || domain.verdict() == Verdict.GRANT_TABLE_NEARLY_FULL);
    }

    /** Whether a VM is in no domain because of a step of ours. */
    static boolean downByUs(IncidentState incident) {
        return incident.open()
                && incident.care().start() != null
                && switch (incident.care().stage()) {
                    case START_DUE, EXHAUSTED -> true;
                    case WATCHING, ACTING, VERIFYING, BLOCKED -> false;
                };
    }
}
