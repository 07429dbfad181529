package io.paramedic.deploy.operator;

import io.paramedic.deploy.screen.Paint;
import io.paramedic.schemas.event.StepOutcome;
import io.paramedic.schemas.incident.Check;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Proposal;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.overview.HostOverview;
import io.paramedic.schemas.overview.HostOverview.DomainLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page of {@code paramedic explain}: the evidence, the rules that matched and those that did not, the guards, each step
 * with its real output, how it came to this, and what happens next and when.
 */
public final class ExplainPage {
    private final Paint paint;
    private final List<String> lines = new ArrayList<>();

    private final VmNames names;

    private ExplainPage(Paint paint, VmNames names) {
        this.paint = paint;
        this.names = names;
    }

    /** @param history the entries of the journal that concern the incident, oldest first */
    public static List<String> of(Incident incident, List<JournalEntry> history, VmNames names, Paint paint) {
        ExplainPage page = new ExplainPage(paint, names);
        page.incident(incident);
        page.history(history);
        return page.lines;
    }

    /** Of a domain about which there is no incident. */
    public static List<String> of(HostOverview host, DomainLine domain, Paint paint) {
        ExplainPage page = new ExplainPage(paint, VmNames.NONE);
        page.lines.add(paint.bold(StatusPage.name(domain)) + ", domid " + domain.domid() + " on "
                + Paint.plain(host.host()) + " of pool " + Paint.plain(host.pool()));
        page.lines.add("  condition   " + Phrases.condition(domain.condition()));
        page.lines.add("  verdict     " + Phrases.verdict(domain.verdict()) + "; no incident is open about it");
        page.lines.add("  witnesses   " + witnesses(domain));
        page.lines.add("  the host    " + Paint.plain(host.sentence()));
        host.holds().forEach(hold -> page.lines.add("  hands off   " + Paint.plain(hold)));
        return page.lines;
    }

    private static String witnesses(DomainLine domain) {
        return switch (domain.witnesses().size()) {
            case 0 -> "none: a hang of it cannot be seen. Configure a probe or a heartbeat.";
            case 1 ->
                domain.witnesses().getFirst()
                        + " alone: a hang of it can be suspected and never confirmed. Configure a probe or a"
                        + " heartbeat.";
            default -> String.join(", ", domain.witnesses());
        };
    }

    private void incident(Incident incident) {
        lines.add(paint.bold(Paint.plain(incident.key())) + "  " + Phrases.subject(incident.subject(), names));
        lines.add(paint.by(
                incident.finding().verdict().severity(),
                "  " + Phrases.verdict(incident.finding().verdict()) + ", " + Phrases.phase(incident.phase())));
        lines.add("  opened " + Phrases.time(incident.opened()) + ", mode "
                + incident.mode().name().toLowerCase(java.util.Locale.ROOT)
                + (incident.closed() == null ? "" : ", closed " + Phrases.time(incident.closed())));
        if (incident.cause() != null) {
            lines.add(
                    "  part of " + Paint.plain(incident.cause()) + ", under which nothing is done for this one alone");
        }
        section("Evidence", incident.finding().evidence());
        section("What to do", incident.finding().advice());
        section("What not to do", incident.finding().harmful());
        checks("Rules", incident.rules(), "matched", "did not match");
        checks("Guards before the next step", incident.guards(), "passed", "in the way");
        incident.attempts().forEach(this::attempt);
        proposal(incident.proposal(), incident);
        next(incident.next());
    }

    private void section(String title, List<String> sentences) {
        if (!sentences.isEmpty()) {
            lines.add(title + ":");
            sentences.forEach(sentence -> lines.add("  " + Paint.plain(sentence)));
        }
    }

    private void checks(String title, List<Check> checks, String yes, String no) {
        if (!checks.isEmpty()) {
            lines.add(title + ":");
            checks.forEach(check -> lines.add("  " + (check.holds() ? yes : no) + "  " + Paint.plain(check.name())
                    + ": " + Paint.plain(check.why())));
        }
    }

    private void attempt(Incident.Attempt attempt) {
        lines.add("Step: " + Phrases.step(attempt.command().step()) + " (command "
                + attempt.command().id() + ")");
        lines.add("  " + Paint.plain(attempt.command().why()));
        if (attempt.token() != null) {
            lines.add("  under lease token " + attempt.token().offset());
        }
        StepOutcome outcome = attempt.outcome();
        lines.add("  " + (outcome == null ? "no outcome yet" : Phrases.outcome(outcome.outcome())));
        if (outcome != null) {
            outcome.transcript().forEach(this::ran);
        }
    }

    private void ran(StepOutcome.Ran ran) {
        lines.add(paint.dim("    " + Paint.plain(ran.host()) + "$ " + Paint.plain(ran.command()) + "  ["
                + (ran.exit() == null ? "end not seen" : "exit " + ran.exit()) + ", " + Phrases.duration(ran.took())
                + "]"));
        ran.out().lines().forEach(line -> lines.add(paint.dim("      " + Paint.plain(line))));
        ran.err().lines().forEach(line -> lines.add(paint.dim("      ! " + Paint.plain(line))));
    }

    private void proposal(@Nullable Proposal proposal, Incident incident) {
        if (proposal != null) {
            lines.add("Waits for a person until " + Phrases.time(proposal.until()) + ": "
                    + Phrases.step(proposal.step()));
            lines.add("  " + Paint.plain(proposal.why()));
            lines.add("  ./paramedic approve " + Paint.plain(incident.key()) + "   or   ./paramedic reject "
                    + Paint.plain(incident.key()));
        }
    }

    private void next(Incident.@Nullable Next next) {
        lines.add("Next: "
                + (next == null
                        ? "nothing by itself."
                        : Paint.plain(next.what()) + (next.due() == null ? "" : ", at " + Phrases.time(next.due()))));
    }

    private void history(List<JournalEntry> history) {
        if (!history.isEmpty()) {
            lines.add("How it came to this:");
            history.forEach(entry -> lines.add("  " + Phrases.time(entry.at()) + "  " + JournalLine.of(entry, names)));
        }
    }
}
