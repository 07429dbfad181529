package io.paramedic.analyzer.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paramedic.analyzer.policy.Policy.Rung;
import io.paramedic.schemas.incident.Mode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    @Test
    void allTimesAreDividedAndNoBudgetIs() {
        Policy scaled = Policy.DEFAULT.scaledBy(12);

        assertThat(scaled.patience().hung()).isEqualTo(Duration.ofSeconds(10));
        assertThat(scaled.patience().stopped()).isEqualTo(Duration.ofMillis(2_500));
        assertThat(scaled.patience().learntProbe()).isEqualTo(Duration.ofHours(2));
        assertThat(scaled.patience().evidence()).as("has a floor").isEqualTo(Duration.ofSeconds(10));
        assertThat(scaled.guards().window()).isEqualTo(Duration.ofSeconds(10));
        assertThat(scaled.guards().calm()).isEqualTo(Duration.ofSeconds(25));
        assertThat(scaled.guards().perHostPerHour())
                .isEqualTo(Policy.DEFAULT.guards().perHostPerHour());
        assertThat(scaled.rule(Rung.CLEAN_REBOOT).map(Policy.RungRule::verify)).hasValue(Duration.ofSeconds(25));
        assertThat(scaled.rule(Rung.REAP).map(Policy.RungRule::verify)).hasValue(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0, -2, 1_001, Double.NaN, Double.POSITIVE_INFINITY})
    void noTimeIsMadeLongerOrNothing(double factor) {
        assertThatThrownBy(() -> Policy.DEFAULT.scaledBy(factor)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "db-*, db-1, true",
        "db-*, db-, true",
        "db-*, adb-1, false",
        "*, anything, true",
        "*db*, my-db-1, true",
        "a*b*c, a-b-b-c, true",
        "a*b*c, a-b-b, false",
        "db, DB, false",
        "ab*bc, abc, false",
        "d.*, db, false",
        "0AD0B2E6-7F0A-4C4E-9E6C-0A6C5C1D2E3F, 0ad0b2e6-7f0a-4c4e-9e6c-0a6c5c1d2e3f, true"
    })
    void protectsWhatItsListMeans(String pattern, String name, boolean means) {
        Policy policy = new Policy(
                Mode.ACT,
                Policy.Patience.DEFAULT,
                Policy.Guards.DEFAULT,
                Policy.DEFAULT.rungs(),
                List.of("none", pattern));

        assertThat(policy.protectionOf(name).isPresent()).isEqualTo(means);
    }
}
