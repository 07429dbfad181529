package io.paramedic.schemas.diagnosis;

/** What is wrong with a domain or a host, in one word. */
public enum Verdict {
    /** Nothing wrong was seen. From outside a guest that is the best there is: idle and deadlocked asleep look alike. */
    NOTHING_WRONG(Severity.OK),
    /** Held by somebody on purpose, or in the middle of an operation: hands off. */
    PAUSED(Severity.OK),
    IN_FLIGHT(Severity.OK),
    /** Dom0, a driver domain or a stub domain: never a target. */
    CONTROL_DOMAIN(Severity.OK),

    CRASHED(Severity.SICK),
    NOT_REAPED(Severity.SICK),
    /** One witness, or two that have not persisted long enough for {@link #HUNG}. */
    HANG_SUSPECTED(Severity.SUSPECT),
    /** Two independent witnesses that both persisted. */
    HUNG(Severity.SICK),
    DEVICE_MODEL_DEAD(Severity.SICK),
    ZOMBIE(Severity.SICK),
    HALF_DESTROYED(Severity.SICK),
    ORPHAN(Severity.SICK),
    STALE_RECORD(Severity.SICK),
    DUPLICATE(Severity.SICK),
    CRASH_LOOP(Severity.SICK),
    GRANT_TABLE_NEARLY_FULL(Severity.SUSPECT),

    HOST_SILENT(Severity.SICK),
    TOOLSTACK_HUNG(Severity.SICK),
    XENSTORE_DEAD(Severity.SICK),
    /** Names in xenstore were lost, as after xenstored was restarted: {@code (null)} says nothing here (lab facts 2). */
    NAMES_LOST(Severity.SICK),
    DAEMON_MISSING(Severity.SICK),
    STORAGE_STALL_SUSPECTED(Severity.SUSPECT),
    SCHEDULER_STALL_SUSPECTED(Severity.SUSPECT),
    HOST_OVERLOADED(Severity.SUSPECT),
    /** The signals do not suffice or contradict each other; nothing is done in doubt. */
    UNDECIDED(Severity.SUSPECT);

    /** How much of an operator's attention a verdict wants. */
    public enum Severity {
        OK,
        SUSPECT,
        SICK
    }

    private final Severity severity;

    Verdict(Severity severity) {
        this.severity = severity;
    }

    public Severity severity() {
        return severity;
    }
}
