package io.paramedic.deploy.operator;

import io.paramedic.deploy.screen.Columns;
import io.paramedic.deploy.screen.Paint;
import io.paramedic.schemas.incident.Incident;
import java.util.ArrayList;
import java.util.List;

/** The page of {@code paramedic incidents}. */
public final class IncidentsPage {
    private final Paint paint;
    private final VmNames names;

    public IncidentsPage(Paint paint, VmNames names) {
        this.paint = paint;
        this.names = names;
    }

    public List<String> of(List<Incident> incidents) {
        if (incidents.isEmpty()) {
            return List.of("No incident.");
        }
        List<String> lines = new ArrayList<>();
        Columns columns = columns();
        columns.add(List.of("INCIDENT", "ABOUT", "VERDICT", "PHASE", "SINCE", "NEXT"));
        incidents.forEach(incident -> columns.add(row(incident, "")));
        List<String> rows = columns.lines();
        lines.add(paint.bold(rows.getFirst()));
        for (int i = 0; i < incidents.size(); i++) {
            lines.add(painted(incidents.get(i), rows.get(i + 1)));
        }
        return lines;
    }

    List<String> rows(List<Incident> incidents, String indent) {
        Columns columns = columns();
        incidents.forEach(incident -> columns.add(row(incident, indent)));
        List<String> rows = columns.lines();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < incidents.size(); i++) {
            lines.add(painted(incidents.get(i), rows.get(i)));
        }
        return lines;
    }

    private static Columns columns() {
        return new Columns(List.of(false, false, false, false, false, false));
    }

    private String painted(Incident incident, String row) {
        return incident.closed() == null ? paint.by(incident.finding().verdict().severity(), row) : paint.dim(row);
    }

    private List<String> row(Incident incident, String indent) {
        Incident.Next next = incident.next();
        return List.of(
                indent + Phrases.shortKey(incident),
                Phrases.subject(incident.subject(), names),
                Phrases.verdict(incident.finding().verdict()),
                Phrases.phase(incident.phase()),
                Phrases.time(incident.opened()),
                next == null
                        ? ""
                        : Paint.plain(next.what()) + (next.due() == null ? "" : " at " + Phrases.time(next.due())));
    }
}
