package io.paramedic.analyzer.service;

import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.diagnosis.Verdict;
import io.paramedic.schemas.identity.HostBoot;
import io.paramedic.schemas.identity.HostTime;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Mode;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Subject;
import io.paramedic.schemas.journal.Chain;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.lease.Scope;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.request.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The smallest message of each kind. */
final class Effects {
    static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private static final UUID ID = new UUID(0, 1);

    private Effects() {}

    static JournalEntry journalEntry(String pool, long number, Instant at) {
        return journalEntry(pool, number, at, new Decision.LivenessChanged(true));
    }

    static JournalEntry journalEntry(String pool, long number, Instant at, Decision decision) {
        return Chain.seal(new JournalEntry(
                pool,
                number,
                Chain.START,
                at,
                new JournalEntry.Cause(0, number),
                "test",
                1,
                Mode.OBSERVE,
                decision,
                "the log says so",
                List.of(),
                Chain.START));
    }

    static HostOverview overview(String pool, String host) {
        return new HostOverview(
                pool,
                host,
                Mode.OBSERVE,
                true,
                HostOverview.Standing.AWAITED,
                "nothing was heard of it yet",
                null,
                null,
                List.of(),
                List.of(),
                0,
                List.of(),
                AT);
    }

    static Request request(String host) {
        return new Request.SendSnapshot(ID, host, "analyzer", "it is new");
    }

    static Command command(String pool, String host) {
        return new Command(
                ID,
                "i-1",
                new Scope.Host(pool, host),
                new Step.Settle(new HostBoot(host, ID), ID),
                AT,
                new HostTime(ID, Duration.ofMinutes(1)),
                null,
                "nobody knows");
    }

    static Incident incident(String pool, String id) {
        return new Incident(
                pool,
                id,
                new Subject.Host("xen-a"),
                Phase.SUSPECTED,
                Mode.OBSERVE,
                new Finding(Verdict.HOST_SILENT, List.of("silence"), List.of(), List.of(), "none"),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                AT,
                AT,
                null);
    }
}
