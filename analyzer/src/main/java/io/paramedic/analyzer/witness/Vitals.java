package io.paramedic.analyzer.witness;

import io.paramedic.schemas.observation.Activity;
import io.paramedic.schemas.observation.Condition;
import io.paramedic.schemas.observation.DomainObservation;
import io.paramedic.schemas.observation.DomainSignals.Heartbeat;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one incarnation has shown of its life since it was first seen, so that a later silence can be told from what is usual
 * for it. All moments are host uptime; each begins with the event in which it was first seen.
 *
 * @param firstSeen when the incarnation was first seen
 * @param quietSince absent while its vCPUs are not quiet
 * @param longestQuiet the longest time that it was quiet and woke up again
 * @param saturatedSince absent while its vCPUs do not burn all the time there is
 * @param longestSaturated the longest time that they did and let go again
 * @param stuckSince absent while its vCPUs do not wait inside Xen
 * @param heartbeatMoved whether its heartbeat was ever seen to move
 * @param heartbeatStalledSince absent while it is not stalled
 * @param heartbeatLost when it was first seen to stand still without having been seen to move since; not knowing of it for a
 *     while changes nothing
 * @param probes those that concern it now
 */
public record Vitals(
        Duration firstSeen,
        @Nullable Duration quietSince,
        Duration longestQuiet,
        @Nullable Duration saturatedSince,
        Duration longestSaturated,
        @Nullable Duration stuckSince,
        boolean heartbeatMoved,
        @Nullable Duration heartbeatStalledSince,
        @Nullable Duration heartbeatLost,
        List<ProbeMemory> probes) {
    public Vitals {
        probes = List.copyOf(probes);
    }

    /** Of an incarnation that was never seen before. */
    public static Vitals begin(Duration uptime) {
        return new Vitals(uptime, null, Duration.ZERO, null, Duration.ZERO, null, false, null, null, List.of());
    }

    /** With one more observation of the same incarnation. */
    public Vitals after(DomainObservation domain, Duration uptime) {
        Activity activity = domain.condition() instanceof Condition.Running running ? running.activity() : null;
        Duration quiet = since(activity == Activity.QUIET, quietSince, uptime);
        Duration saturated = since(activity == Activity.SATURATED, saturatedSince, uptime);
        Heartbeat beat = domain.signals().heartbeat();
        return new Vitals(
                firstSeen,
                quiet,
                longest(longestQuiet, quietSince, quiet, uptime),
                saturated,
                longest(longestSaturated, saturatedSince, saturated, uptime),
                since(activity == Activity.STUCK_IN_XEN, stuckSince, uptime),
                heartbeatMoved || (beat != null && beat.moved()),
                since(beat != null && !beat.moved(), heartbeatStalledSince, uptime),
                beat == null ? heartbeatLost : since(!beat.moved(), heartbeatLost, uptime),
                domain.signals().probes().stream()
                        .map(result -> remembered(result).after(result, uptime))
                        .toList());
    }

    private ProbeMemory remembered(ProbeResult result) {
        return probes.stream()
                .filter(memory -> memory.probe().equals(result.probe()))
                .findFirst()
                .orElseGet(() -> ProbeMemory.of(result));
    }

    private static Duration longest(
            Duration before, @Nullable Duration since, @Nullable Duration now, Duration uptime) {
        Duration ended = since != null && now == null ? uptime.minus(since) : Duration.ZERO;
        return ended.compareTo(before) > 0 ? ended : before;
    }

    private static @Nullable Duration since(boolean holds, @Nullable Duration before, Duration uptime) {
        if (!holds) {
            return null;
        }
        return before == null ? uptime : before;
    }
}
