package io.paramedic.analyzer.judgement;

import io.paramedic.analyzer.diagnosis.Diagnosis;
import io.paramedic.analyzer.policy.Policy;
import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.analyzer.sightings.Health;
import io.paramedic.analyzer.sightings.Health.Trouble;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.analyzer.sightings.Word;
import io.paramedic.analyzer.witness.Voice;
import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.diagnosis.Verdict.Severity;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the diagnosis makes of a host now.
 *
 * @param health of the host
 * @param changed domains of which something else is thought than before
 */
public record HostJudgement(Health health, List<DomainState> changed) {
    private static final int MOST_EVIDENCE = 12;
    private static final int LONGEST = 600;

    public HostJudgement {
        changed = List.copyOf(changed);
    }

    /** Nothing where the host was never seen or has not said what it is. */
    public static @Nullable HostJudgement of(HostState host, Collection<DomainState> domains, Policy policy) {
        HostTime time = host.pulse().time();
        Word word = host.word();
        if (time == null || word == null) {
            return null;
        }
        Diagnosis diagnosis = Diagnosis.of(Picture.of(host, time, word, domains));
        List<Trouble> troubles = troubles(host, diagnosis);
        HostState informed = host.with(health(host, 0, 0, List.of(), troubles, domains));
        List<DomainState> changed = new ArrayList<>();
        List<Integer> suspects = new ArrayList<>();
        int guests = 0;
        int well = 0;
        for (DomainState domain : domains) {
            Finding finding = Objects.requireNonNull(diagnosis.domains().get(domain.domid()));
            DomainState judged = judged(host, domain, finding);
            if (!judged.equals(domain)) {
                changed.add(judged);
            }
            boolean suspect = suspect(informed, judged, policy);
            if (suspect) {
                suspects.add(domain.domid());
            }
            guests += isVm(judged.verdict()) ? 1 : 0;
            well += !suspect && isWell(judged.verdict()) ? 1 : 0;
        }
        return new HostJudgement(health(host, guests, well, suspects, troubles, domains), changed);
    }

    private static Health health(
            HostState host,
            int guests,
            int well,
            List<Integer> suspects,
            List<Trouble> troubles,
            Collection<DomainState> domains) {
        return new Health(guests, well, answering(domains), suspects, troubles, settles(host, domains));
    }

    private static int answering(Collection<DomainState> domains) {
        return (int) domains.stream()
                .filter(domain -> domain.watched().observation().signals().probes().stream()
                        .anyMatch(result -> result.answer() == Answer.ANSWERS))
                .count();
    }

    private static DomainState judged(HostState host, DomainState domain, Finding finding) {
        Verdict verdict = finding.verdict();
        Duration now = host.pulse().uptime();
        boolean settled = Picture.settled(host, domain);
        // After a gap in the watch what stands still looks as if it had just begun to; its clock begins anew, not its
        // verdict.
        boolean same = verdict == domain.verdict()
                || (verdict == Verdict.IN_FLIGHT
                        && !settled
                        && domain.verdict().severity() == Severity.SICK
                        && domain.since().compareTo(domain.changed()) >= 0);
        if (same) {
            boolean kept = verdict != domain.verdict();
            return domain.judged(domain.verdict(), domain.since(), kept ? domain.finding() : because(finding));
        }
        boolean matured = domain.verdict() == Verdict.IN_FLIGHT && settled;
        return domain.judged(verdict, matured ? domain.changed() : now, because(finding));
    }

    private static @Nullable Finding because(Finding finding) {
        return finding.verdict().severity() == Severity.OK ? null : finding;
    }

    /** Whether each beat has something to add to what is thought of it. */
    private static boolean suspect(HostState host, DomainState domain, Policy policy) {
        return switch (domain.verdict()) {
            case CONTROL_DOMAIN, PAUSED, IN_FLIGHT, UNDECIDED ->
                domain.verdict() == Verdict.UNDECIDED && DomainJudgement.onlyItsHeartbeat(domain);
            case NOTHING_WRONG ->
                DomainJudgement.witnesses(host, domain, policy, true).voices().stream()
                        .anyMatch(voice -> DomainJudgement.ownChannel(voice) && voice.says() == Voice.Says.SILENT);
            case CRASHED,
                    NOT_REAPED,
                    HANG_SUSPECTED,
                    HUNG,
                    DEVICE_MODEL_DEAD,
                    ZOMBIE,
                    HALF_DESTROYED,
                    ORPHAN,
                    STALE_RECORD,
                    DUPLICATE,
                    CRASH_LOOP,
                    GRANT_TABLE_NEARLY_FULL,
                    HOST_SILENT,
                    TOOLSTACK_HUNG,
                    XENSTORE_DEAD,
                    NAMES_LOST,
                    DAEMON_MISSING,
                    STORAGE_STALL_SUSPECTED,
                    SCHEDULER_STALL_SUSPECTED,
                    HOST_OVERLOADED -> true;
        };
    }

    private static boolean isVm(Verdict verdict) {
        return verdict != Verdict.CONTROL_DOMAIN && verdict != Verdict.ZOMBIE;
    }

    /** An operation under way counts as not well until it has ended. */
    private static boolean isWell(Verdict verdict) {
        return verdict == Verdict.NOTHING_WRONG
                || verdict == Verdict.PAUSED
                || verdict == Verdict.GRANT_TABLE_NEARLY_FULL;
    }

    private static List<Trouble> troubles(HostState host, Diagnosis diagnosis) {
        return diagnosis.host().stream()
                .map(finding -> new Trouble(bounded(finding), since(host, finding.verdict())))
                .toList();
    }

    /** It names each guest that stands still; what is kept and told of it stays short, however many those are. */
    private static Finding bounded(Finding finding) {
        return new Finding(
                finding.verdict(),
                finding.evidence().stream()
                        .limit(MOST_EVIDENCE)
                        .map(sentence -> sentence.length() <= LONGEST ? sentence : sentence.substring(0, LONGEST) + "…")
                        .toList(),
                finding.advice(),
                finding.harmful(),
                finding.source());
    }

    private static Duration since(HostState host, Verdict verdict) {
        return host.health().findings().stream()
                .filter(trouble -> trouble.finding().verdict() == verdict)
                .map(Trouble::since)
                .findFirst()
                .orElse(host.pulse().uptime());
    }

    /** The next uptime at which something that stands still now will have stood long enough to be judged. */
    private static @Nullable Duration settles(HostState host, Collection<DomainState> domains) {
        Duration now = host.pulse().uptime();
        Duration floor = host.pulse().floor();
        Duration next = floor == null ? now : floor;
        next = next.plus(Picture.SETTLED);
        Duration soonest = next.compareTo(now) > 0 ? next : null;
        for (DomainState domain : domains) {
            Duration due = domain.changed().plus(Picture.SETTLED);
            if (due.compareTo(now) > 0 && (soonest == null || due.compareTo(soonest) < 0)) {
                soonest = due;
            }
        }
        return soonest;
    }
}
