/**
 * Decides whether a step may be taken now. Each guard is a question of its own with a sentence for people; all are asked each
 * time, so that a person sees everything that stands in the way at once.
 */
@NullMarked
package io.paramedic.analyzer.guards;

import org.jspecify.annotations.NullMarked;
