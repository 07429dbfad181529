package io.paramedic.actuator.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.paramedic.collector.access.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as a program: portable, small, and strict with its words. */
class GuardScriptTest extends GuardTest {
    /** Linux takes no longer argument than 128 KiB. */
    private static final int LONGEST_ARGUMENT = 128 << 10;

    @Test
    void isPortableByShellcheck(@TempDir Path folder) throws Exception {
        assumeTrue(Shell.has("shellcheck"), "shellcheck is not on this machine");
        Path script = Files.writeString(folder.resolve("guard.sh"), GuardScript.whole());
        Process process = new ProcessBuilder(
                        Shell.program("shellcheck").toString(), "-s", "sh", "-e", "SC2015", script.toString())
                .redirectErrorStream(true)
                .start();
        String found = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(found).isEmpty();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void fitsIntoOneArgumentEvenWhenQuotedForSudo() {
        String line = Orders.act(Orders.destroy(1), 7).command().line();
        assertThat(HostCommand.quote(line).length()).isLessThan(LONGEST_ARGUMENT / 2);
        assertThat(GuardScript.bare().lines()).noneMatch(text -> text.startsWith("#") || text.isBlank());
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void runsThroughSudoAndFromAFile(Shell shell) throws IOException, InterruptedException {
        host(shell);
        GuardCall look = GuardCall.result(Orders.destroy(1), Orders.token(7), Duration.ZERO);
        HostCommand sudo =
                new HostCommand("sh -c " + HostCommand.quote(look.command().line()), Duration.ofSeconds(20), 1 << 20);
        assertThat(fate(AnswerReader.read(look.id(), world.run(sudo)))).isEqualTo(new GuardAnswer.Fate.None());
        Path file = Files.writeString(folder.resolve("guard.sh"), GuardScript.whole());
        HostCommand installed = HostCommand.of(
                Duration.ofSeconds(20),
                "sh",
                file.toString(),
                "result",
                "id=x",
                "log=cluster-1/paramedic.leases/3/pool",
                "host=" + Orders.HOST);
        assertThat(fate(AnswerReader.read("x", world.run(installed)))).isEqualTo(new GuardAnswer.Fate.None());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "act",
                "act id=x",
                "settle id=../../x log=a/b/0/c token=1",
                "look id=$(id)",
                "look domid=0",
                "look domid=007",
                "look domid=32752",
                "look domid=-1",
                "look vm=",
                "look vm=all",
                "look force=true",
                "tell id=x log=a/b/0/c token=1e3 level=host",
                "tell id=x log=a/b/0/c token=1 level=vm",
                "look path=relative",
                "enrol id=x log=a/b/0/c newest=-2",
                "act act=rm",
                "look states=RUNNING;id"
            })
    void takesNoOtherWords(String words) throws InterruptedException {
        Shell shell = Shell.has("dash") ? Shell.DASH : Shell.SH;
        host(shell);
        List<String> parts = new java.util.ArrayList<>(List.of("sh", "-c", GuardScript.bare(), "paramedic-guard"));
        parts.addAll(List.of(words.split(" ")));
        HostCommand command = HostCommand.of(Duration.ofSeconds(20), parts.toArray(String[]::new));
        assertThat(AnswerReader.read("-", world.run(command))).isInstanceOf(GuardAnswer.Garbled.class);
        assertThat(world.acts()).isEmpty();
    }
}
