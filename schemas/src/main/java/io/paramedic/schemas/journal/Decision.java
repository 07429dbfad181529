package io.paramedic.schemas.journal;

import io.paramedic.schemas.command.Command;
import io.paramedic.schemas.command.Step;
import io.paramedic.schemas.diagnosis.Finding;
import io.paramedic.schemas.event.Control;
import io.paramedic.schemas.event.Outcome;
import io.paramedic.schemas.incident.Phase;
import io.paramedic.schemas.incident.Proposal;
import io.paramedic.schemas.incident.Subject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One thing that the analyzer decided. */
public sealed interface Decision {
    record IncidentOpened(String incident, Subject subject, Finding finding) implements Decision {}

    record PhaseChanged(String incident, Phase from, Phase to) implements Decision {}

    record StepOrdered(String incident, Command command) implements Decision {}

    /** A person is asked. */
    record StepProposed(String incident, Proposal proposal) implements Decision {}

    /** What would have been ordered if the pool were not only observed. */
    record StepRehearsed(String incident, Step step) implements Decision {}

    /**
     * Not to act.
     *
     * @param step that was considered; absent where none applied
     * @param guard that stood in the way
     */
    record StepWithheld(String incident, @Nullable Step step, String guard) implements Decision {}

    /** The outcome that counts for a command. */
    record OutcomeTaken(String incident, UUID command, Outcome outcome) implements Decision {}

    /** @param applied whether it changed anything; an order that comes too late does not */
    record ControlTaken(Control control, boolean applied) implements Decision {}

    record PolicyTaken(long revision, String sha256) implements Decision {}

    /** Sightings of a host are complete again, and steps may be decided on them. */
    record HostTrusted(String host) implements Decision {}

    /** Sightings of a host have a gap or contradict their digest. */
    record HostDoubted(String host) implements Decision {}

    /** @param live whether the analyzer reads the log as it grows; it decides steps only then */
    record LivenessChanged(boolean live) implements Decision {}
}
