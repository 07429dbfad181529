package io.paramedic.schemas.log;

import java.time.Instant;

/**
 * Where a record stands on the log.
 *
 * @param partition of its topic
 * @param offset in the partition
 * @param time of its append, by the broker's clock
 */
public record LogPlace(int partition, long offset, Instant time) {}
