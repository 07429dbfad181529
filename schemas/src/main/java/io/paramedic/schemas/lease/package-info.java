/**
 * Decides what is said to gain, keep and end the right to act in a scope, and which scopes collide. Who holds a lease
 * follows from folding these records in the order of the log, which is done elsewhere. Key of the topic: the pool.
 */
@NullMarked
package io.paramedic.schemas.lease;

import org.jspecify.annotations.NullMarked;
