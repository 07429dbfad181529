/**
 * Decides what must be known of a host before it can be looked at: its name, its pool, its labels and the way to it. Secrets
 * are never part of it. Key of the topic: the host; a tombstone takes the host out of the inventory.
 */
@NullMarked
package io.paramedic.schemas.inventory;

import org.jspecify.annotations.NullMarked;
