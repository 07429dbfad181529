package io.paramedic.analyzer.diagnosis;

import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Sentences that repeat what was seen, and the small questions that several rules ask. */
final class Seen {
    /** What must not have changed for this long before anything is said of it: a beat, a teardown, a destroy. */
    static final Duration PATIENCE = Duration.ofSeconds(8);
    /** A guest that used less CPU time than this in its whole life may still be booting (toolstack facts §0). */
    static final Duration BOOTING = Duration.ofSeconds(20);

    private Seen() {}

    static boolean activityIs(DomainObservation domain, Activity activity) {
        return domain.condition() instanceof Condition.Running running && running.activity() == activity;
    }

    static boolean running(DomainObservation domain) {
        return domain.condition() instanceof Condition.Running;
    }

    static boolean justStarted(DomainObservation domain) {
        return domain.cpuTime().compareTo(BOOTING) < 0;
    }

    /** Every sample found a vCPU running or waiting for a CPU: the guest never once went to sleep. */
    static boolean neverAsleep(DomainObservation domain) {
        return domain.flags().size() >= 3
                && domain.flags().stream()
                        .noneMatch(f -> f.toLowerCase(Locale.ROOT).indexOf('b') >= 0);
    }

    static boolean heartbeatStopped(DomainObservation domain) {
        Heartbeat beat = domain.signals().heartbeat();
        return beat != null && !beat.moved() && beat.watched().compareTo(PATIENCE) >= 0;
    }

    /** It sleeps, spins or waits without a sign of life: one witness, of a hang or of a fault of the host. */
    static boolean standsStill(DomainObservation domain) {
        return running(domain) && (heartbeatStopped(domain) || activityIs(domain, Activity.STUCK_IN_XEN));
    }

    /**
     * That it has no name is known. {@code xl} prints what xenstore says; under XAPI the name is known to be missing only where
     * xenstore was read.
     */
    static boolean nameless(DomainObservation domain, Toolstack toolstack) {
        return domain.name() == null
                && (toolstack != Toolstack.XAPI || domain.signals().inXenstore() != null);
    }

    /** In every sample. */
    static boolean always(DomainObservation domain, char flag) {
        char other = Character.toUpperCase(flag);
        return domain.flags().size() >= 2
                && domain.flags().stream().allMatch(f -> f.indexOf(flag) >= 0 || f.indexOf(other) >= 0);
    }

    /** Commands of a toolstack that are at work on it, or may be. */
    static List<String> toolsAtWork(DomainObservation domain) {
        return domain.signals().processes().stream()
                .filter(p -> {
                    String program = p.split(" ", 2)[0];
                    String name = program.substring(program.lastIndexOf('/') + 1);
                    return name.equals("xl") || name.equals("xenops-cli") || name.equals("xenops");
                })
                .toList();
    }

    static String flags(DomainObservation domain) {
        List<String> distinct = domain.flags().stream().distinct().toList();
        String shown = distinct.stream()
                .map(f -> "'" + f + "'")
                .reduce((a, b) -> a + ", " + b)
                .orElse("none");
        return domain.flags().size() == 1
                ? "its flags were " + shown + " in the only sample"
                : "its flags were " + shown + " in " + domain.flags().size() + " samples";
    }

    static String cpu(DomainObservation domain, HostContext host) {
        String resolution = domain.cpuResolution().compareTo(Duration.ofMillis(1)) >= 0
                ? " (the source shows steps of " + seconds(domain.cpuResolution()) + ")"
                : "";
        return "it used " + seconds(domain.cpuUsed()) + " of CPU time in " + seconds(host.window()) + resolution;
    }

    static String heartbeat(Heartbeat beat) {
        return beat.moved()
                ? "its heartbeat %s moved from %s to %s in %s"
                        .formatted(beat.path(), beat.first(), beat.last(), seconds(beat.watched()))
                : "its heartbeat %s stood at %s for %s".formatted(beat.path(), beat.last(), seconds(beat.watched()));
    }

    static String memory(DomainObservation domain) {
        return "it holds " + domain.memoryMib() + " MiB"
                + (domain.memoryChangeMib() < 0
                        ? ", falling"
                        : domain.memoryChangeMib() > 0 ? ", growing" : ", unchanged");
    }

    static String seconds(Duration duration) {
        return String.format(
                Locale.ROOT, duration.toMillis() % 100 == 0 ? "%.1f s" : "%.2f s", duration.toMillis() / 1000.0);
    }
}
