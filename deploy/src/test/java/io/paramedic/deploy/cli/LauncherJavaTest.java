package io.paramedic.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which JDK the launcher takes, and what it says when there is none. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LauncherJavaTest {
    @TempDir
    private Path folder;

    private Sandbox sandbox;

    @BeforeEach
    void enter() throws Exception {
        sandbox = new Sandbox(folder);
    }

    @AfterEach
    void leave() {
        sandbox.close();
    }

    @Test
    void findsAnInstalledOneAlthoughJavaHomeAndThePathAre17() throws Exception {
        Path old = sandbox.jdk("usr/lib/jvm/a-17", "17.0.15");
        Path fit = sandbox.jdk("usr/lib/jvm/b-25", "25.0.3");
        sandbox.with("JAVA_HOME", old).with("PATH", old + "/bin:" + sandbox.root.resolve("tools"));
        assertThat(chosen()).isEqualTo(fit + "\n");
    }

    @Test
    void prefersJavaHomeWhereItIsNewEnough() throws Exception {
        sandbox.jdk("usr/lib/jvm/b-25", "25.0.3");
        Path wanted = sandbox.jdk("wanted", "26-ea");
        assertThat(sandbox.with("JAVA_HOME", wanted).launch("--print-java-home").out())
                .isEqualTo(wanted + "\n");
    }

    @Test
    void followsTheLinksOfTheJavaOnThePath() throws Exception {
        Path fit = sandbox.jdk("somewhere/jdk 25", "25");
        Path link = Files.createSymbolicLink(sandbox.root.resolve("alternatives"), fit.resolve("bin/java"));
        Path bin = Files.createDirectories(sandbox.root.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("java"), link);
        sandbox.with("PATH", bin + ":" + sandbox.root.resolve("tools"));
        assertThat(chosen()).isEqualTo(fit + "\n");
    }

    @Test
    void findsWhatSdkmanInstalled() throws Exception {
        Path fit = sandbox.jdk("home/.sdkman/candidates/java/25-tem", "25");
        assertThat(chosen()).isEqualTo(fit + "\n");
    }

    @Test
    void takesNoRuntimeWithoutACompiler() throws Exception {
        Path runtime = sandbox.jdk("usr/lib/jvm/a-25-jre", "25.0.3");
        Files.delete(runtime.resolve("bin/javac"));
        Path fit = sandbox.jdk("usr/lib/jvm/b-25", "25.0.3");
        assertThat(chosen()).isEqualTo(fit + "\n");
    }

    @Test
    void theNamedOneIsTakenOrRefusedButNeverReplaced() throws Exception {
        sandbox.jdk("usr/lib/jvm/b-25", "25.0.3");
        Path named = sandbox.jdk("named", "21.0.2");
        Sandbox.Launch launch = sandbox.with("PARAMEDIC_JAVA_HOME", named).launch("--print-java-home");
        assertThat(launch.exit()).isEqualTo(ExitCode.CANNOT_START.code());
        assertThat(launch.out()).isEmpty();
        assertThat(launch.err()).contains("PARAMEDIC_JAVA_HOME", named + " (21.0.2)", "unset it");
    }

    @Test
    void aNamedFolderWithoutJavaIsSaid() throws Exception {
        Sandbox.Launch launch =
                sandbox.with("PARAMEDIC_JAVA_HOME", "/no/such/folder").launch();
        assertThat(launch.exit()).isEqualTo(ExitCode.CANNOT_START.code());
        assertThat(launch.err()).contains("/no/such/folder (no bin/java there)");
    }

    @Test
    void withoutOneItSaysWhatIsThereAndWhatToInstall() throws Exception {
        Path old = sandbox.jdk("usr/lib/jvm/a-17", "17.0.15");
        sandbox.jdk("usr/lib/jvm/b-8", "1.8.0_402");
        Sandbox.Launch launch = sandbox.with("JAVA_HOME", old).launch("--help");
        assertThat(launch.exit()).isEqualTo(ExitCode.CANNOT_START.code());
        assertThat(launch.err())
                .contains("needs a JDK 25 or newer", "b-8 (1.8.0_402)", "apt install", "PARAMEDIC_JAVA_HOME=")
                .containsOnlyOnce("a-17 (17.0.15)");
    }

    @Test
    void aReleaseFileThatIsNonsenseIsNoVersion() throws Exception {
        Path odd = sandbox.jdk("usr/lib/jvm/odd", "25");
        Files.writeString(odd.resolve("release"), "JAVA_VERSION=\nfoo\n=\"25\"\nJAVA_VERSION2=\"25\"");
        assertThat(sandbox.launch().err()).contains("odd (version unknown)");
    }

    private String chosen() throws Exception {
        Sandbox.Launch launch = sandbox.launch("--print-java-home");
        assertThat(launch.err()).isEmpty();
        return launch.out();
    }
}
