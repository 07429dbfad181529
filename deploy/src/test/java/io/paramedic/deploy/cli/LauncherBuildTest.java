package io.paramedic.deploy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When the launcher builds, and what it says when it cannot. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LauncherBuildTest {
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

    @Test
    void buildsOnFirstUseOnTheJdkThatItFoundAndThenNoMore() throws Exception {
        Sandbox.Launch first = sandbox.launch();
        Sandbox.Launch second = sandbox.launch();
        assertThat(first.err()).contains("Building Paramedic (first use) with Java 25.0.1", "Built in ");
        assertThat(second.err()).isEmpty();
        assertThat(sandbox.builds()).hasSize(1).first().asString().startsWith(sandbox.root + "/usr/lib/jvm/jdk-25 ");
    }

    @Test
    void theBuildHasNoTestsAndNoChecks() throws Exception {
        sandbox.launch();
        assertThat(sandbox.builds().getFirst()).contains("-Pquick").endsWith("-pl deploy -am package");
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        sandbox.launch();
        sandbox.touch(sandbox.source);
        assertThat(sandbox.launch().err()).contains("(sources changed)");
        assertThat(sandbox.builds()).hasSize(2);
    }

    @Test
    void buildsAgainWhenASourceWasRemoved() throws Exception {
        sandbox.launch();
        Files.delete(sandbox.source);
        sandbox.touch(sandbox.sources);
        sandbox.launch();
        assertThat(sandbox.builds()).hasSize(2);
    }

    @Test
    void aTestOrADocumentIsNoReasonToBuild() throws Exception {
        sandbox.launch();
        Path test = Files.createDirectories(sandbox.project.resolve("deploy/src/test"))
                .resolve("T.java");
        sandbox.touch(Files.writeString(test, ""));
        sandbox.touch(Files.writeString(sandbox.project.resolve("README.md"), ""));
        assertThat(sandbox.launch().err()).isEmpty();
    }

    @Test
    void saysWhatToInstallWithoutMaven() throws Exception {
        Files.delete(sandbox.root.resolve("tools/mvn"));
        Sandbox.Launch launch = sandbox.launch();
        assertThat(launch.exit()).isEqualTo(ExitCode.CANNOT_START.code());
        assertThat(launch.err()).contains("no Maven (mvn)", "3.8 or newer", "apt install maven");
    }

    @Test
    void refusesAMavenThatIsTooOldAndTakesOneThatIsNew() throws Exception {
        sandbox.maven("3.6.3", "");
        assertThat(sandbox.launch().err()).contains("is Maven 3.6.3. Install Maven 3.8 or newer");
        assertThat(sandbox.builds()).isEmpty();
        sandbox.maven("4.0.0", "");
        assertThat(sandbox.launch().exit()).isZero();
        sandbox.touch(sandbox.source);
        sandbox.maven("3.10.1", "");
        assertThat(sandbox.launch().exit()).isZero();
    }

    @Test
    void withoutNetworkItQuotesMavenAndSaysTheNextStep() throws Exception {
        sandbox.maven("3.9.9", """
            echo '[INFO] Scanning for projects...'
            echo '[WARNING] Could not transfer metadata a:b/maven-metadata.xml'
            echo '[ERROR] Plugin a:b:1 could not be resolved: Could not transfer artifact a:b:pom:1: unknown host -> [Help 1]'
            exit 1
            """);
        Sandbox.Launch launch = sandbox.launch();
        assertThat(launch.exit()).isEqualTo(ExitCode.CANNOT_START.code());
        assertThat(launch.err())
                .contains("could not fetch what it needs")
                .contains(
                        "\n  Plugin a:b:1 could not be resolved: Could not transfer artifact a:b:pom:1: unknown host\n")
                .contains("Check the network and the proxy", "start again")
                .contains(sandbox.work() + "/build.log");
        assertThat(sandbox.work().resolve("build.log")).content().contains("Scanning for projects");
    }

    @Test
    void quotesWhatDoesNotCompile() throws Exception {
        sandbox.maven(
                "3.9.9",
                "echo '[ERROR] " + sandbox.project
                        + "/deploy/src/main/java/Main.java:[3,5] cannot find symbol'; exit 1");
        assertThat(sandbox.launch().err())
                .contains("do not compile:\n  deploy/src/main/java/Main.java:[3,5] cannot find symbol\n");
    }

    @Test
    void quotesTheEndOfALogWithoutAnError() throws Exception {
        sandbox.maven("3.9.9", "echo 'the disk is full'; exit 1");
        assertThat(sandbox.launch().err()).contains("the build failed after").contains("the disk is full");
    }

    @Test
    void aFailedBuildIsTriedAgain() throws Exception {
        sandbox.maven("3.9.9", "exit 1");
        sandbox.launch();
        sandbox.maven("3.9.9", "");
        assertThat(sandbox.launch().exit()).isZero();
    }

    @Test
    void twoLaunchesAtOnceBuildOnce() throws Exception {
        Path gate = sandbox.root.resolve("gate");
        sandbox.fifo(gate);
        sandbox.maven("3.9.9", "read -r _ <'" + gate + "'");
        Process first = sandbox.start();
        Sandbox.await(first.inputReader(UTF_8), "Building Paramedic");
        Process second = sandbox.start();
        assertThat(Sandbox.await(second.inputReader(UTF_8), "waiting for it")).contains("Process " + first.pid());
        Files.writeString(gate, "go\n");
        assertThat(Sandbox.exitOf(first)).isZero();
        assertThat(Sandbox.exitOf(second)).isZero();
        assertThat(sandbox.builds()).hasSize(1);
        assertThat(sandbox.work().resolve("lock")).doesNotExist();
    }

    @Test
    void theLockOfADeadLauncherIsTaken() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(sandbox.work());
        Path lock = sandbox.work().resolve("lock");
        Files.createSymbolicLink(lock, Path.of(Long.toString(dead.pid())));
        assertThat(sandbox.launch().exit()).isZero();
        assertThat(Files.exists(lock, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void anInterruptedBuildLeavesNothingBehind() throws Exception {
        Path gate = sandbox.root.resolve("gate");
        sandbox.fifo(gate);
        Path pid = sandbox.root.resolve("pid");
        sandbox.maven("3.9.9", "echo $$ >'" + pid + "'; echo started >'" + gate + "'; exec sleep 600");
        Process launch = sandbox.start();
        try (BufferedReader started = Files.newBufferedReader(gate)) {
            assertThat(started.readLine()).isEqualTo("started");
        }
        ProcessHandle maven =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
        launch.destroy();
        assertThat(Sandbox.exitOf(launch)).isEqualTo(143);
        maven.onExit().get(20, TimeUnit.SECONDS);
        assertThat(Files.exists(sandbox.work().resolve("lock"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }
}
