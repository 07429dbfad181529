package io.paramedic.analyzer.witness;

import io.paramedic.analyzer.witness.Voice.Says;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The voices of all channels on one domain, and what they say together. */
public record Witnesses(List<Voice> voices) {
    /** So many windows must have been watched before a silence of one window is unusual for a guest. */
    private static final int WINDOWS = 2;

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

    /** Two independent channels that both persist, and no sign of life. */
    public boolean hung(Duration least) {
        return !alive()
                && voices.stream().filter(voice -> voice.silentFor(least)).count() >= 2;
    }

    private static Voice vcpu(Vitals vitals, Circumstances now) {
        Duration quiet = vitals.quietSince();
        Duration watchedUntil = quiet == null ? now.uptime() : quiet;
        boolean restless = vitals.longestQuiet().compareTo(now.hung()) < 0
                && watchedUntil.minus(vitals.firstSeen()).compareTo(now.hung().multipliedBy(WINDOWS)) >= 0;
        if (!now.toolstack()) {
            return Voice.nothing(
                    Channel.VCPU,
                    false,
                    "the host's own tools are slow or hang, so vCPUs that stand still say nothing");
        }
        if (vitals.stuckSince() != null) {
            return silent(Channel.VCPU, vitals.stuckSince(), now, "its vCPUs wait inside Xen and use no CPU time");
        }
        if (vitals.saturatedSince() != null) {
            return silent(Channel.VCPU, vitals.saturatedSince(), now, "its vCPUs burn all the time there is");
        }
        if (quiet != null && restless) {
            return silent(
                    Channel.VCPU,
                    quiet,
                    now,
                    "its vCPUs make no progress at all, and never before did it sleep for " + seconds(now.hung()));
        }
        return Voice.nothing(
                Channel.VCPU,
                restless,
                quiet != null
                        ? "its vCPUs sleep, as those of an idle guest do"
                        : "its vCPUs make progress, which a guest that spins does too");
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
        return silent(
                Channel.HEARTBEAT,
                vitals.heartbeatStalledSince(),
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
                    Channel.PROBE, true, "guests on several hosts fell silent at once: the way to them is in doubt");
        }
        Duration latest = Duration.ZERO;
        for (ProbeMemory teller : tellers) {
            Duration since = teller.silentSince();
            if (since == null) {
                return Voice.nothing(Channel.PROBE, true, cut(teller.probe()) + " gives no clear answer now");
            }
            latest = since.compareTo(latest) > 0 ? since : latest;
        }
        return silent(
                Channel.PROBE, latest, now, cut(tellers.getFirst().probe()) + " answered before and is silent now");
    }

    private static Voice silent(Channel channel, Duration since, Circumstances now, String what) {
        Duration persisted = now.persisted(since);
        return Voice.silent(channel, persisted, what + ", for " + seconds(persisted) + " so far");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.0f s", duration.toMillis() / 1000.0);
    }

    private static String cut(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
