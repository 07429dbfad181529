package io.paramedic.deploy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the launcher becomes the program. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LauncherStartTest {
    @TempDir
    private Path folder;

    private Sandbox sandbox;

    @BeforeEach
    void enter() throws Exception {
        sandbox = new Sandbox(folder).complete();
    }

    @AfterEach
    void leave() {
        sandbox.close();
    }

    static Stream<String> shells() {
        return Stream.of("sh", "dash", "bash --posix", "bash", "busybox sh", "ksh", "zsh --emulate sh")
                .filter(shell -> Sandbox.has(shell.replaceAll(" .*", "")));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void buildsAndStartsUnderEveryShellThatIsHere(String shell) throws Exception {
        sandbox.shell(shell);
        Sandbox.Launch first = sandbox.launch("doctor", "root@xen 7", "");
        assertThat(first.exit()).isZero();
        assertThat(first.out()).startsWith("java 25.0.1\n").endsWith("[doctor]\n[root@xen 7]\n[]\n");
        assertThat(first.err()).contains("Built in ");
        assertThat(sandbox.launch("--help").err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void failsPlainlyUnderEveryShellThatIsHere(String shell) throws Exception {
        sandbox.shell(shell);
        sandbox.maven("3.9.9", "echo '[ERROR] Could not transfer artifact x: no route'; exit 1");
        Sandbox.Launch launch = sandbox.launch();
        assertThat(launch.exit()).isEqualTo(ExitCode.CANNOT_START.code());
        assertThat(launch.err()).contains("\n  Could not transfer artifact x: no route\n");
    }

    @Test
    void standardOutputIsTheProgramsAlone() throws Exception {
        assertThat(sandbox.launch("status").out()).startsWith("java 25.0.1\n");
    }

    @Test
    void theExitCodePassesThrough() throws Exception {
        sandbox.jdk("usr/lib/jvm/jdk-25", "25.0.1", "exit 5");
        assertThat(sandbox.launch().exit()).isEqualTo(5);
    }

    @Test
    void theProgramIsTheSameProcessSoThatSignalsReachIt() throws Exception {
        sandbox.jdk("usr/lib/jvm/jdk-25", "25.0.1", "echo \"pid $$\"");
        Process launch = sandbox.start();
        assertThat(Sandbox.await(launch.inputReader(UTF_8), "pid")).isEqualTo("pid " + launch.pid());
        assertThat(Sandbox.exitOf(launch)).isZero();
    }

    @Test
    void worksThroughALinkFromAnyFolderAndStaysThere() throws Exception {
        sandbox.jdk("usr/lib/jvm/jdk-25", "25.0.1", "pwd");
        Path bin = Files.createDirectories(sandbox.root.resolve("bin"));
        Path absolute = Files.createSymbolicLink(bin.resolve("pm"), sandbox.project.resolve("paramedic"));
        Path relative = Files.createSymbolicLink(bin.resolve("pm2"), Path.of("pm"));
        assertThat(sandbox.launch(absolute, bin).out()).isEqualTo(bin + "\n");
        assertThat(sandbox.launch(relative, bin).out()).isEqualTo(bin + "\n");
        assertThat(sandbox.launch(Path.of("paramedic"), sandbox.project).out()).isEqualTo(sandbox.project + "\n");
    }

    @Test
    void usesTheCacheThatItMadeAfterTheBuild() throws Exception {
        assertThat(sandbox.launch("doctor").out()).contains("[-XX:AOTCache=" + cache() + "]");
        assertThat(sandbox.launch("doctor").err()).isEmpty();
    }

    @Test
    void helpAndVersionAreQuickerWithoutIt() throws Exception {
        for (String argument : List.of("--help", "-V", "help")) {
            assertThat(sandbox.launch(argument).out()).doesNotContain("AOTCache");
        }
    }

    @Test
    void anotherJdkGetsAnotherCache() throws Exception {
        sandbox.launch();
        Files.writeString(cache(), "of the old JDK");
        sandbox.jdk("usr/lib/jvm/jdk-25", "25.0.2");
        assertThat(sandbox.launch().err()).startsWith("Prepared quick starts");
        assertThat(cache()).hasContent("cache");
    }

    @Test
    void aCacheThatCannotBeMadeIsNotMissedAndNotTriedAgain() throws Exception {
        Path tries = sandbox.root.resolve("tries");
        sandbox.jdk(
                "usr/lib/jvm/jdk-25",
                "25.0.1",
                "case \"$*\" in *AOTCacheOutput*) echo try >>'" + tries + "'; exit 1 ;; esac; echo \"$*\"");
        assertThat(sandbox.launch("doctor").exit()).isZero();
        assertThat(sandbox.launch("doctor").out()).doesNotContain("AOTCache");
        assertThat(Files.readAllLines(tries)).isEqualTo(List.of("try"));
    }

    @Test
    void ownOptionsForTheJvmComeLastSoThatTheyWin() throws Exception {
        assertThat(sandbox.with("PARAMEDIC_JAVA_OPTS", "-Xmx1g -Dx=y")
                        .launch("doctor")
                        .out())
                .contains("[-Xmx1g]\n[-Dx=y]\n[-XX:AOTCache=");
    }

    @Test
    void aCommandOfSecondsGetsOneCompilerAndAServiceBoth() throws Exception {
        assertThat(sandbox.launch("doctor").out()).contains("[-XX:TieredStopAtLevel=1]");
        assertThat(sandbox.launch("simulate-hosts").out()).doesNotContain("TieredStopAtLevel");
    }

    private Path cache() {
        return sandbox.project.resolve("deploy/target/paramedic/paramedic.aot");
    }
}
