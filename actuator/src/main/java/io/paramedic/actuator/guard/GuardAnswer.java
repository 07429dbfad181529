package io.paramedic.actuator.guard;

import io.paramedic.schemas.event.Refusal;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.lease.LogId;
import io.paramedic.schemas.observation.HostObservation.Toolstack;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the guard answered, or why there is no answer. */
public sealed interface GuardAnswer {
    /** Nothing was done, on purpose, and nothing was recorded as begun. */
    record Refused(
            Refusal reason, String sentence, @Nullable HostTime at) implements GuardAnswer {}

    /** What the guard knows of a command. */
    record Known(Fate fate, @Nullable HostTime at) implements GuardAnswer {}

    /**
     * What is there now; nothing was changed.
     *
     * @param known whether the host has heard of the command before
     */
    record Looked(boolean known, Scene scene) implements GuardAnswer {}

    /** Nothing of the VM is there, and no older token will be obeyed. */
    record Sealed(@Nullable HostTime at) implements GuardAnswer {}

    /** The hold's token is recorded. */
    record Told(boolean busy, HostTime at) implements GuardAnswer {}

    /** @param already whether it was so before */
    record Enrolled(boolean already) implements GuardAnswer {}

    /**
     * The host obeys another log, or one that reached farther than ours does.
     *
     * @param newest token that the host has seen, -1 for none
     */
    record OtherLog(LogId there, long newest) implements GuardAnswer {}

    /** The call surely did not reach the host. */
    record NotReached(String sentence) implements GuardAnswer {}

    /** The call may have reached the guard, and its answer did not come. */
    record Lost(String sentence) implements GuardAnswer {}

    /** The guard, or something in its place, said what nobody understands. */
    record Garbled(String quote, String sentence) implements GuardAnswer {}

    /** What became of a command on the host. */
    sealed interface Fate {
        /** The host knows nothing of it. */
        record None() implements Fate {}

        /** It never began and never can. */
        record Tombstoned() implements Fate {}

        /** It was recorded, and whoever should have begun it was gone before. It never can now. */
        record NeverBegun() implements Fate {}

        /** It was recorded, and its deadline passed before the tool was started. It never can now. */
        record TooLate() implements Fate {}

        /** Its act goes on. */
        record Running(Transcript transcript) implements Fate {}

        /** Its act ended. The exit status may lie (toolstack facts §2.3). */
        record Ended(int exit, HostTime end, Transcript transcript) implements Fate {}

        /** Its act was begun and left no result, and no process of it is left. */
        record Unknown(String why, Transcript transcript) implements Fate {}
    }

    /**
     * What an act printed, its last 8 KiB.
     *
     * @param line that was run, for people
     */
    record Transcript(String line, String out, String err) {}

    /**
     * What was there at one look.
     *
     * @param at the host's time; absent where it did not tell
     * @param list as {@code list_domains -all} or {@code xl list -v} printed it; empty where it failed
     * @param store the domain's own part of xenstore, as {@code xenstore-ls -f} printed it
     * @param asked what {@code control/shutdown} holds, empty where there is no such node; absent where xenstore did not answer
     * @param task its status; empty where XAPI knows no such task, absent where it was not asked or did not answer
     * @param api whether XAPI answers; absent where it was not asked
     * @param record of the VM in XAPI's database, as {@code xe} printed it
     */
    record Scene(
            @Nullable HostTime at,
            Toolstack toolstack,
            @Nullable UUID hostUuid,
            String list,
            String store,
            @Nullable String asked,
            @Nullable String task,
            @Nullable Boolean api,
            String record) {}
}
