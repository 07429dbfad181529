package io.paramedic.analyzer.ladder;

import io.paramedic.analyzer.policy.Policy.Rung;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.util.List;

/** The rungs for a verdict, from the least harmful on; none where a person must decide. */
public final class Ladder {
    private Ladder() {}

    public static List<Rung> of(Verdict verdict, Toolstack toolstack) {
        return switch (toolstack) {
            case XL -> xl(verdict);
            case XAPI -> xapi(verdict);
            case UNKNOWN -> List.of();
        };
    }

    private static List<Rung> xl(Verdict verdict) {
        return switch (verdict) {
            case CRASHED, DEVICE_MODEL_DEAD -> List.of(Rung.DESTROY_AND_START);
            case NOT_REAPED -> List.of(Rung.REAP);
            case HUNG -> List.of(Rung.CLEAN_REBOOT, Rung.DESTROY_AND_START);
            // A guest that somebody paused looks like half a domain after xenstored was restarted (lab facts 2 and 3).
            case HALF_DESTROYED,
                    NOTHING_WRONG,
                    PAUSED,
                    IN_FLIGHT,
                    CONTROL_DOMAIN,
                    HANG_SUSPECTED,
                    ZOMBIE,
                    ORPHAN,
                    STALE_RECORD,
                    DUPLICATE,
                    CRASH_LOOP,
                    GRANT_TABLE_NEARLY_FULL,
                    HOST_SILENT,
                    TOOLSTACK_HUNG,
                    XENSTORE_DEAD,
                    NAMES_LOST,
                    DAEMON_MISSING,
                    STORAGE_STALL_SUSPECTED,
                    SCHEDULER_STALL_SUSPECTED,
                    HOST_OVERLOADED,
                    UNDECIDED -> List.of();
        };
    }

    private static List<Rung> xapi(Verdict verdict) {
        return switch (verdict) {
            case CRASHED, DEVICE_MODEL_DEAD, HUNG -> List.of(Rung.HARD_REBOOT);
            case NOT_REAPED,
                    HALF_DESTROYED,
                    NOTHING_WRONG,
                    PAUSED,
                    IN_FLIGHT,
                    CONTROL_DOMAIN,
                    HANG_SUSPECTED,
                    ZOMBIE,
                    ORPHAN,
                    STALE_RECORD,
                    DUPLICATE,
                    CRASH_LOOP,
                    GRANT_TABLE_NEARLY_FULL,
                    HOST_SILENT,
                    TOOLSTACK_HUNG,
                    XENSTORE_DEAD,
                    NAMES_LOST,
                    DAEMON_MISSING,
                    STORAGE_STALL_SUSPECTED,
                    SCHEDULER_STALL_SUSPECTED,
                    HOST_OVERLOADED,
                    UNDECIDED -> List.of();
        };
    }
}
