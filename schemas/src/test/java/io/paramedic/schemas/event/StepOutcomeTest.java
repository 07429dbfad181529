package io.paramedic.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StepOutcomeTest {
    private static final int MOST = StepOutcome.Ran.MOST_CHARACTERS;

    @Test
    void ofALongOutputTheEndIsKeptBecauseThereStandsTheError() {
        String out = "x".repeat(MOST) + "destroy failed (rc=-21)";
        assertThat(ran(out).out()).hasSize(MOST).endsWith("xdestroy failed (rc=-21)");
        assertThat(ran("x".repeat(MOST)).out()).hasSize(MOST);
    }

    @Test
    void noCharacterIsCutInTwo() {
        assertThat(ran("\ud83d\udc1e" + "x".repeat(MOST - 1)).out()).isEqualTo("x".repeat(MOST - 1));
    }

    private static StepOutcome.Ran ran(String out) {
        return new StepOutcome.Ran("xen-a", "xl destroy 12", 1, out, "", Duration.ZERO);
    }
}
