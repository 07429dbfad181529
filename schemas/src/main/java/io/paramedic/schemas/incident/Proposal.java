package io.paramedic.schemas.incident;

import io.paramedic.schemas.command.Step;
import java.time.Instant;
import java.util.UUID;

/**
 * A step that waits for a person's yes.
 *
 * @param id to be named in the answer
 * @param step what would be done
 * @param why for people
 * @param until append time after which the proposal no longer stands
 */
public record Proposal(UUID id, Step step, String why, Instant until) {}
