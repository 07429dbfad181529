package io.paramedic.schemas.topics;

/** What follows from a problem with a topic, mildest first. */
public enum Gravity {
    /** Worth correcting; nothing is forbidden. */
    ADVICE,
    /** Decisions are made and journalled, but nothing is done to a host. */
    FORBIDS_ACTING,
    /** The order of a pool's records cannot be trusted, or a topic is not there: not even observing makes sense. */
    FORBIDS_RUNNING
}
