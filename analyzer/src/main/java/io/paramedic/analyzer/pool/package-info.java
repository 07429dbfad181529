/**
 * Decides, for one pool, what an event on its log means and what follows from it: what is known of each host, which verdicts
 * hold, which step is ordered, asked for or withheld, and what people are told. Pure: the same state and the same event give
 * the same step, so that a log can be replayed.
 */
@NullMarked
package io.paramedic.analyzer.pool;

import org.jspecify.annotations.NullMarked;
