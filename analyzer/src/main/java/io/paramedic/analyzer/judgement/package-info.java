/**
 * Decides what the whole of what is known of a host means: it lays the folded sightings before the rules of the diagnosis, adds
 * what only time can show, and says for how long a verdict has stood on unbroken evidence.
 */
@NullMarked
package io.paramedic.analyzer.judgement;

import org.jspecify.annotations.NullMarked;
