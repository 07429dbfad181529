package io.paramedic.analyzer.pool;

import io.paramedic.schemas.event.PoolEvent;
import java.time.Instant;
import java.util.UUID;

/**
 * One event of the log as it is given to the core.
 *
 * @param event of the pool, or a tick of its partition
 * @param partition of the topic
 * @param offset there; grows from input to input
 * @param now the greatest append time so far on the partition
 * @param run of the analyzer that reads; a restart is another run
 */
public record Input(PoolEvent event, int partition, long offset, Instant now, UUID run) {}
