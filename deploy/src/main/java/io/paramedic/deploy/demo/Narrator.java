package io.paramedic.deploy.demo;

import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.incident.Incident;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.lease.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells in sentences what the journal says. Pure. */
final class Narrator {
    private final Subjects subjects;

    Narrator(Subjects subjects) {
        this.subjects = subjects;
    }

    /** What is told of one decision; nothing where it is of no interest to somebody who watches. */
    Optional<String> sentence(JournalEntry entry, Heard heard) {
        return switch (entry.decision()) {
            case Decision.IncidentOpened opened ->
                Optional.of(subjects.name(opened.subject()) + ": " + first(opened.finding()));
            case Decision.PhaseChanged changed -> phase(entry, changed, heard);
            case Decision.StepOrdered ordered ->
                Optional.of(name(entry, ordered.incident(), heard) + ": ordered "
                        + Words.rung(ordered.command().step()) + " ("
                        + ordered.command().why() + ")");
            case Decision.StepProposed proposed ->
                Optional.of(name(entry, proposed.incident(), heard) + ": asks a person about "
                        + Words.rung(proposed.proposal().step()));
            case Decision.StepRehearsed rehearsed ->
                Optional.of(name(entry, rehearsed.incident(), heard) + ": would order " + Words.rung(rehearsed.step()));
            case Decision.StepWithheld withheld ->
                Optional.of(name(entry, withheld.incident(), heard) + ": nothing is done, " + withheld.guard() + ": "
                        + entry.reason());
            case Decision.OutcomeTaken taken ->
                Optional.of(name(entry, taken.incident(), heard) + ": " + Words.outcome(taken.outcome()) + ", "
                        + Words.sentence(taken.outcome()));
            case Decision.HostTrusted trusted -> Optional.of(trusted.host() + ": all of it has been seen");
            case Decision.HostDoubted doubted ->
                Optional.of(doubted.host() + ": doubted, nothing is decided on it: " + entry.reason());
            case Decision.LivenessChanged live ->
                Optional.of(
                        live.live()
                                ? "the analyzer of pool " + entry.pool() + " reads the log as it grows"
                                : "the analyzer of pool " + entry.pool() + " is behind, and decides nothing");
            case Decision.PolicyTaken _ -> Optional.of("pool " + entry.pool() + " has its policy");
            case Decision.ControlTaken _ -> Optional.empty();
        };
    }

    private Optional<String> phase(JournalEntry entry, Decision.PhaseChanged changed, Heard heard) {
        String name = name(entry, changed.incident(), heard);
        return switch (changed.to()) {
            case CONFIRMED -> Optional.of(name + ": " + verdict(entry, changed, heard) + ", confirmed");
            case RECOVERED -> Optional.of(name + ": well again");
            case INHIBITED, BLOCKED, EXHAUSTED, AWAITING_APPROVAL ->
                Optional.of(name + ": " + Words.phase(changed.to()) + ", " + entry.reason());
            case SUSPECTED, ACTING, VERIFYING -> Optional.empty();
        };
    }

    private static String verdict(JournalEntry entry, Decision.PhaseChanged changed, Heard heard) {
        Incident incident = heard.incidents().get(entry.pool() + "/" + changed.incident());
        return incident == null || incident.phase() == Phase.RECOVERED ? entry.reason() : finding(incident.finding());
    }

    private String name(JournalEntry entry, String incident, Heard heard) {
        Incident known = heard.incidents().get(entry.pool() + "/" + incident);
        return known == null ? incident : subjects.name(known.subject());
    }

    /** The word and the first of what it rests on: more is told when it is confirmed. */
    private static String first(Finding finding) {
        String first = finding.evidence().stream()
                .findFirst()
                .map(one -> " (" + one + ")")
                .orElse("");
        return Words.verdict(finding.verdict()) + first;
    }

    /** The word and what it rests on. */
    static String finding(Finding finding) {
        String evidence = String.join("; ", finding.evidence());
        return Words.verdict(finding.verdict()) + (evidence.isEmpty() ? "" : " (" + evidence + ")");
    }

    /** Where a lease holds. */
    String scope(Scope scope) {
        return switch (scope) {
            case Scope.Pool pool -> "pool " + pool.pool();
            case Scope.Host host -> host.host();
            case Scope.Vm vm -> subjects.name(vm.vm()) + " on " + vm.host();
        };
    }

    /** The commands of an incident with what became of each, as the rungs of a ladder that is being climbed. */
    static String ladder(Incident incident) {
        List<String> rungs = new ArrayList<>();
        for (Incident.Attempt attempt : incident.attempts()) {
            String outcome = attempt.outcome() == null
                    ? (attempt.token() == null
                            ? "…"
                            : "… (lease " + attempt.token().offset() + ")")
                    : Words.outcome(attempt.outcome().outcome());
            rungs.add(Words.rung(attempt.command().step()) + ": " + outcome);
        }
        return String.join(" → ", rungs);
    }
}
