/**
 * Decides how a host with its domains is shown to people: what is known, how far it can be relied upon, and which VMs have
 * two independent witnesses. It is a picture for user interfaces; no decision rests on it. Key of the topic: pool and host
 * with a slash between.
 */
@NullMarked
package io.paramedic.schemas.overview;

import org.jspecify.annotations.NullMarked;
