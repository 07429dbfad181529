package io.paramedic.schemas.incident;

/** Where an incident stands. */
public enum Phase {
    /** One witness, or not for long enough. */
    SUSPECTED,
    /** The verdict holds; nothing is done about it now, and the guards say why. */
    CONFIRMED,
    /** Part of a larger incident, under which nothing is done for this one alone. */
    INHIBITED,
    /** A step waits for a person. */
    AWAITING_APPROVAL,
    /** A command is out and has no final outcome. */
    ACTING,
    /** A step has ended; its effect is being watched. */
    VERIFYING,
    /** Nobody could find out what became of a command; a person must. */
    BLOCKED,
    /** No rung is left; a person must act. */
    EXHAUSTED,
    /** What was wrong is no longer seen. */
    RECOVERED
}
