package io.paramedic.collector.probing;

import io.paramedic.schemas.observation.DomainSignals.ProbeResult;
import io.paramedic.schemas.observation.DomainSignals.ProbeResult.Answer;

/**
 * What the last attempts of one probe add up to.
 *
 * @param answer what is known
 * @param kind of the attempt that decided it
 * @param silences attempts in a row without an answer
 */
public record Answers(Answer answer, String kind, int silences) {
    public static final Answers NOT_YET = new Answers(Answer.UNKNOWN, "not-yet-asked", 0);

    /**
     * With one more attempt.
     *
     * @param enough so many silences in a row make a silent guest
     */
    public Answers with(Attempt attempt, int enough) {
        return switch (attempt) {
            case Attempt.Answered answered -> new Answers(Answer.ANSWERS, answered.kind(), 0);
            case Attempt.NotAsked not -> new Answers(Answer.UNKNOWN, not.kind(), 0);
            case Attempt.NoAnswer none -> {
                int now = Math.min(silences + 1, enough);
                yield now >= enough
                        ? new Answers(Answer.SILENT, none.kind(), now)
                        : new Answers(answer, answer == Answer.ANSWERS ? kind : "asking", now);
            }
        };
    }

    /** In the words of the contract. */
    public ProbeResult result(String probe, boolean learnt) {
        return new ProbeResult(probe, learnt, answer, kind);
    }
}
