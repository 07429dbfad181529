/**
 * Decides which independent channels could tell a hung guest from an idle one, and what each of them says: alive, silent for
 * how long, or nothing. Two signals that fail for one common reason are never two.
 */
@NullMarked
package io.paramedic.analyzer.witness;

import org.jspecify.annotations.NullMarked;
