package io.paramedic.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The first thing that a newcomer sees. */
class DemoCommandTest {
    @Test
    void callsEveryDomainWhatItIs() {
        StringWriter out = new StringWriter();
        CommandLine commandLine = Paramedic.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        assertThat(Paramedic.execute(commandLine, "demo")).as(out.toString()).isEqualTo(ExitCode.OK.code());
        assertThat(out.toString())
                .contains("All 17 domains were called what they are")
                .doesNotContain("WRONG");
    }
}
