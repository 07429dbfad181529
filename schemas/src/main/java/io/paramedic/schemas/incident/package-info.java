/**
 * Decides how an incident is shown to people: what was seen, which rules and guards spoke, what was done and what comes next.
 * It is a picture for user interfaces; no decision rests on it. Key of the topic: pool and incident with a slash between.
 */
@NullMarked
package io.paramedic.schemas.incident;

import org.jspecify.annotations.NullMarked;
