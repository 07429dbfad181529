package io.paramedic.schemas.observation;

/** Why a domain stopped, as Xen keeps it in the shutdown code (toolstack facts §2.3, sched.h). */
public enum ShutdownReason {
    POWEROFF(0),
    REBOOT(1),
    SUSPEND(2),
    CRASH(3),
    WATCHDOG(4),
    SOFT_RESET(5),
    /** A code this table does not know. */
    UNKNOWN(-1);

    private final int code;

    ShutdownReason(int code) {
        this.code = code;
    }

    public static ShutdownReason ofCode(int code) {
        for (ShutdownReason reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        return UNKNOWN;
    }
}
