/**
 * Decides which rungs there are for a verdict on a toolstack, in the order of their harm, and which step a rung begins with.
 */
@NullMarked
package io.paramedic.analyzer.ladder;

import org.jspecify.annotations.NullMarked;
