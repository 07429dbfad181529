package io.paramedic.schemas.journal;

import io.paramedic.schemas.identity.Names;
import io.paramedic.schemas.incident.Check;
import io.paramedic.schemas.incident.Mode;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One decision, chained to the one before it in the same pool; {@link Chain} seals and checks it.
 *
 * @param pool whose chain it is
 * @param number in the chain, from 0
 * @param previous hash of the entry before; {@link Chain#START} for the first
 * @param at the log's time at which it was decided
 * @param cause the event that led to it
 * @param core version of the deciding code
 * @param policy revision of the policy
 * @param mode of the pool
 * @param decision what was decided
 * @param reason why, in a sentence
 * @param checks the rules and guards that were asked
 * @param hash over all of the above as it stands on the wire, 64 lower-case hexadecimal digits; always the last field
 */
public record JournalEntry(
        String pool,
        long number,
        String previous,
        Instant at,
        Cause cause,
        String core,
        long policy,
        Mode mode,
        Decision decision,
        String reason,
        List<Check> checks,
        String hash) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public JournalEntry {
        Names.requirePool(pool);
        if (number < 0) {
            throw new IllegalArgumentException("a chain is numbered from 0, not " + number);
        }
        if (!HASH.matcher(previous).matches() || !HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("a hash is 64 lower-case hexadecimal digits");
        }
        checks = List.copyOf(checks);
    }

    JournalEntry withHash(String sealed) {
        return new JournalEntry(
                pool, number, previous, at, cause, core, policy, mode, decision, reason, checks, sealed);
    }

    /**
     * @param partition of the events
     * @param offset of the event there
     */
    public record Cause(int partition, long offset) {}
}
