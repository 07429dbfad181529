package io.paramedic.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ParamedicTest {
    private final CommandLine commandLine = Paramedic.commandLine();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpGoesToStandardOutputAndListsEachExitCode() {
        assertThat(execute("--help")).isEqualTo(ExitCode.OK);
        for (ExitCode exitCode : ExitCode.values()) {
            assertThat(out.toString()).containsPattern("(?m)^ +" + exitCode.code() + " +\\S");
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatIsHiddenIsNotInTheHelp() {
        execute("--help");
        assertThat(out.toString()).doesNotContain("aot-train");
    }

    @Test
    void versionIsOneLine() {
        assertThat(execute("--version")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("paramedic ").contains("Java 2").hasLineCount(1);
    }

    @Test
    void withoutACommandTheHelpIsTheAnswerToAMistake() {
        assertThat(execute()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("Usage: paramedic");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aMistypedCommandIsAnsweredWithWhatWasMeant() {
        commandLine.addSubcommand(new Examine());
        assertThat(execute("exmaine")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).isEqualToNormalizingNewlines("""
            paramedic: there is no command 'exmaine'. Did you mean examine?
            See paramedic --help
            """);
    }

    @Test
    void aMistypedOptionIsAnsweredWithWhatWasMeant() {
        commandLine.addSubcommand(new Examine());
        assertThat(execute("examine", "--brokn")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("there is no option '--brokn'. Did you mean --broken?", "See paramedic examine --help");
    }

    @Test
    void aHiddenCommandIsNotSuggested() {
        execute("aot-trian");
        assertThat(err.toString()).contains("there is no command 'aot-trian'.").doesNotContain("Did you mean");
    }

    @Test
    void aWordTooManyIsNamed() {
        commandLine.addSubcommand(new Examine());
        assertThat(execute("examine", "me")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'me' is one word too many.");
    }

    @Test
    void aCommandDecidesItsExitCode() {
        commandLine.addSubcommand(new Examine());
        assertThat(execute("examine")).isEqualTo(ExitCode.SICK);
    }

    @Test
    void anExceptionIsABugAndNeverLooksLikeAFinding() {
        commandLine.addSubcommand(new Examine());
        assertThat(execute("examine", "--broken")).isEqualTo(ExitCode.INTERNAL);
        assertThat(err.toString()).contains("a bug of ours", "IllegalStateException: broken leg");
    }

    @Test
    void anErrorOfTheMachineIsNoFindingEither() {
        commandLine.addSubcommand(new Examine());
        assertThat(execute("examine", "--exhausted")).isEqualTo(ExitCode.INTERNAL);
        assertThat(err.toString()).contains("OutOfMemoryError");
    }

    @Test
    void trainingRehearsesSilently() {
        assertThat(execute("aot-train")).isEqualTo(ExitCode.OK);
        assertThat(out.toString() + err).isEmpty();
    }

    private ExitCode execute(String... args) {
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        int code = Paramedic.execute(commandLine, args);
        return java.util.Arrays.stream(ExitCode.values())
                .filter(exitCode -> exitCode.code() == code)
                .findFirst()
                .orElseThrow();
    }

    @Command(name = "examine")
    static final class Examine implements Subcommand {
        @Option(names = "--broken")
        private boolean broken;

        @Option(names = "--exhausted")
        private boolean exhausted;

        @Override
        public ExitCode run() {
            if (broken) {
                throw new IllegalStateException("broken leg");
            }
            if (exhausted) {
                throw new OutOfMemoryError();
            }
            return ExitCode.SICK;
        }
    }
}
