package io.paramedic.analyzer.witness;

import io.paramedic.analyzer.witness.Voice.Says;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The voices of all channels on one domain, and what they say together. */
public record Witnesses(List<Voice> voices) {
    /** So many windows must have been watched before a silence of one window is unusual for a guest. */
    private static final int WINDOWS = 2;
    /** A hang silences all channels at once; what fell silent further apart has several causes. */
    private static final Duration LEAST_TOGETHER = Duration.ofMinutes(1);

    public Witnesses {
        voices = List.copyOf(voices);
    }

    public static Witnesses of(DomainObservation domain, Vitals vitals, Circumstances now) {
        return new Witnesses(List.of(vcpu(vitals, now), heartbeat(domain, vitals, now), probe(domain, vitals, now)));
    }

    /** Channels that could testify, by name; a VM needs two. */
    public List<String> able() {
        return voices.stream()
                .filter(Voice::able)
                .map(voice -> voice.channel().word())
                .toList();
    }

    /** A positive sign of life, on whatever channel, outweighs every silence. */
    public boolean alive() {
        return voices.stream().anyMatch(voice -> voice.says() == Says.ALIVE);
    }

    /** Whether a channel that the guest itself keeps alive, its heartbeat or its answers, is silent. */
    public boolean guestSilent(Duration least) {
        return voices.stream().anyMatch(voice -> voice.channel() != Channel.VCPU && voice.silentFor(least));
    }

    /** Two independent channels that fell silent together and both persist, and no sign of life. */
    public boolean hung(Duration least) {
        Duration together = together(least);
        List<Voice> silent =
                voices.stream().filter(voice -> voice.silentFor(least)).toList();
        return !alive()
                && silent.stream().anyMatch(one -> silent.stream().anyMatch(other -> one.agrees(other, together)));
    }

    /** How far apart silences of one cause may begin: two and a half times the patience, five minutes by default. */
    private static Duration together(Duration least) {
        Duration scaled = least.multipliedBy(5).dividedBy(2);
        return scaled.compareTo(LEAST_TOGETHER) > 0 ? scaled : LEAST_TOGETHER;
    }

    private static Voice vcpu(Vitals vitals, Circumstances now) {
        Duration quiet = vitals.quietSince();
        Duration saturated = vitals.saturatedSince();
        boolean restless = unusual(vitals, quiet, vitals.longestQuiet(), now);
        boolean idleAtTimes = unusual(vitals, saturated, vitals.longestSaturated(), now);
        if (!now.toolstack()) {
            return Voice.nothing(
                    Channel.VCPU,
                    false,
                    "the host's own tools are slow or hang, so vCPUs that stand still say nothing");
        }
        if (vitals.stuckSince() != null) {
            return silent(
                    Channel.VCPU,
                    Channel.VCPU,
                    vitals.stuckSince(),
                    vitals.stuckSince(),
                    now,
                    "its vCPUs wait inside Xen and use no CPU time");
        }
        if (saturated != null && idleAtTimes) {
            return silent(
                    Channel.VCPU,
                    Channel.VCPU,
                    saturated,
                    saturated,
                    now,
                    "its vCPUs burn all the time there is, and never before did they for " + seconds(now.hung()));
        }
        if (quiet != null && restless) {
            return silent(
                    Channel.VCPU,
                    Channel.VCPU,
                    quiet,
                    quiet,
                    now,
                    "its vCPUs make hardly any progress, and never before did it sleep for " + seconds(now.hung()));
        }
        return Voice.nothing(
                Channel.VCPU,
                restless,
                quiet != null
                        ? "its vCPUs sleep, as those of an idle guest do"
                        : "its vCPUs make progress, which a guest that spins does too");
    }

