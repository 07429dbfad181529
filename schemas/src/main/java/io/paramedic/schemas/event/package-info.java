/**
 * Decides what the analyzer may know about a pool, in one total order: what collectors saw, how steps ended, what operators
 * ordered, which policy holds, and that time passes. Events state; none of them acts. Key of the topic: the pool, or
 * {@code tick} for a tick, which belongs to a whole partition.
 */
@NullMarked
package io.paramedic.schemas.event;

import org.jspecify.annotations.NullMarked;
