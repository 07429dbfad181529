package io.paramedic.schemas.incident;

import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.identity.Names;
import io.paramedic.schemas.lease.FencingToken;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An incident as it stands now; the last record of its key is the whole truth. All times are append times.
 *
 * @param pool in which it is
 * @param id within the pool, without a slash
 * @param subject what it is about
 * @param phase where it stands
 * @param mode of the pool when it last changed
 * @param finding the verdict with its evidence
 * @param rules that were asked, matched or not
 * @param guards that were asked before the next step, passed or not
 * @param attempts every command that was given, oldest first
 * @param cause the larger incident of which this is a part; absent where it stands alone
 * @param proposal the step that waits for a person
 * @param next what happens next; absent where nothing will by itself
 * @param opened when it was first suspected
 * @param changed when this record was made
 * @param closed when it was over; absent while it is not
 */
public record Incident(
        String pool,
        String id,
        Subject subject,
        Phase phase,
        Mode mode,
        Finding finding,
        List<Check> rules,
        List<Check> guards,
        List<Attempt> attempts,
        @Nullable String cause,
        @Nullable Proposal proposal,
        @Nullable Next next,
        Instant opened,
        Instant changed,
        @Nullable Instant closed) {
    public Incident {
        Names.requirePool(pool);
        if (id.isBlank() || id.indexOf('/') >= 0) {
            throw new IllegalArgumentException("an incident's id is not blank and has no slash: " + id);
        }
        rules = List.copyOf(rules);
        guards = List.copyOf(guards);
        attempts = List.copyOf(attempts);
    }

    /** The key on the topic. */
    public String key() {
        return pool + "/" + id;
    }

    /**
     * @param command what was ordered
     * @param token of the granted claim; absent while there is none
     * @param outcome the last that is known; absent while there is none
     */
    public record Attempt(
            Command command,
            @Nullable FencingToken token,
            @Nullable StepOutcome outcome) {}

    /**
     * @param what a sentence
     * @param due when; absent where it waits for something other than time
     */
    public record Next(String what, @Nullable Instant due) {}
}
