package io.paramedic.actuator.lease;

/** Why a claim was denied. A denied claim stays denied, whatever ends later. */
public enum Denial {
    /** An overlapping lease is in force. */
    LEASE_IN_FORCE,
    /** An overlapping hold is in force. */
    HOLD_IN_FORCE,
    /** An earlier claim for the same command was granted. */
    COMMAND_BURNT,
    /** An earlier record has the same lease id. */
    ID_USED,
    /** Longer than {@link LeaseBook#LONGEST_LEASE}. */
    TOO_LONG,
    /** A record before it could not be read, and what it said may still be in force. */
    UNREADABLE_BEFORE,
    /** The log is not such that a lease on it could be trusted, so that no claim was even made. */
    FORBIDDEN
}
