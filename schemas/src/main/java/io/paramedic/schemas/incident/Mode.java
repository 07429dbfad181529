package io.paramedic.schemas.incident;

/** How far Paramedic goes in a pool. */
public enum Mode {
    /** Decides and keeps what it would do; the default. */
    OBSERVE,
    /** Asks a person before each step. */
    ADVISE,
    /** Acts as far as policy allows. */
    ACT
}
