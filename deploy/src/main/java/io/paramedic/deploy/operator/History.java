package io.paramedic.deploy.operator;

import io.paramedic.schemas.Contract;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.log.Log;
import io.paramedic.schemas.log.LogReader;
import io.paramedic.schemas.topics.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what the journal says of one incident. */
public final class History {
    private History() {}

    /** The entries about it, oldest first, as far as they are retained. */
    public static List<JournalEntry> of(Incident incident, Log log) {
        List<JournalEntry> entries = new ArrayList<>();
        int partition = log.partition(Topic.JOURNAL, incident.pool());
        try (LogReader<JournalEntry> reader =
                LogReader.of(log, "paramedic-history", Topic.JOURNAL, Contract.JOURNAL, partition)) {
            reader.fromBeginning();
            reader.toEnd(entry -> {
                JournalEntry one = entry.message();
                if (one != null && isAbout(one, incident)) {
                    entries.add(one);
                }
            });
        }
        return entries;
    }

    private static boolean isAbout(JournalEntry entry, Incident incident) {
        return entry.pool().equals(incident.pool())
                && JournalLine.incident(entry.decision()).equals(Optional.of(incident.id()));
    }
}
