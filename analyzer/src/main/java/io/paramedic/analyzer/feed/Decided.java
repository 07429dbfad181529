package io.paramedic.analyzer.feed;

import io.paramedic.schemas.journal.JournalEntry;

/**
 * One decision where it stands on the log.
 *
 * @param partition of the journal
 * @param offset there
 * @param entry what was decided
 * @param json its bytes as the analyzer wrote them; nobody changes them
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Never compared; copying each decision for each client would be the cost of the feed.
record Decided(int partition, long offset, JournalEntry entry, byte[] json) {}