    /** Whether it would be unlike this guest to go on like that: it was watched for long before, and never did. */
    private static boolean unusual(Vitals vitals, @Nullable Duration since, Duration longest, Circumstances now) {
        Duration watchedUntil = since == null ? now.uptime() : since;
        return longest.compareTo(now.hung()) < 0
                && watchedUntil.minus(vitals.firstSeen()).compareTo(now.hung().multipliedBy(WINDOWS)) >= 0;
    }

    private static Voice heartbeat(DomainObservation domain, Vitals vitals, Circumstances now) {
        Heartbeat beat = domain.signals().heartbeat();
        if (!now.xenstore()) {
            return Voice.nothing(Channel.HEARTBEAT, false, "xenstore does not answer, so no heartbeat can be read");
        }
        if (beat == null) {
            return Voice.nothing(Channel.HEARTBEAT, false, "it has no heartbeat in xenstore");
        }
        if (vitals.heartbeatStalledSince() == null) {
            return Voice.alive(Channel.HEARTBEAT, true, "its heartbeat " + beat.path() + " moves");
        }
        if (!vitals.heartbeatMoved()) {
            return Voice.nothing(
                    Channel.HEARTBEAT, false, "its heartbeat " + beat.path() + " was never seen to move in this life");
        }
        Duration stalled = vitals.heartbeatStalledSince();
        return silent(
                Channel.HEARTBEAT,
                Channel.HEARTBEAT,
                Objects.requireNonNullElse(vitals.heartbeatLost(), stalled),
                stalled,
                now,
                "its heartbeat " + beat.path() + " moved before and stands at " + cut(beat.last()));
    }

    private static Voice probe(DomainObservation domain, Vitals vitals, Circumstances now) {
        boolean able = vitals.probes().stream().anyMatch(memory -> memory.ableAt(now.uptime(), now.learntProbe()));
        var answering = domain.signals().probes().stream()
                .filter(result -> result.answer() == Answer.ANSWERS)
                .findFirst();
        if (answering.isPresent()) {
            return Voice.alive(
                    Channel.PROBE,
                    able,
                    cut(answering.get().probe()) + " answers: "
                            + cut(answering.get().kind()));
        }
        List<ProbeMemory> tellers = vitals.probes().stream()
                .filter(memory -> memory.able(now.learntProbe()))
                .toList();
        if (tellers.isEmpty()) {
            return Voice.nothing(
                    Channel.PROBE,
                    false,
                    vitals.probes().isEmpty()
                            ? "no probe asks it"
                            : "none of its probes has answered long enough in this life to mean something");
        }
        if (!now.network()) {
            return Voice.nothing(
                    Channel.PROBE,
                    true,
                    "no other guest answers its probe, or guests on several hosts fell silent at once: the way to them"
                            + " is in doubt");
        }
        Duration latest = Duration.ZERO;
        Duration began = Duration.ZERO;
        for (ProbeMemory teller : tellers) {
            Duration since = teller.silentSince();
            if (since == null) {
                return Voice.nothing(Channel.PROBE, true, cut(teller.probe()) + " gives no clear answer now");
            }
            Duration lost = Objects.requireNonNullElse(teller.lost(), since);
            latest = since.compareTo(latest) > 0 ? since : latest;
            began = lost.compareTo(began) > 0 ? lost : began;
        }
        // An address that the guest's agent reports goes stale with the agent, as the heartbeat does.
        boolean own = tellers.stream().anyMatch(teller -> !teller.learnt());
        return silent(
                Channel.PROBE,
                own ? Channel.PROBE : Channel.HEARTBEAT,
                began,
                latest,
                now,
                cut(tellers.getFirst().probe()) + " answered before and is silent now");
    }

    private static Voice silent(
            Channel channel, Channel source, Duration began, Duration since, Circumstances now, String what) {
        Duration persisted = now.persisted(since);
        return Voice.silent(channel, source, began, persisted, what + ", for " + seconds(persisted) + " so far");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.0f s", duration.toMillis() / 1000.0);
    }

    private static String cut(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
