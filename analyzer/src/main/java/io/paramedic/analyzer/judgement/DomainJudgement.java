package io.paramedic.analyzer.judgement;

import io.paramedic.analyzer.policy.Policy;
import io.paramedic.analyzer.sightings.DomainState;
import io.paramedic.analyzer.sightings.HostState;
import io.paramedic.analyzer.sightings.Word;
import io.paramedic.analyzer.witness.Channel;
import io.paramedic.analyzer.witness.Circumstances;
import io.paramedic.analyzer.witness.Voice;
import io.paramedic.analyzer.witness.Voice.Says;
import io.paramedic.analyzer.witness.Witnesses;
import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.diagnosis.Verdict.Severity;
import io.paramedic.schemas.incident.Check;
import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals.XapiRecord;
import io.paramedic.schemas.observation.HostObservation.Answer.How;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is thought of one domain over time.
 *
 * @param verdict the word; {@link Verdict#HUNG} only where two witnesses have persisted
 * @param finding with that verdict
 * @param persisted host uptime for which it has stood on unbroken evidence
 * @param confirmed whether that is long enough, and nothing speaks against it
 * @param rules that were asked
 * @param witnesses that spoke
 */
public record DomainJudgement(
        Verdict verdict,
        Finding finding,
        Duration persisted,
        boolean confirmed,
        List<Check> rules,
        Witnesses witnesses) {
    private static final String HUNG_SOURCE = "toolstack facts §5.3, §8 rows 3 and 4";

    public DomainJudgement {
        rules = List.copyOf(rules);
    }

    /**
     * @param host whose samples confirm what is known of the domain
     * @param network whether the way to the guests of the pool is believed to work
     */
    public static DomainJudgement of(HostState host, DomainState domain, Policy policy, boolean network) {
        Witnesses witnesses = witnesses(host, domain, policy, network);
        boolean running = domain.watched().observation().condition() instanceof Condition.Running;
        boolean open = switch (domain.verdict()) {
            case NOTHING_WRONG, HANG_SUSPECTED, GRANT_TABLE_NEARLY_FULL -> running;
            case UNDECIDED -> running && onlyItsHeartbeat(domain);
            case PAUSED,
                    IN_FLIGHT,
                    CONTROL_DOMAIN,
                    CRASHED,
                    NOT_REAPED,
                    HUNG,
                    DEVICE_MODEL_DEAD,
                    ZOMBIE,
                    HALF_DESTROYED,
                    ORPHAN,
                    STALE_RECORD,
                    DUPLICATE,
                    CRASH_LOOP,
                    HOST_SILENT,
                    TOOLSTACK_HUNG,
                    XENSTORE_DEAD,
                    NAMES_LOST,
                    DAEMON_MISSING,
                    STORAGE_STALL_SUSPECTED,
                    SCHEDULER_STALL_SUSPECTED,
                    HOST_OVERLOADED -> false;
        };
        return open ? running(host, domain, policy, witnesses) : other(host, domain, policy, witnesses);
    }

    /** All witnesses on a domain, as far as its host lets them be heard. */
    public static Witnesses witnesses(HostState host, DomainState domain, Policy policy, boolean network) {
        Word word = host.word();
        Duration floor = host.pulse().floor();
        boolean slow = host.health().findings().stream()
                .map(trouble -> trouble.finding().verdict())
                .anyMatch(verdict -> verdict == Verdict.TOOLSTACK_HUNG
                        || verdict == Verdict.HOST_OVERLOADED
                        || verdict == Verdict.UNDECIDED);
        return Witnesses.of(
                domain.watched().observation(),
                domain.vitals(),
                new Circumstances(
                        host.pulse().uptime(),
                        floor == null ? host.pulse().uptime() : floor,
                        policy.patience().hung(),
                        policy.patience().learntProbe(),
                        word != null && word.facts().xenstore().how() == How.ANSWERED,
                        word != null && word.facts().toolstackAnswer().how() == How.ANSWERED && !slow,
                        network));
    }

    /** A channel that the guest itself keeps alive. */
    static boolean ownChannel(Voice voice) {
        return voice.channel() != Channel.VCPU;
    }

    /** The diagnosis is undecided only because its heartbeat stopped while its vCPUs go on. */
    static boolean onlyItsHeartbeat(DomainState domain) {
        DomainObservation seen = domain.watched().observation();
        XapiRecord record = seen.signals().record();
        boolean agrees = record == null || (record.powerState().equals("running") && record.domid() == seen.domid());
        return domain.verdict() == Verdict.UNDECIDED
                && seen.condition() instanceof Condition.Running
                && domain.vitals().heartbeatStalledSince() != null
                && seen.name() != null
                && agrees;
    }

    private static DomainJudgement running(HostState host, DomainState domain, Policy policy, Witnesses witnesses) {
        Duration patience = policy.patience().hung();
        List<Check> rules = new ArrayList<>();
        rules.add(diagnosed(host, domain));
        for (Voice voice : witnesses.voices()) {
            rules.add(new Check("witness " + voice.channel().word(), voice.silentFor(patience), voice.why()));
        }
        boolean hung = witnesses.hung(patience);
        rules.add(new Check(
                "two independent witnesses",
                hung,
                witnesses.alive()
                        ? "a sign of life outweighs every silence"
                        : "both must be silent for " + seconds(patience) + " without a gap in the watch"));
        boolean silent = !witnesses.alive()
                && witnesses.voices().stream().anyMatch(v -> ownChannel(v) && v.says() == Says.SILENT);
        Duration longest = witnesses.voices().stream()
                .filter(voice -> voice.says() == Says.SILENT)
                .map(Voice::persisted)
                .max(Duration::compareTo)
                .orElse(persisted(host, domain));
        if (hung) {
            return new DomainJudgement(
                    Verdict.HUNG,
                    finding(domain, Verdict.HUNG, witnesses, HUNG_SOURCE),
                    longest,
                    true,
                    rules,
                    witnesses);
        }
        if (silent || (domain.verdict() == Verdict.HANG_SUSPECTED && !witnesses.alive())) {
            return new DomainJudgement(
                    Verdict.HANG_SUSPECTED,
                    finding(domain, Verdict.HANG_SUSPECTED, witnesses, HUNG_SOURCE),
                    longest,
                    false,
                    rules,
                    witnesses);
        }
        Verdict verdict = domain.verdict() == Verdict.HANG_SUSPECTED ? Verdict.NOTHING_WRONG : domain.verdict();
        return new DomainJudgement(verdict, plain(domain, verdict), persisted(host, domain), false, rules, witnesses);
    }

    private static DomainJudgement other(HostState host, DomainState domain, Policy policy, Witnesses witnesses) {
        Verdict verdict = domain.verdict();
        Duration persisted = persisted(host, domain);
        Duration patience = policy.patience().of(verdict);
        boolean long_ = persisted.compareTo(patience) >= 0;
        List<Check> rules = new ArrayList<>();
        rules.add(diagnosed(host, domain));
        rules.add(new Check(
                "persists",
                long_,
                "it has stood for " + seconds(persisted) + " of the " + seconds(patience) + " that policy wants"));
        boolean speaks = true;
        if (verdict == Verdict.DEVICE_MODEL_DEAD) {
            speaks = frozen(domain, witnesses, patience);
            rules.add(new Check(
                    "the guest is frozen",
                    speaks,
                    speaks
                            ? "its vCPUs wait inside Xen, or a channel of its own is silent, and nothing shows life"
                            : "with its own drivers a guest lives on without its device model, and this one may"));
        }
        boolean confirmed = verdict.severity() != Severity.OK && long_ && speaks;
        return new DomainJudgement(verdict, plain(domain, verdict), persisted, confirmed, rules, witnesses);
    }

    /** A guest with its own drivers goes on without a device model until its next emulated access (toolstack facts §6). */
    private static boolean frozen(DomainState domain, Witnesses witnesses, Duration patience) {
        boolean stuck = domain.watched().observation().condition() instanceof Condition.Running running
                && running.activity() == Activity.STUCK_IN_XEN;
        return !witnesses.alive() && (stuck || witnesses.guestSilent(patience));
    }

    private static Duration persisted(HostState host, DomainState domain) {
        Duration floor = host.pulse().floor();
        if (floor == null) {
            return Duration.ZERO;
        }
        Duration from = domain.since().compareTo(floor) > 0 ? domain.since() : floor;
        return host.pulse().uptime().minus(from);
    }

    private static Check diagnosed(HostState host, DomainState domain) {
        String word = domain.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Check(
                "diagnosis",
                domain.verdict().severity() != Severity.OK,
                "the last samples of " + host.host() + " say: " + word);
    }

    private static Finding finding(DomainState domain, Verdict verdict, Witnesses witnesses, String source) {
        Finding before = domain.finding();
        List<String> evidence = new ArrayList<>();
        witnesses.voices().stream()
                .filter(voice -> voice.says() == Says.SILENT)
                .forEach(voice -> evidence.add(voice.why()));
        if (before != null) {
            evidence.addAll(before.evidence());
        }
        return new Finding(
                verdict,
                evidence,
                before == null ? List.of("ask the guest: ping, ssh, its console") : before.advice(),
                before == null ? List.of("acting on one witness: a busy guest looks the same") : before.harmful(),
                source);
    }

    private static Finding plain(DomainState domain, Verdict verdict) {
        Finding known = domain.finding();
        return known != null && known.verdict() == verdict
                ? known
                : new Finding(verdict, List.of(), List.of(), List.of(), Objects.requireNonNullElse(source(known), ""));
    }

    private static @Nullable String source(@Nullable Finding finding) {
        return finding == null ? null : finding.source();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.0f s", duration.toMillis() / 1000.0);
    }
}
