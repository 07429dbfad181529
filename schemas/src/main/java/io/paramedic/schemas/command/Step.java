package io.paramedic.schemas.command;

import io.paramedic.schemas.identity.HostBoot;
import io.paramedic.schemas.identity.VmId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One thing to do on one host. What comes after it is decided anew from what is seen after it. */
public sealed interface Step permits Step.OnDomain, Step.OnHost {
    /** The boot of the host in which the step may run. */
    HostBoot on();

    /** Touches one incarnation of one domain. */
    sealed interface OnDomain extends Step {
        Target target();

        @Override
        default HostBoot on() {
            return new HostBoot(
                    target().incarnation().host(), target().incarnation().bootId());
        }
    }

    /** Touches no domain that is there now. */
    sealed interface OnHost extends Step {}

    /** Asks the guest to reboot. The tool waits up to a minute for the guest's answer (lab facts 4). */
    record RebootCleanly(Target target) implements OnDomain {}

    /** Asks the guest to power off. */
    record ShutDownCleanly(Target target) implements OnDomain {}

    /** Takes back a shutdown request that the guest never took, lest it obeys hours later (toolstack facts §3.4.8). */
    record WithdrawShutdownRequest(Target target) implements OnDomain {}

    /** Crashes the guest so that its own kernel writes a dump. */
    record CrashForDump(Target target) implements OnDomain {}

    /** Lets the toolstack destroy the domain and start the VM anew. Not idempotent (toolstack facts §3.4.2). */
    record RebootHard(Target target) implements OnDomain {}

    /**
     * Takes the domain out of the hypervisor; nothing is started.
     *
     * @param startsAgain what a start after it will need; the destroy is refused where that is not on the host as named
     */
    record DestroyDomain(Target target, @Nullable Configuration startsAgain) implements OnDomain {}

    /** Clears away a domain that stopped by itself and that nobody cleared away. */
    record ReapDomain(Target target) implements OnDomain {}

    /**
     * Starts a VM. Runs only after each host in {@code seals} has sealed the VM, that is, shown under lock that no trace of
     * it is there.
     *
     * @param on where to start it
     * @param vm what to start
     * @param configuration for {@code xl}; absent under XAPI, which has its own
     * @param traces what the guards look for
     * @param seals hosts whose guards must answer, never empty
     * @param provenOff hosts that may hold the VM and are excused, because their power is proven to be off
     */
    record StartVm(
            HostBoot on,
            VmId vm,
            @Nullable Configuration configuration,
            Traces traces,
            List<String> seals,
            List<String> provenOff)
            implements OnHost {
        public StartVm {
            if (seals.isEmpty()) {
                throw new IllegalArgumentException("a start needs at least the seal of the host where the VM starts");
            }
            seals = List.copyOf(seals);
            provenOff = List.copyOf(provenOff);
        }
    }

    /**
     * Makes XAPI's database say that the VM is halted; touches no domain (toolstack facts §3.4.3).
     *
     * @param vm XAPI's uuid
     * @param traces what the guards look for before
     * @param seals hosts whose guards must answer, never empty
     * @param provenOff hosts that are excused, because their power is proven to be off
     */
    record ResetPowerState(HostBoot on, UUID vm, Traces traces, List<String> seals, List<String> provenOff)
            implements OnHost {
        public ResetPowerState {
            if (seals.isEmpty() && provenOff.isEmpty()) {
                throw new IllegalArgumentException("a reset needs a seal, or proof that the power of the host is off");
            }
            seals = List.copyOf(seals);
            provenOff = List.copyOf(provenOff);
        }
    }

    /** Asks XAPI to cancel a task. */
    record CancelTask(HostBoot on, UUID task) implements OnHost {}

    /** Restarts the toolstack's daemons; running domains are untouched if database and reality agree (toolstack facts §9.8). */
    record RestartToolstack(HostBoot on) implements OnHost {}

    /** Finds out what became of an earlier command, or makes sure that it can never run. */
    record Settle(HostBoot on, UUID command) implements OnHost {}

    /**
     * @param path of the configuration file on the host
     * @param sha256 of its bytes, 64 lower-case hexadecimal digits; another file is refused
     */
    record Configuration(String path, String sha256) {}
}
