package io.paramedic.analyzer.pool;

import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.request.Request;

/** Something that leaves the core. All effects of one event are written in one transaction. */
public sealed interface Effect {
    /** To the topic of commands. */
    record Order(Command command) implements Effect {}

    /** To {@code journal}; sealed and chained to the entry before. */
    record Note(JournalEntry entry) implements Effect {}

    /** To the topic of incidents. */
    record Show(Incident incident) implements Effect {}

    /**
     * To the topic of incidents: a record without a value.
     *
     * @param incident its id within the pool, see {@link Incident#key()} for the key
     */
    record Hide(String incident) implements Effect {}

    /** To {@code overview}. */
    record ShowHost(HostOverview overview) implements Effect {}

    /**
     * To {@code overview}: a record without a value.
     *
     * @param host its name; see {@link HostOverview#key()} for the key
     */
    record HideHost(String host) implements Effect {}

    /** To the topic of requests. */
    record Ask(Request request) implements Effect {}
}
