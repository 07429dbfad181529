package io.paramedic.analyzer.witness;

import io.paramedic.schemas.observation.DomainSignals.ProbeResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one probe has shown in this incarnation. All moments are host uptime.
 *
 * @param probe in the words of the collector
 * @param learnt whether nobody configured it
 * @param answered whether it ever answered
 * @param answeredFor how long it answered in all, up to the last change
 * @param answeringSince absent while it does not answer
 * @param silentSince absent while it is not silent
 * @param lost when it first fell silent without having answered since; not knowing for a while changes nothing
 */
public record ProbeMemory(
        String probe,
        boolean learnt,
        boolean answered,
        Duration answeredFor,
        @Nullable Duration answeringSince,
        @Nullable Duration silentSince,
        @Nullable Duration lost) {
    static ProbeMemory of(ProbeResult result) {
        return new ProbeMemory(result.probe(), result.learnt(), false, Duration.ZERO, null, null, null);
    }

    ProbeMemory after(ProbeResult result, Duration uptime) {
        Duration soFar = answeringSince == null ? answeredFor : answeredFor.plus(uptime.minus(answeringSince));
        return switch (result.answer()) {
            case ANSWERS ->
                new ProbeMemory(
                        probe,
                        result.learnt(),
                        true,
                        answeredFor,
                        answeringSince == null ? uptime : answeringSince,
                        null,
                        null);
            case SILENT ->
                new ProbeMemory(
                        probe,
                        result.learnt(),
                        answered,
                        soFar,
                        null,
                        silentSince == null ? uptime : silentSince,
                        lost == null ? uptime : lost);
            case UNKNOWN -> new ProbeMemory(probe, result.learnt(), answered, soFar, null, null, lost);
        };
    }

    /** Whether its silence means something. */
    boolean able(Duration learntPatience) {
        return answered && (!learnt || answeredFor.compareTo(learntPatience) >= 0);
    }

    /** As {@link #able}, for one that answers at this moment. */
    boolean ableAt(Duration uptime, Duration learntPatience) {
        Duration soFar = answeringSince == null ? answeredFor : answeredFor.plus(uptime.minus(answeringSince));
        return answered && (!learnt || soFar.compareTo(learntPatience) >= 0);
    }
}
