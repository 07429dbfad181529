package io.paramedic.schemas.event;

/** Why a step was not begun. Another reason than these does not exist. */
public enum Refusal {
    /** Append time is past the command's limit. */
    EXPIRED,
    /** The host's uptime is past the deadline of the evidence. */
    EVIDENCE_TOO_OLD,
    /** Somebody else holds an overlapping lease; a hold or a pause too. */
    LEASE_DENIED,
    /** The claim was granted, but less than half of the lease was left. */
    LEASE_NEARLY_OVER,
    /** The host has seen a token as new or newer for this scope, one around it or, for a host step, one within it. */
    TOKEN_NOT_NEWER,
    /** The host was enrolled for another log, or this log ends before the host's last token. */
    OTHER_LOG,
    /** The host was never enrolled. */
    NOT_ENROLLED,
    OTHER_BOOT,
    /** The domid is not there, or the hypervisor holds another handle for it. */
    OTHER_DOMAIN,
    /** The domain is there and in a state that the command does not expect. */
    UNEXPECTED_STATE,
    /** Dom0, a driver domain or a stub domain. */
    CONTROL_DOMAIN,
    /** Another act holds the host's lock. */
    HOST_BUSY,
    /** The command was settled, and can never run. */
    TOMBSTONED,
    /** Something of the VM was found where none must be. */
    NOT_SEALED,
    /** A host that may hold the VM did not answer and its power is not proven to be off. */
    SEAL_UNANSWERED,
    /** What the start needs was not found or does not match. */
    CONFIGURATION_MISMATCH,
    /** This toolstack cannot do the step. */
    NOT_POSSIBLE_HERE
}
