package io.paramedic.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class HostCommandTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Test
    void leavesPlainWordsAsTheyAre() {
        assertThat(HostCommand.of(LIMIT, "xl", "list", "-v").line()).isEqualTo("xl list -v");
    }

    @Test
    void refusesWhatNoProgramCanGet() {
        assertThatThrownBy(() -> HostCommand.quote("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 60)
    void aRealShellGetsEveryWordUnchanged(@ForAll @NotEmpty String word) throws Exception {
        String text = new String(word.replace("\0", "").getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        Process shell = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        HostCommand.of(LIMIT, "printf", "%s", text).line())
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }
}
