/**
 * Decides what of a look at a host is worth telling: which domain is which VM, what counts as a change, whether a sign of life
 * still moves, and in which numbered sightings all that is said. Whoever folds the sightings of a stream comes to the state
 * and the digest that the watcher holds, or notices that one is missing.
 */
@NullMarked
package io.paramedic.collector.watch;

import org.jspecify.annotations.NullMarked;
