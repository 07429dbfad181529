package io.paramedic.analyzer.incidents;

/** What an incident waits for. */
public enum Stage {
    /** For its verdict to hold and its guards to let the next step pass. */
    WATCHING,
    /** For the outcome of a command. */
    ACTING,
    /** For the effect of a step to be seen. */
    VERIFYING,
    /** For what a start needs: its domain was ended by us, and its VM is down until it is started. */
    START_DUE,
    /** For a person who trusts the host again. */
    BLOCKED,
    /** For a person: no rung is left. */
    EXHAUSTED
}
