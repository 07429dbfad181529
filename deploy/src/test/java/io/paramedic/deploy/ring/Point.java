package io.paramedic.deploy.ring;

/** A moment of a step at which the process that carries it out may end. */
enum Point {
    /** The claim is made and not sent. */
    BEFORE_CLAIM,
    /** The claim is granted, and nothing has reached the host. */
    AFTER_CLAIM,
    /** The host was looked at, and its guard was not asked to act. */
    BEFORE_EXEC,
    /** The guard has begun to check, and has not let the act through. */
    IN_GUARD,
    /** The domain is being destroyed. */
    DURING,
    /** The act has had its effect, and what the guard said of it was not read. */
    AFTER_EFFECT,
    /** What became of the step is known, and not sent. */
    BEFORE_OUTCOME,
    /** The outcome is on the log, and the lease was not given back. */
    BEFORE_RELEASE;

    /** Whether the process is held there; at the others it is the host that takes its time. */
    boolean isInTheProcess() {
        return this != IN_GUARD && this != DURING;
    }
}
