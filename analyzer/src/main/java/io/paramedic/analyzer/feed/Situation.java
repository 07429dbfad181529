package io.paramedic.analyzer.feed;

import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.overview.HostOverview;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How things stand at one place of the journal: everything that was decided before it is in here.
 *
 * @param cursor the id from which the feed goes on
 * @param time of this machine; all other times are the log's
 * @param analyzer whether somebody decides
 * @param inventory every host that Paramedic looks after, by pool and name; the way to it is not told here
 * @param hosts what is known of them, by pool and name
 * @param incidents open ones and those closed lately, the oldest first
 */
record Situation(
        String cursor,
        Instant time,
        Analyzer analyzer,
        List<Listed> inventory,
        List<HostOverview> hosts,
        List<Incident> incidents) {

    record Listed(String host, String pool, Map<String, String> labels) {}

    /** @param sentence for people */
    record Analyzer(Liveness state, String sentence) {}

    enum Liveness {
        /** Not heard yet, and not listened for long. */
        AWAITED,
        LIVE,
        BEHIND,
        SILENT
    }
}
