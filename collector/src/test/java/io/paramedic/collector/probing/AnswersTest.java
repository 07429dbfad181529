package io.paramedic.collector.probing;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.schemas.observation.DomainSignals.ProbeResult.Answer;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final Attempt YES = new Attempt.Answered("connected");
    private static final Attempt NO = new Attempt.NoAnswer("timeout");
    private static final Attempt OURS = new Attempt.NotAsked("no-route");

    private static Answers after(Attempt... attempts) {
        Answers answers = Answers.NOT_YET;
        for (Attempt attempt : attempts) {
            answers = answers.with(attempt, 3);
        }
        return answers;
    }

    @Test
    void oneAnswerIsAnAnswer() {
        assertThat(after(YES).answer()).isEqualTo(Answer.ANSWERS);
        assertThat(after(NO, NO, NO, YES).answer()).isEqualTo(Answer.ANSWERS);
    }

    @Test
    void onlySeveralSilencesInARowAreSilence() {
        assertThat(after(NO, NO).answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(after(NO, NO, NO)).isEqualTo(new Answers(Answer.SILENT, "timeout", 3));
        assertThat(after(YES, NO, NO)).isEqualTo(new Answers(Answer.ANSWERS, "connected", 2));
        assertThat(after(YES, NO, NO, YES, NO, NO).answer()).isEqualTo(Answer.ANSWERS);
        assertThat(after(YES, NO, NO, NO).answer()).isEqualTo(Answer.SILENT);
    }

    @Test
    void aFailureOnOurSideIsNeverSilence() {
        assertThat(after(NO, NO, NO, OURS)).isEqualTo(new Answers(Answer.UNKNOWN, "no-route", 0));
        assertThat(after(NO, NO, OURS, NO, NO).answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(after(OURS, OURS, OURS, OURS).answer()).isEqualTo(Answer.UNKNOWN);
    }
}
