package io.paramedic.schemas.command;

import io.paramedic.schemas.identity.Incarnation;
import io.paramedic.schemas.identity.VmId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The domain that a step touches, and in which states it may be touched. The host compares all of it again in the same
 * breath as the act.
 *
 * @param incarnation never dom0
 * @param vm the VM that lives in it; absent where that was never known, as for an orphan
 * @param expected at least one; another state at the host's look is a refusal
 */
public record Target(Incarnation incarnation, @Nullable VmId vm, List<State> expected) {
    public Target {
        if (incarnation.isDom0()) {
            throw new IllegalArgumentException("dom0 is never a target");
        }
        if (expected.isEmpty()) {
            throw new IllegalArgumentException("a target names the states in which it may be touched");
        }
        expected = List.copyOf(expected);
    }

    /** A domain's state as one look at the hypervisor's flags shows it (toolstack facts §1.4). */
    public enum State {
        /** None of the others; running, blocked or runnable makes no difference here. */
        RUNNING,
        PAUSED,
        SHUT_DOWN,
        DYING
    }
}
