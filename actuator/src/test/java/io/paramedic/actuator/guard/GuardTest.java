package io.paramedic.actuator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.paramedic.actuator.guard.GuardAnswer.Fate;
import io.paramedic.schemas.event.Refusal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the guard in real shells have in common: an enrolled host with dom0 and one domain. */
@SuppressWarnings("NullAway.Init")
abstract class GuardTest {
    @TempDir
    Path folder;

    XenWorld world;

    void bareHost(Shell shell) {
        world = new XenWorld(folder, shell).domains(Orders.ROW);
    }

    void host(Shell shell) {
        bareHost(shell);
        assertThat(world.ask(GuardCall.enrol(Orders.HOST, Orders.LOG, 5, false)))
                .isEqualTo(new GuardAnswer.Enrolled(false));
    }

    void xapiHost(Shell shell) {
        host(shell);
        world.xapi().record("running", 6, XenWorld.HOST.toString(), "");
    }

    @AfterEach
    void endWhatRuns() {
        if (world != null) {
            world.close();
        }
    }

    Fate fate(GuardCall call) {
        return fate(world.ask(call));
    }

    static Fate fate(GuardAnswer answer) {
        assertThat(answer).isInstanceOf(GuardAnswer.Known.class);
        return ((GuardAnswer.Known) answer).fate();
    }

    GuardAnswer.Refused refused(GuardCall call, Refusal reason) {
        return refused(world.ask(call), reason);
    }

    static GuardAnswer.Refused refused(GuardAnswer answer, Refusal reason) {
        assertThat(answer).isInstanceOf(GuardAnswer.Refused.class);
        GuardAnswer.Refused refused = (GuardAnswer.Refused) answer;
        assertThat(refused.reason()).as(refused.sentence()).isEqualTo(reason);
        assertThat(refused.sentence()).isNotBlank();
        return refused;
    }

    /** That nothing was begun, and nothing was recorded that would bind the host. */
    void assertUntouched() {
        assertThat(world.acts()).isEmpty();
        assertThat(world.tokens()).doesNotContain("vm ").contains("pool -1 -", "host -1 -");
        assertThat(world.state().resolve("commands").toFile().list((_, name) -> name.endsWith(".fate")))
                .isEmpty();
    }
}
