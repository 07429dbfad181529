package io.paramedic.deploy.operator;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.event.PoolEvent;
import io.paramedic.schemas.event.PoolEvent.PolicyChanged;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.log.LogReader;
import io.paramedic.schemas.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of a pool's policies.
 *
 * @param revision of the newest that anybody set; 0 where nobody did, or it is no longer retained
 * @param sha256 of its document; empty at revision 0
 * @param newest with its document; absent where the events no longer have it
 */
public record PolicyRecord(
        long revision, String sha256, @Nullable PolicyChanged newest) {
    /** Reads the pool's events and journal as far as they are retained. */
    public static PolicyRecord read(Log log, String pool) {
        PolicyRecord[] found = {new PolicyRecord(0, "", null)};
        try (LogReader<JournalEntry> reader = LogReader.of(
                log, "paramedic-policy", Topic.JOURNAL, Contract.JOURNAL, log.partition(Topic.JOURNAL, pool))) {
            reader.fromBeginning();
            reader.toEnd(entry -> {
                if (entry.message() != null
                        && entry.message().pool().equals(pool)
                        && entry.message().decision() instanceof Decision.PolicyTaken(long revision, String sha256)
                        && revision > found[0].revision()) {
                    found[0] = new PolicyRecord(revision, sha256, null);
                }
            });
        }
        try (LogReader<PoolEvent> reader = LogReader.of(
                log, "paramedic-policy", Topic.EVENTS, Contract.EVENTS, log.partition(Topic.EVENTS, pool))) {
            reader.fromBeginning();
            reader.toEnd(entry -> {
                if (entry.message() instanceof PolicyChanged changed
                        && changed.pool().equals(pool)
                        && changed.revision() >= found[0].revision()) {
                    found[0] = new PolicyRecord(changed.revision(), changed.sha256(), changed);
                }
            });
        }
        return found[0];
    }

    /** Whether this very document is the newest. */
    public boolean holds(String document) {
        return revision > 0 && sha256.equals(sha256(document));
    }

    static String sha256(String document) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
