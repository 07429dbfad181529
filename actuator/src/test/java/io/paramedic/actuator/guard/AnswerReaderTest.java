package io.paramedic.actuator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.collector.access.CommandResult;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.identity.HostTime;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answer is what stands between the two marks, every line of it, and nothing else is one. */
class AnswerReaderTest {
    private static final String TIME = "time 0c4bb7b1-5ba5-4ba5-8f0e-bd0b1c1f2a3d 100007\n";
    private static final HostTime AT =
            new HostTime(UUID.fromString("0c4bb7b1-5ba5-4ba5-8f0e-bd0b1c1f2a3d"), Duration.ofMillis(1_000_070));

    @Test
    void whatALoginPrintsAroundItDoesNotMatter() {
        assertThat(read("Welcome to xen-07!\n" + marked(TIME + "answer refused HOST_BUSY\ntext 6e6f\n") + "bye\n"))
                .isEqualTo(new GuardAnswer.Refused(Refusal.HOST_BUSY, "no", AT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "answer refused\ntext 6e6f\n",
                "answer refused BECAUSE\ntext 6e6f\n",
                "answer refused HOST_BUSY\n",
                "answer refused HOST_BUSY\ntext 6e6\n",
                "answer refused HOST_BUSY\ntext xx\n",
                "answer done 0\nran \nout \nerr \n",
                "answer done -1 0c4bb7b1-5ba5-4ba5-8f0e-bd0b1c1f2a3d 5\n",
                "answer done 0 boot 5\n",
                "answer perhaps\n",
                "answer idle\n",
                "time now 5\nanswer idle\n",
                "answer running\nanswer running\n",
                "answer running\nand more\n",
                "answer other one-word 5\n",
                "answer malformed\ntext 6e6f\n"
            })
    void whatIsNotUnderstoodIsGarbled(String body) {
        assertThat(read(marked(body))).isInstanceOf(GuardAnswer.Garbled.class);
    }

    @Test
    void anAnswerToAnotherCallOrAHalfOneIsGarbled() {
        assertThat(read(marked("answer running\n").replace("begin id", "begin other")))
                .isInstanceOf(GuardAnswer.Garbled.class);
        assertThat(read("paramedic-guard 1 begin id\nanswer running\n")).isInstanceOf(GuardAnswer.Garbled.class);
        assertThat(read(marked("answer running\n") + marked("answer running\n")))
                .isInstanceOf(GuardAnswer.Garbled.class);
        assertThat(read("sh: syntax error\n"))
                .isInstanceOfSatisfying(
                        GuardAnswer.Garbled.class,
                        garbled -> assertThat(garbled.quote()).contains("syntax error"));
    }

    @Test
    void whatIsNotKnownToHaveEndedIsLost() {
        String answer = marked("answer running\n");
        Duration took = Duration.ofSeconds(1);
        assertThat(AnswerReader.read("id", new CommandResult.TimedOut(took, answer, "", took)))
                .isInstanceOf(GuardAnswer.Lost.class);
        assertThat(AnswerReader.read("id", new CommandResult.ConnectionLost("cut", answer, "", took)))
                .isInstanceOf(GuardAnswer.Lost.class);
        assertThat(AnswerReader.read("id", new CommandResult.TooMuchOutput(5, answer, "", took)))
                .isInstanceOf(GuardAnswer.Lost.class);
        CommandResult.Unreachable why =
                new CommandResult.Unreachable(CommandResult.Unreachable.Kind.REFUSED, "nothing listens", null);
        assertThat(AnswerReader.read("id", new CommandResult.NotReached(why, took)))
                .isEqualTo(new GuardAnswer.NotReached("nothing listens"));
    }

    private static String marked(String body) {
        return "paramedic-guard 1 begin id\n" + body + "paramedic-guard 1 end id\n";
    }

    private static GuardAnswer read(String stdout) {
        return AnswerReader.read("id", new CommandResult.Completed(0, stdout, "", Duration.ZERO));
    }
}
