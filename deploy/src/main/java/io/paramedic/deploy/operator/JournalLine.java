package io.paramedic.deploy.operator;

import io.paramedic.deploy.screen.Paint;
import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.journal.Decision;
import io.paramedic.schemas.journal.JournalEntry;
import io.paramedic.schemas.wire.Shapes;
import java.util.Optional;

/** One decision on one line. */
public final class JournalLine {
    private JournalLine() {}

    /** What was decided and why, without the time. */
    public static String of(JournalEntry entry, VmNames names) {
        String why = entry.reason().isEmpty() ? "" : ": " + Paint.plain(entry.reason());
        return what(entry.decision(), names) + why;
    }

    /** The incident that the decision is about, by its id within the pool. */
    public static Optional<String> incident(Decision decision) {
        return switch (decision) {
            case Decision.IncidentOpened one -> Optional.of(one.incident());
            case Decision.PhaseChanged one -> Optional.of(one.incident());
            case Decision.StepOrdered one -> Optional.of(one.incident());
            case Decision.StepProposed one -> Optional.of(one.incident());
            case Decision.StepRehearsed one -> Optional.of(one.incident());
            case Decision.StepWithheld one -> Optional.of(one.incident());
            case Decision.OutcomeTaken one -> Optional.of(one.incident());
            case Decision.ControlTaken(Control.Approve yes, boolean _) -> Optional.of(yes.incident());
            case Decision.ControlTaken(Control.Reject no, boolean _) -> Optional.of(no.incident());
            case Decision.ControlTaken _,
                    Decision.PolicyTaken _,
                    Decision.HostTrusted _,
                    Decision.HostDoubted _,
                    Decision.LivenessChanged _ -> Optional.empty();
        };
    }

    private static String what(Decision decision, VmNames names) {
        return switch (decision) {
            case Decision.IncidentOpened one ->
                "opened " + one.incident() + ", " + Phrases.subject(one.subject(), names) + ", "
                        + Phrases.verdict(one.finding().verdict());
            case Decision.PhaseChanged one ->
                one.incident() + " " + Phrases.phase(one.from()) + " → " + Phrases.phase(one.to());
            case Decision.StepOrdered one ->
                one.incident() + " ordered " + Phrases.step(one.command().step());
            case Decision.StepProposed one ->
                one.incident() + " asks for " + Phrases.step(one.proposal().step());
            case Decision.StepRehearsed one -> one.incident() + " would do " + Phrases.step(one.step());
            case Decision.StepWithheld one ->
                one.incident() + " held back" + (one.step() == null ? "" : " " + Phrases.step(one.step())) + " by "
                        + Paint.plain(one.guard());
            case Decision.OutcomeTaken one -> one.incident() + " " + Phrases.outcome(one.outcome());
            case Decision.ControlTaken one ->
                Shapes.nameOf(one.control().getClass()).replace('-', ' ') + " by "
                        + Paint.plain(one.control().by()) + (one.applied() ? "" : ", which changed nothing");
            case Decision.PolicyTaken one -> "policy revision " + one.revision();
            case Decision.HostTrusted(String host) -> "trusts " + Paint.plain(host);
            case Decision.HostDoubted(String host) -> "doubts " + Paint.plain(host);
            case Decision.LivenessChanged(boolean live) -> live ? "reads the log as it grows" : "is behind the log";
        };
    }
}
