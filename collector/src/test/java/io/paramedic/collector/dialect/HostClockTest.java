package io.paramedic.collector.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostClockTest {
    private static final String CLOCK =
            "6b1b36cb-5dd6-4dd8-9bcb-2f4e2dd0f4a0\n12345.67 45678.90\n1.25 0.50 0.10 2/345 6789\n";
    private static final HostClock READ =
            new HostClock(UUID.fromString("6b1b36cb-5dd6-4dd8-9bcb-2f4e2dd0f4a0"), Duration.ofMillis(12_345_670), 1.25);

    @Test
    void readsBootUptimeAndLoad() {
        assertThat(HostClock.parse(CLOCK)).isEqualTo(Reading.of(READ));
    }

    @Test
    void isSplitFromWhatFollows() {
        assertThat(ClockedOutput.split(CLOCK + "Name\n\nrow"))
                .isEqualTo(Reading.of(new ClockedOutput(READ, "Name\n\nrow")));
        assertThat(ClockedOutput.split(CLOCK)).isEqualTo(Reading.of(new ClockedOutput(READ, "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n\n",
                "6b1b36cb-5dd6-4dd8-9bcb-2f4e2dd0f4a0\n12345.67 45678.90\n",
                "6b1b36cb-5dd6-4dd8-9bcb-2f4e2dd0f4a0\n12345.67 45678.90\n1.25 0.50 0.10 2/345 6789",
                "cat: /proc/uptime: No such file\n12345.67 45678.90\n1.25 0.50 0.10 2/345 6789\n",
                "6b1b36cb-5dd6-4dd8-9bcb-2f4e2dd0f4a0\n12345 45678.90\n1.25 0.50 0.10 2/345 6789\n",
                "6b1b36cb-5dd6-4dd8-9bcb-2f4e2dd0f4a0\n-12345.67 45678.90\n1.25 0.50 0.10 2/345 6789\n",
                "6b1b36cb-5dd6-4dd8-9bcb-2f4e2dd0f4a0\n12345.67 45678.90\n1.25 0.50 0.10\n"
            })
    void anythingElseIsNoClock(String text) {
        assertThat(HostClock.parse(text)).isInstanceOf(Reading.Unreadable.class);
        assertThat(ClockedOutput.split(text)).isInstanceOf(Reading.Unreadable.class);
    }
}
