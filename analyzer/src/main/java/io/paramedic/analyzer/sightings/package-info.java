/**
 * Decides what is known of a host from what its collectors say: which stream counts, whether anything is missing from it, how
 * long it has been watched without a gap, and so how far it can be relied upon.
 */
@NullMarked
package io.paramedic.analyzer.sightings;

import org.jspecify.annotations.NullMarked;
