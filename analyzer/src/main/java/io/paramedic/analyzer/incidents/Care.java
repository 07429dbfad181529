package io.paramedic.analyzer.incidents;

import io.paramedic.analyzer.policy.Policy.Rung;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.command.Traces;
import io.paramedic.schemas.identity.HostTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a VM has come up the ladder.
 *
 * @param stage what it waits for
 * @param rung on which it stands; absent before the first
 * @param spent rungs that were tried and are over
 * @param command that is out; absent while none is
 * @param after only samples of the host later than this count; absent where each counts
 * @param asOf append time after which a sample must have come in to count; absent where each counts
 * @param until append time at which the effect is no longer waited for; absent while none is
 * @param refusals how often in a row a command was refused or did not reach its host
 * @param approved the proposal that a person approved and that was not used yet
 * @param rejected kinds of step to which a person said no
 * @param rehearsed the kind of step that was last rehearsed; empty where none was
 * @param withheld the guard that was last journalled; empty where none was
 * @param start what a start needs; absent where none is to follow
 * @param expects channels that could testify before, one of which must speak again in the new life
 * @param wellSince host uptime from which on it looks well; absent while it does not
 */
public record Care(
        Stage stage,
        @Nullable Rung rung,
        List<Rung> spent,
        @Nullable UUID command,
        @Nullable HostTime after,
        @Nullable Instant asOf,
        @Nullable Instant until,
        int refusals,
        @Nullable UUID approved,
        List<String> rejected,
        String rehearsed,
        String withheld,
        @Nullable Start start,
        List<String> expects,
        @Nullable Duration wellSince) {
    public static final Care BEGIN = new Care(
            Stage.WATCHING, null, List.of(), null, null, null, null, 0, null, List.of(), "", "", null, List.of(), null);

    public Care {
        spent = List.copyOf(spent);
        rejected = List.copyOf(rejected);
        expects = List.copyOf(expects);
    }

    /**
     * @param configuration from which it is started; absent where the toolstack knows
     * @param traces by which a copy of it would be recognised
     */
    public record Start(Step.@Nullable Configuration configuration, Traces traces) {}

    /** Whether a recovery is under way: something was begun and has not come to its end. */
    public boolean underWay() {
        return switch (stage) {
            case ACTING, VERIFYING, START_DUE -> true;
            case WATCHING, BLOCKED, EXHAUSTED -> false;
        };
    }

    public Care at(Stage now) {
        return new Care(
                now, rung, spent, command, after, asOf, until, refusals, approved, rejected, rehearsed, withheld, start,
                expects, wellSince);
    }

    /** A command is out. */
    public Care ordered(UUID id, Rung on, @Nullable Start follows, List<String> expected) {
        return new Care(
                Stage.ACTING,
                on,
                spent,
                id,
                after,
                asOf,
                null,
                refusals,
                null,
                rejected,
                rehearsed,
                "",
                follows,
                expected,
                null);
    }

    /** No command is out any more, and only what is sampled from here on counts. */
    public Care ended(Stage now, @Nullable HostTime at, Instant appended, @Nullable Instant verifyUntil) {
        return new Care(
                now,
                rung,
                spent,
                null,
                at,
                appended,
                verifyUntil,
                0,
                null,
                rejected,
                rehearsed,
                withheld,
                start,
                expects,
                null);
    }

    /** A command came to nothing; it is derived anew from later samples. */
    public Care refused(Stage now, @Nullable HostTime at, Instant appended) {
        return new Care(
                now,
                rung,
                spent,
                null,
                at,
                appended,
                null,
                refusals + 1,
                null,
                rejected,
                rehearsed,
                withheld,
                start,
                expects,
                null);
    }

    /** The rung on which it stands has not helped. */
    public Care climbing() {
        List<Rung> over = new ArrayList<>(spent);
        if (rung != null && !over.contains(rung)) {
            over.add(rung);
        }
        return new Care(
                Stage.WATCHING, null, over, null, after, asOf, null, 0, null, rejected, "", "", null, expects, null);
    }

    /** A start is owed as soon as nothing of the domain is left. */
    public Care owing(@Nullable Start now) {
        return new Care(
                stage, rung, spent, command, after, asOf, until, refusals, approved, rejected, rehearsed, withheld, now,
                expects, wellSince);
    }

    /** The start that is owed is due on the rung that ended the domain. */
    public Care startDue(Rung on) {
        return new Care(
                Stage.START_DUE, on, spent, null, after, asOf, null, 0, null, rejected, "", "", start, expects, null);
    }

    public Care approved(@Nullable UUID proposal) {
        return new Care(
                stage, rung, spent, command, after, asOf, until, refusals, proposal, rejected, rehearsed, withheld,
                start, expects, wellSince);
    }

    public Care rejected(String kind) {
        List<String> all = new ArrayList<>(rejected);
        all.add(kind);
        return new Care(
                stage, rung, spent, command, after, asOf, until, refusals, null, all, rehearsed, withheld, start,
                expects, wellSince);
    }

    public Care rehearsed(String kind) {
        return new Care(
                stage, rung, spent, command, after, asOf, until, refusals, approved, rejected, kind, withheld, start,
                expects, wellSince);
    }

    public Care withheld(String guard) {
        return new Care(
                stage, rung, spent, command, after, asOf, until, refusals, approved, rejected, rehearsed, guard, start,
                expects, wellSince);
    }

    public Care wellSince(@Nullable Duration uptime) {
        return new Care(
                stage, rung, spent, command, after, asOf, until, refusals, approved, rejected, rehearsed, withheld,
                start, expects, uptime);
    }
}
