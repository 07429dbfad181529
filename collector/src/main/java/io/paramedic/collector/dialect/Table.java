package io.paramedic.collector.dialect;

import java.util.List;

/**
 * What a program listed.
 *
 * @param rows what was recognized, in the order printed
 * @param unparseable what was not; where it is not empty, a row that is missing proves nothing
 */
public record Table<T>(List<T> rows, List<Unparseable> unparseable) {
    public Table {
        rows = List.copyOf(rows);
        unparseable = List.copyOf(unparseable);
    }

    /** Whether every line was recognized, so that absence from {@link #rows()} means absence. */
    public boolean complete() {
        return unparseable.isEmpty();
    }
}
