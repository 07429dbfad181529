package io.paramedic.schemas.observation;

/** What the vCPUs of a running domain did between the samples. None of these alone says that a guest is hung. */
public enum Activity {
    /** Used some CPU time. */
    ACTIVE,
    /** Asleep and used none that the tool can show. Idle or deadlocked: Xen cannot tell (toolstack facts §5.3). */
    QUIET,
    /** All vCPUs burned all the time there was. Busy or spinning: Xen cannot tell. */
    SATURATED,
    /**
     * Neither running nor blocked on every sample, and no CPU time used: the vCPUs wait inside Xen, as they do for a
     * device model that does not answer (toolstack facts §0).
     */
    STUCK_IN_XEN,
    /** One sample only, or samples that disagree. */
    UNDETERMINED
}
