package io.paramedic.analyzer.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the feed may be told, and what it tells of it. */
class FeedSettingsTest {
    private static final FeedSettings SETTINGS = FeedSettings.DEFAULT;

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.7", "xen-a", "127.0.0.1.evil.example", ""})
    void listensOnLoopbackAlone(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new FeedSettings(address, 0, null, 10, SETTINGS.heartbeat(), SETTINGS.patience(), 1, 1))
                .withMessageContaining("loopback");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://example.org", "example.org", "https:///path", "file:///etc/passwd"})
    void aWebhookIsAnHttpUrl(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.withWebhook(URI.create(url)));
    }

    @Test
    void aSecretWebhookIsNeverShown() {
        URI secret = URI.create("https://mia:pass@hooks.example.org:8443/T0/B0/xyz?token=abc#frag");
        assertThat(SETTINGS.withWebhook(secret).toString())
                .contains("https://hooks.example.org:8443/…")
                .doesNotContain("mia")
                .doesNotContain("pass@")
                .doesNotContain("T0")
                .doesNotContain("token");
        assertThat(Target.of(secret).url())
                .isEqualTo(URI.create("https://hooks.example.org:8443/T0/B0/xyz?token=abc#frag"));
        assertThat(Target.of(secret).authorization()).isEqualTo("Basic bWlhOnBhc3M=");
    }

    @Property
    void waitsLongerEachTimeUpToAMinute(
            @ForAll @IntRange(min = 1, max = 1_000) int failures,
            @ForAll @DoubleRange(min = 0, max = 1) double chance) {
        assertThat(Backoff.after(failures, chance))
                .isBetween(Duration.ofMillis(500), Duration.ofMinutes(1))
                .isLessThanOrEqualTo(Backoff.after(failures, 1))
                .isGreaterThanOrEqualTo(Backoff.after(failures, 0));
        assertThat(Backoff.after(failures + 1, chance)).isGreaterThanOrEqualTo(Backoff.after(failures, chance));
    }
}
