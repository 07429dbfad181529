/**
 * Decides what is remembered of an incident beside what people are shown: which rung it stands on, which command is out, from
 * which sample on evidence counts again, and what was spent of the budgets.
 */
@NullMarked
package io.paramedic.analyzer.incidents;

import org.jspecify.annotations.NullMarked;
