package io.paramedic.schemas.observation;

/** What a domain is doing, as far as the hypervisor knows. */
public sealed interface Condition {
    /** Scheduled by Xen. */
    record Running(Activity activity) implements Condition {}

    /** The toolstack's pause count is above zero: an administrator, a migration, a start or a destroy under way. */
    record Paused() implements Condition {}

    /** The guest stopped and its domain is still there. {@code paused} too, where a toolstack keeps a crash for analysis. */
    record ShutDown(ShutdownReason reason, boolean paused) implements Condition {}

    /** Torn down, and held by references of somebody else: the hypervisor's {@code d} (toolstack facts §1.4). */
    record Dying() implements Condition {}

    /** Was there in an earlier sample of the same boot and is not there now. */
    record Gone() implements Condition {}
}
