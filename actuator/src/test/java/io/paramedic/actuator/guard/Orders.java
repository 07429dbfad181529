package io.paramedic.actuator.guard;

import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.command.Target;
import io.paramedic.schemas.command.Traces;
import io.paramedic.schemas.identity.HostBoot;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import io.paramedic.schemas.lease.FencingToken;
import io.paramedic.schemas.lease.LogId;
import io.paramedic.schemas.lease.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Commands and tokens as they would come from the log. */
public final class Orders {
    public static final String HOST = "xen-07";
    public static final String POOL = "pool";
    public static final LogId LOG = new LogId("cluster-1", "paramedic.leases", 3, POOL);
    public static final UUID HANDLE = UUID.fromString("66666666-0000-4000-8000-000000000006");
    public static final VmId VM = new VmId.ByName("web");
    public static final Scope VM_SCOPE = new Scope.Vm(POOL, HOST, VM);
    public static final Scope HOST_SCOPE = new Scope.Host(POOL, HOST);
    public static final String ROW = "6|" + HANDLE + "|-b----|web";

    private Orders() {}

    public static UUID id(int number) {
        return new UUID(0x1234_0000_4000L << 8, 0x8000_0000_0000_0000L | number);
    }

    public static FencingToken token(long offset) {
        return new FencingToken(LOG, offset);
    }

    public static Target target(Target.State... expected) {
        return new Target(
                new Incarnation(HOST, XenWorld.BOOT, 6, HANDLE),
                VM,
                expected.length == 0 ? List.of(Target.State.RUNNING) : List.of(expected));
    }

    /** The same domain as the VM that XAPI knows by its handle. */
    public static Target xapiTarget() {
        return new Target(
                new Incarnation(HOST, XenWorld.BOOT, 6, HANDLE),
                new VmId.ByUuid(HANDLE),
                List.of(Target.State.RUNNING, Target.State.PAUSED));
    }

    public static Command command(int id, Scope scope, Step step) {
        return command(id, scope, step, XenWorld.moment().plusSeconds(60));
    }

    public static Command command(int id, Scope scope, Step step, Duration deadline) {
        return new Command(
                id(id),
                "incident",
                scope,
                step,
                Instant.EPOCH,
                new HostTime(step.on().bootId(), deadline),
                null,
                "a test");
    }

    public static Command destroy(int id) {
        return command(id, VM_SCOPE, new Step.DestroyDomain(target(), null));
    }

    public static Step.StartVm start(Step.@Nullable Configuration configuration, Traces traces) {
        return new Step.StartVm(new HostBoot(HOST, XenWorld.BOOT), VM, configuration, traces, List.of(HOST), List.of());
    }

    /** The call that does what {@link #destroy} orders. */
    public static GuardCall act(Command command, long token) {
        return act(command, token, Duration.ofSeconds(20));
    }

    public static GuardCall act(Command command, long token, Duration wait) {
        Step.DestroyDomain step = (Step.DestroyDomain) command.step();
        return GuardCall.act(
                command,
                token(token),
                new GuardAct.OnDomain(GuardAct.Kind.XL_DESTROY, step.target(), null, step.startsAgain()),
                wait);
    }
}
