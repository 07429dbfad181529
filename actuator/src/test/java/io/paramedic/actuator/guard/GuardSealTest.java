package io.paramedic.actuator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.actuator.guard.GuardAnswer.Fate;
import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.command.Traces;
import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.identity.Incarnation;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A seal finds a VM by any one trace, and a host that was sealed obeys no older token. */
class GuardSealTest extends GuardTest {
    private static final String DISK = "/dev/vg0/web-disk";
    private static final Traces TRACES = new Traces(
            List.of(
                    new Incarnation(Orders.HOST, XenWorld.BOOT, 6, Orders.HANDLE),
                    new Incarnation("elsewhere", XenWorld.BOOT, 8, Orders.HANDLE)),
            List.of("web"),
            List.of(DISK));
    private static final String OTHER = "77777777-0000-4000-8000-000000000007";

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void isCleanWhereNothingOfTheVmIs(Shell shell) {
        host(shell);
        world.domains("7|" + OTHER + "|-b----|webserver", "8|77777777-0000-4000-8000-000000000008|--p--d|(null)");
        world.store("/local/domain/0/backend/vbd/7/51712/params", DISK + "-other");
        assertThat(world.ask(seal(1, 7, TRACES))).isInstanceOf(GuardAnswer.Sealed.class);
        assertThat(world.tokens()).contains(" 7 " + Orders.id(1));
        refused(Orders.act(Orders.destroy(2), 6), Refusal.TOKEN_NOT_NEWER);
        refused(seal(3, 6, TRACES), Refusal.TOKEN_NOT_NEWER);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void findsADomain(Shell shell) {
        host(shell);
        for (String row : List.of(
                "9|" + Orders.HANDLE + "|-b----|renamed",
                "9|66666666-0000-4000-8000-000000000000|---ss-|x",
                "9|66666666-0000-4000-8000-000000000001|--p---|x",
                "6|" + OTHER + "|-b----|x",
                "6|deadbeef-dead-beef-dead-beef00000006|--p--d|(null)",
                "9|" + OTHER + "|-b----|web",
                "9|" + OTHER + "|--p---|web--incoming",
                "9|" + OTHER + "|---ss-|web--migratedaway",
                "9|" + OTHER + "|-b----|web-dm",
                "9|" + OTHER + "|--p---|(null)",
                "9|deadbeef-dead-beef-dead-beef00000009|--p---|x")) {
            world.domains(row);
            assertThat(refused(seal(1, 7, TRACES), Refusal.NOT_SEALED).sentence())
                    .contains("domain " + row.substring(0, 1));
        }
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void findsADisk(Shell shell) throws IOException {
        host(shell);
        world.domains();
        for (String params : List.of(DISK, "aio:" + DISK)) {
            world.store("/local/domain/0/backend/vbd/9/51712/params", params);
            assertThat(refused(seal(1, 7, TRACES), Refusal.NOT_SEALED).sentence())
                    .contains("vbd/9/51712");
        }
        XenWorld.clear(folder.resolve("store/local/domain/0/backend"));
        assertThat(world.ask(seal(1, 7, TRACES))).isInstanceOf(GuardAnswer.Sealed.class);
        Path image = Files.createFile(folder.resolve("web.img"));
        Path link = Files.createSymbolicLink(folder.resolve("link.img"), image);
        Traces traces = new Traces(List.of(), List.of(), List.of(link.toString()));
        assertThat(world.ask(seal(1, 7, traces))).isInstanceOf(GuardAnswer.Sealed.class);
        world.store("/local/domain/0/backend/vbd/9/51712/params", "aio:/srv/a disk.img");
        Traces blank = new Traces(List.of(), List.of(), List.of("/srv/a disk.img"));
        assertThat(refused(seal(1, 7, blank), Refusal.NOT_SEALED).sentence()).contains("vbd/9/51712");
        // Another name of the same device.
        world.store("/local/domain/0/backend/vbd/9/51712/params", "aio:" + image);
        assertThat(refused(seal(1, 7, traces), Refusal.NOT_SEALED).sentence()).contains("vbd/9/51712");
        XenWorld.clear(folder.resolve("store/local/domain/0/backend"));
        try (RandomAccessFile open = new RandomAccessFile(image.toFile(), "r")) {
            assertThat(open.length()).isZero();
            assertThat(refused(seal(1, 7, traces), Refusal.NOT_SEALED).sentence())
                    .contains("open");
        }
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void isRefusedWhereNobodyKnows(Shell shell) {
        host(shell);
        world.domains();
        Traces strange = new Traces(List.of(), List.of(), List.of("/dev/a \"b\" $(c)"));
        refused(seal(1, 7, strange), Refusal.NOT_SEALED);
        world.before("xenstore-list", "exit 1").before("xenstore-read", "exit 1");
        refused(seal(1, 7, TRACES), Refusal.NOT_SEALED);
        world.before("xl", "exit 1");
        refused(seal(1, 7, TRACES), Refusal.NOT_SEALED);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void hostileNamesFindTheirDomainAndRunNothing(Shell shell) {
        host(shell);
        for (String name : List.of(
                "it's",
                "a b  c",
                "$(touch pwned)",
                "`touch pwned`",
                "-v",
                "--",
                "*",
                "[a-z]",
                "a\\b",
                "ä€",
                "x=y",
                "#c",
                "?",
                "'")) {
            world.domains("9|" + OTHER + "|-b----|" + name);
            if (!name.contains("\\")) {
                Traces named = new Traces(List.of(), List.of(name), List.of());
                assertThat(refused(seal(1, 7, named), Refusal.NOT_SEALED).sentence())
                        .contains("its name");
            }
            Traces other = new Traces(List.of(), List.of(name + "x", "line\nbreak"), List.of());
            assertThat(world.ask(seal(1, 7, other))).isInstanceOf(GuardAnswer.Sealed.class);
        }
        assertThat(Files.exists(Path.of("pwned"))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void aStartRefusesByItselfWhereTheVmIs(Shell shell) throws IOException {
        host(shell);
        Path path = Files.writeString(folder.resolve("web.cfg"), "name=web\n");
        Step.StartVm start =
                Orders.start(new Step.Configuration(path.toString(), Digests.sha256(Files.readAllBytes(path))), TRACES);
        Command command = Orders.command(1, Orders.VM_SCOPE, start);
        GuardCall call = GuardCall.act(
                command,
                Orders.token(7),
                new GuardAct.Start(GuardAct.Kind.XL_CREATE, null, start.configuration(), TRACES),
                Duration.ofSeconds(20));
        refused(call, Refusal.NOT_SEALED);
        assertThat(world.acts()).isEmpty();
        world.domains();
        // The seal of the same command does not make its own token an old one.
        assertThat(world.ask(GuardCall.seal(command, start, Orders.HOST, Orders.token(7))))
                .isInstanceOf(GuardAnswer.Sealed.class);
        assertThat(fate(call)).isInstanceOf(Fate.Ended.class);
        assertThat(world.acts()).containsExactly("xl create " + path);
    }

    @ParameterizedTest
    @MethodSource("io.paramedic.actuator.guard.Shell#here")
    void underXapiHandlesCountAndNamesDoNot(Shell shell) {
        xapiHost(shell);
        world.domains("9|" + OTHER + "|-b----|web");
        assertThat(world.ask(seal(1, 7, TRACES))).isInstanceOf(GuardAnswer.Sealed.class);
        world.domains("9|" + Orders.HANDLE + "|-b----|web");
        refused(seal(1, 7, TRACES), Refusal.NOT_SEALED);
        GuardCall start = GuardCall.act(
                Orders.command(2, Orders.VM_SCOPE, Orders.start(null, TRACES)),
                Orders.token(8),
                new GuardAct.Start(GuardAct.Kind.XAPI_START, UUID.fromString(OTHER), null, TRACES),
                Duration.ofSeconds(20));
        refused(start, Refusal.UNEXPECTED_STATE);
        world.record("halted", -1, "<not in database>", "");
        refused(start, Refusal.NOT_SEALED);
        world.domains();
        assertThat(fate(start)).isInstanceOf(Fate.Ended.class);
        assertThat(world.acts()).containsExactly("xe vm-start uuid=" + OTHER + " on=" + XenWorld.HOST);
    }

    private static GuardCall seal(int id, long token, Traces traces) {
        Step.StartVm start = Orders.start(null, traces);
        return GuardCall.seal(Orders.command(id, Orders.VM_SCOPE, start), start, Orders.HOST, Orders.token(token));
    }
}
