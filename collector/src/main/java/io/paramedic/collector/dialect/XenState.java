package io.paramedic.collector.dialect;

import io.paramedic.schemas.observation.ShutdownReason;
import org.jspecify.annotations.Nullable;

/**
 * A domain's flags in the hypervisor at one instant (toolstack facts §1.4). One sample of {@code running} and {@code
 * blocked} proves nothing about a hang.
 *
 * @param running a vCPU was on a physical CPU at that instant
 * @param blocked all online vCPUs wait for an event, the normal state of an idle guest
 * @param paused the toolstack's pause count is above zero
 * @param shutdown the guest stopped, for {@code reason}
 * @param reason why it stopped; absent where it did not stop or the tool does not tell
 * @param dying torn down and held by somebody's references; a teardown under way does not show here
 * @param letters the flags as printed
 */
public record XenState(
        boolean running,
        boolean blocked,
        boolean paused,
        boolean shutdown,
        @Nullable ShutdownReason reason,
        boolean dying,
        String letters) {}
