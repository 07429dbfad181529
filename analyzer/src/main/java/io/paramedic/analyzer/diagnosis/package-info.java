/**
 * Decides which verdict an observation leads to, and what a person should and must not do then. Pure: the same observation
 * gives the same finding.
 */
@NullMarked
package io.paramedic.analyzer.diagnosis;

import org.jspecify.annotations.NullMarked;
