package io.paramedic.actuator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.actuator.guard.GuardAnswer.Fate;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.event.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The guard, or the act's own shell, is killed at every place. Whatever is left on the host, the act ran at most once, a later
 * delivery does not run it again, and what the host then says of it is true.
 */
class GuardKilledTest extends GuardTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final int MOST_PLACES = 3_000;

    /** Of some 700 places every ninth, for time; with -Dparamedic.kill.every=1 all of them. */
    private static final int EVERY = Integer.getInteger("paramedic.kill.every", 9);

    /** Programs by which anything on the host changes. */
    private static final List<String> CHANGING = List.of("dd", "mv", "ln", "rm", "flock", "setsid", "xl");

    @Test
    void theGuardBeforeEachOfItsCommands() {
        host(Shell.BASH);
        Set<String> judged = new HashSet<>();
        int places = 0;
        for (int place = 1; place < MOST_PLACES; place += EVERY) {
            fresh();
            world.shellProgram("""
                case $0 in paramedic-guard)
                    set -T
                    n=0
                    trap 'n=$((n + 1)); [ $n -ne %d ] || kill -9 $$' DEBUG ;;
                esac
                """.formatted(place));
            GuardAnswer answer = askWhenFree(Orders.act(Orders.destroy(place), 6 + place));
            world.shellProgram("");
            if (answer instanceof GuardAnswer.Known) {
                break;
            }
            places++;
            assertThat(answer).isInstanceOf(GuardAnswer.Garbled.class);
            // Two kills that leave the same behind are one case.
            if (judged.add(left(place))) {
                assertTruthful(Orders.destroy(place), 6 + place, "before command " + place);
            }
        }
        assertThat(places).isBetween(300 / EVERY, MOST_PLACES / EVERY);
        assertThat(judged).hasSizeGreaterThan(2);
        assertNotStuck();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void theGuardOrTheActsShellBeforeAndAfterEachChange(Shell shell) throws IOException {
        host(shell);
        for (String tool : CHANGING) {
            tick(tool);
        }
        for (String moment : List.of("before", "after")) {
            boolean killed = true;
            for (int place = 1; killed; place++) {
                assertThat(place).isLessThan(100);
                int number = (moment.equals("before") ? 0 : 100) + place;
                fresh();
                world.write("ticks", "0");
                world.write("kill", moment + " " + place);
                world.ask(Orders.act(Orders.destroy(number), 6 + number, Duration.ofSeconds(2)));
                killed = XenWorld.read(folder.resolve("kill")).startsWith("killed");
                world.write("kill", "never 0");
                assertTruthful(Orders.destroy(number), 6 + number, moment + " change " + place);
            }
        }
        assertNotStuck();
    }

    /** A child of the guard that was just killed may hold the lock for a moment more. */
    private GuardAnswer askWhenFree(GuardCall call) {
        for (int tries = 0; tries < 100; tries++) {
            GuardAnswer answer = world.ask(call);
            if (!(answer instanceof GuardAnswer.Refused refused && refused.reason() == Refusal.HOST_BUSY)) {
                return answer;
            }
        }
        throw new AssertionError("the host stays busy");
    }

    /** The world as before, but for what the guard keeps. */
    private void fresh() {
        world.domains(Orders.ROW);
        world.write("acts", "");
    }

    /** A tool that counts its calls, and kills the shell that called it before or after the one that is due. */
    private void tick(String tool) throws IOException {
        Path stand = folder.resolve("bin").resolve(tool);
        Path real = Files.exists(stand) ? folder.resolve("bin").resolve(tool + "-itself") : Shell.program(tool);
        if (Files.exists(stand)) {
            Files.move(stand, real);
        }
        if (tool.equals("xl")) {
            Files.writeString(real, Files.readString(real).replace("tool=${0##*/}", "tool=xl"));
        }
        world.program(tool, """
            #!/bin/sh
            n=$(($(/bin/cat "$WORLD/ticks") + 1))
            echo $n >"$WORLD/ticks"
            read -r moment due <"$WORLD/kill"
            [ "$n" = "$due" ] || exec %1$s "$@"
            code=1
            [ "$moment" = before ] || { %1$s "$@"; code=$?; }
            echo killed 0 >"$WORLD/kill"
            kill -9 "$SHELL_PID"
            exit $code
            """.formatted(real));
    }

    private void assertTruthful(Command command, long token, String when) {
        int before = world.acts().size();
        assertThat(before).as(when).isLessThanOrEqualTo(1);
        GuardAnswer again = askWhenFree(Orders.act(command, token));
        Fate settled = fate(GuardCall.settle(command, Orders.token(token)));
        if (settled instanceof Fate.Running) {
            settled = fate(GuardCall.result(command, Orders.token(token), WAIT));
        }
        int ran = world.acts().size();
        assertThat(ran).as(when + ": " + again + ", then " + settled).isLessThanOrEqualTo(1);
        switch (settled) {
            case Fate.Ended _ -> assertThat(ran).as(when).isEqualTo(1);
            case Fate.Tombstoned _, Fate.NeverBegun _, Fate.TooLate _ ->
                assertThat(ran).as(when + ": " + settled).isZero();
            case Fate.Unknown _ -> {}
            case Fate.None _, Fate.Running _ -> throw new AssertionError(when + ": not settled: " + settled);
        }
        assertThat(fate(Orders.act(command, token))).as(when).isEqualTo(settled);
        assertThat(world.acts()).as(when).hasSize(ran);
    }

    private void assertNotStuck() {
        world.write("kill", "never 0");
        fresh();
        assertThat(fate(askWhenFree(Orders.act(Orders.destroy(9_999), 99_999)))).isInstanceOf(Fate.Ended.class);
    }

    /** What a kill left, but for numbers that differ from one kill to the next. */
    private String left(int place) {
        try (Stream<Path> files = Files.walk(world.state())) {
            StringBuilder all = new StringBuilder(world.acts().toString());
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                boolean ours = file.toString().contains(Orders.id(place).toString());
                if (ours || !file.toString().contains("/commands/")) {
                    String name = file.getFileName().toString().replaceAll("\\.[0-9]+$", ".PID");
                    all.append(name.replace(Orders.id(place).toString(), "ID"))
                            .append(XenWorld.read(file).replaceAll("[0-9]+|[0-9a-f-]{36}", "N"))
                            .append(XenWorld.read(file)
                                    .contains(Orders.id(place).toString()));
                }
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
