package io.paramedic.schemas.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paramedic.schemas.identity.HostBoot;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.lease.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommandTest {
    private static final UUID BOOT = new UUID(0, 1);
    private static final HostTime DEADLINE = new HostTime(BOOT, Duration.ofHours(1));
    private static final Incarnation WEB = new Incarnation("a", BOOT, 7, new UUID(0, 7));
    private static final Step DESTROY =
            new Step.DestroyDomain(new Target(WEB, null, List.of(Target.State.RUNNING)), null);

    @Test
    void aStepOnADomainIsAddressedToTheBootOfItsIncarnation() {
        assertThat(DESTROY.on()).isEqualTo(new HostBoot("a", BOOT));
        assertThat(command(new Scope.Host("north", "a"), DESTROY, DEADLINE).pool())
                .isEqualTo("north");
    }

    @Test
    void evidenceOfAnotherBootIsNone() {
        HostTime afterReboot = new HostTime(new UUID(0, 2), Duration.ofHours(1));
        assertThatThrownBy(() -> command(new Scope.Pool("north"), DESTROY, afterReboot))
                .hasMessage("the evidence is of another boot than the step");
    }

    @Test
    void theScopeCoversTheHostOfTheStep() {
        VmId vm = new VmId.ByName("web");
        for (Scope elsewhere : List.of(new Scope.Host("north", "b"), new Scope.Vm("north", "b", vm))) {
            assertThatThrownBy(() -> command(elsewhere, DESTROY, DEADLINE))
                    .hasMessage("the scope does not cover the step's host a");
        }
    }

    @Test
    void dom0IsNeverATarget() {
        Incarnation dom0 = new Incarnation("a", BOOT, 0, new UUID(0, 0));
        assertThatThrownBy(() -> new Target(dom0, null, List.of(Target.State.RUNNING)))
                .hasMessage("dom0 is never a target");
    }

    @Test
    void aTargetSaysInWhichStatesItMayBeTouched() {
        assertThatThrownBy(() -> new Target(WEB, null, List.of())).hasMessageContaining("states");
    }

    @Test
    void aStartNeedsASeal() {
        Traces traces = new Traces(List.of(WEB), List.of("web"), List.of());
        assertThatThrownBy(() -> new Step.StartVm(
                        new HostBoot("a", BOOT), new VmId.ByName("web"), null, traces, List.of(), List.of("b")))
                .hasMessageContaining("seal");
    }

    private static Command command(Scope scope, Step step, HostTime deadline) {
        return new Command(new UUID(0, 9), "i-1", scope, step, Instant.EPOCH, deadline, null, "test");
    }
}
