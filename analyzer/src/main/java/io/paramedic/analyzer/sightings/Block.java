package io.paramedic.analyzer.sightings;

import java.time.Instant;
import java.util.UUID;

/**
 * Why nothing is decided on a host until a person unblocks it.
 *
 * @param command that could not be settled
 * @param since append time
 */
public record Block(UUID command, Instant since) {}
