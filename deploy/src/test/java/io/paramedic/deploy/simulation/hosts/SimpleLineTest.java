package io.paramedic.deploy.simulation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.access.HostCommand;
import io.paramedic.deploy.simulation.hosts.SimpleLine.Join;
import io.paramedic.deploy.simulation.hosts.SimpleLine.Streams;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines are answered without a shell, and how they are understood. */
class SimpleLineTest {
    @Test
    void readsWordsQuotesAndJoins() {
        SimpleLine line = SimpleLine.parse("xl list 'a b' && xl domid \"(null)\" || echo 'it'\\''s'; xl info")
                .orElseThrow();

        assertThat(line.root()).isFalse();
        assertThat(line.steps())
                .containsExactly(
                        new SimpleLine.Step(Join.ALWAYS, List.of("xl", "list", "a b"), Streams.BOTH),
                        new SimpleLine.Step(Join.IF_OK, List.of("xl", "domid", "(null)"), Streams.BOTH),
                        new SimpleLine.Step(Join.IF_FAILED, List.of("echo", "it's"), Streams.BOTH),
                        new SimpleLine.Step(Join.ALWAYS, List.of("xl", "info"), Streams.BOTH));
    }

    @Test
    void looksThroughThePreludeAndSudo() {
        SimpleLine line = SimpleLine.parse("sudo -n -- sh -c " + HostCommand.quote(HostCommand.PRELUDE + "xl list '1'"))
                .orElseThrow();

        assertThat(line.root()).isTrue();
        assertThat(line.steps().getFirst().words()).containsExactly("xl", "list", "1");
    }

    @Test
    void throwsAwayWhatIsToBeThrownAway() {
        assertThat(SimpleLine.parse("xl list 2>/dev/null")
                        .orElseThrow()
                        .steps()
                        .getFirst()
                        .streams())
                .isEqualTo(Streams.NO_STDERR);
        assertThat(SimpleLine.parse("xl list >/dev/null 2>&1")
                        .orElseThrow()
                        .steps()
                        .getFirst()
                        .streams())
                .isEqualTo(Streams.NEITHER);
        assertThat(SimpleLine.parse("xl list 2>&1")
                        .orElseThrow()
                        .steps()
                        .getFirst()
                        .streams())
                .isEqualTo(Streams.MERGED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xl list | head",
                "echo $HOME",
                "echo \"$HOME\"",
                "echo `id`",
                "xl list &",
                "xl list >file",
                "xl list 2>&1 >/dev/null",
                "A=1 xl list",
                "ls *.cfg",
                "(xl list)",
                "if true; then xl list; fi | cat",
                "xl list; ; xl info",
                "xl list &&",
                "&& xl list",
                "echo 'open",
                "echo a\\ b",
                "echo a # b",
                "xl list\nxl info",
                "sudo -u other xl list",
                "sudo -n -- xl list; xl info"
            })
    void leavesToAShellWhatOnlyAShellCanDo(String line) {
        assertThat(SimpleLine.parse(line)).isEmpty();
    }
}
