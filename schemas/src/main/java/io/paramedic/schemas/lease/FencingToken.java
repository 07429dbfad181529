package io.paramedic.schemas.lease;

/**
 * The proof of a granted claim. The guard on the host lets an act through only if its token is newer than every one before.
 *
 * @param log on which the claim was granted
 * @param offset of the claim; of two tokens of one log that with the higher offset is newer
 */
public record FencingToken(LogId log, long offset) {
    public FencingToken {
        if (offset < 0) {
            throw new IllegalArgumentException("no offset: " + offset);
        }
    }

    /** Whether this token is of the same log and later; tokens of different logs are not ordered and the answer is no. */
    public boolean isNewerThan(FencingToken other) {
        return log.equals(other.log) && offset > other.offset;
    }
}
